"""`lapor audit`: what those on duty did, in a log that nobody can quietly change."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings

if TYPE_CHECKING:
    from domain.audit import Head
    from services.auditing import Walked

BROKEN = 1
"""Exit status when the log is not whole."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    audit = typer.Typer(help="The audit log.", no_args_is_help=True)
    audit.command("verify")(verify)
    audit.command("list")(list_lines)
    app.add_typer(audit, name="audit")


def verify(
    seen: Annotated[
        str | None, typer.Option(help="A head as a digest showed it (NUMBER:DIGITS): the log must still hold it.")
    ] = None,
) -> None:
    """Walk the log from its first line; name the first that is missing or was changed."""
    walked = asyncio.run(_verify(Settings.read(), _head(seen)))
    if walked.broken is not None:
        typer.echo(f"BROKEN at line {walked.broken}; whole up to {walked.head or 'its beginning'}")
        raise typer.Exit(BROKEN)
    typer.echo(f"whole: {walked.lines} lines, head {walked.head or 'none'}")


def list_lines(count: Annotated[int, typer.Option("--last", min=1, help="How many lines.")] = 20) -> None:
    """Show the newest lines: ids and codes, no names."""
    asyncio.run(_list(Settings.read(), count))


async def _verify(settings: Settings, seen: Head | None) -> Walked:
    from bot.house import open_house
    from bot.progress import progress
    from services.auditing import Auditing, Walked

    async with open_house(settings) as house:
        auditing, walked = Auditing(house.office), Walked(0, None)
        with progress(await auditing.count()) as go_on:
            async for now in auditing.walk(seen):
                go_on(now.lines - walked.lines)
                walked = now
        return walked


async def _list(settings: Settings, count: int) -> None:
    from bot.house import open_house
    from services.auditing import Auditing

    async with open_house(settings) as house:
        for line in await Auditing(house.office).last(count):
            who = f"{line.role or 'operator'} {line.person_id or ''}".strip()
            about = f" complaint {line.complaint_id}" if line.complaint_id else ""
            typer.echo(f"{line.number:8}  {line.at:%Y-%m-%d %H:%M:%S}  {line.act}  {who}{about}  {line.data}")


def _head(written: str | None) -> Head | None:
    from domain.audit import Head

    try:
        return Head.parse(written) if written else None
    except ValueError as error:
        raise Mend(f"--seen {written!r} is no head: {error}") from None
