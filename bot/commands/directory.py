"""`lapor directory`, `invite` and `staff`: who answers for what, and who works there."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings
from domain.lifecycle import Role


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    directory = typer.Typer(help="Governments and their units.", no_args_is_help=True)
    directory.callback()(about)
    directory.command("load")(load)
    app.add_typer(directory, name="directory")
    staff = typer.Typer(help="Who works here.", no_args_is_help=True)
    staff.callback()(about_staff)
    staff.command("list")(list_staff)
    app.add_typer(staff, name="staff")
    app.command("invite")(invite)


def about() -> None:
    """Governments and their units."""


def about_staff() -> None:
    """Who works here."""


def load(files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Directory files, YAML or CSV.")]) -> None:
    """Enter the governments and units of files; units that they no longer name are retired."""
    asyncio.run(_load(Settings.read(), files))


def invite(
    role: Annotated[Role, typer.Argument(help="officer, unit_head, coordinator, inspector, national_admin, ...")],
    name: Annotated[str, typer.Option(help="Who is invited, as colleagues say it.")],
    government: Annotated[str | None, typer.Option(help="Code of the government in the directory.")] = None,
    unit: Annotated[str | None, typer.Option(help="Code of the unit within the government.")] = None,
) -> None:
    """Make a single-use invitation and print its link."""
    asyncio.run(_invite(Settings.read(), role, government, unit, name))


def list_staff() -> None:
    """List who works here, and the units where nobody does."""
    asyncio.run(_list(Settings.read()))


async def _load(settings: Settings, files: list[Path]) -> None:
    from bot.composition import open_house
    from routing.directory_source import DirectoryError

    async with open_house(settings) as house:
        for file in files:
            try:
                loaded = await house.services.directory.load(file)
            except OSError as error:
                raise Mend(f"{file} cannot be read: {error.strerror or type(error).__name__}") from None
            except DirectoryError as error:
                raise Mend(f"{file}: {error}") from None
            said = f"governments {loaded.governments}, units {loaded.units}, retired units {loaded.retired}"
            typer.echo(f"{file.name}: {said}.")


async def _invite(settings: Settings, role: Role, government: str | None, unit: str | None, name: str) -> None:
    from bot.composition import open_house
    from bot.getme import Away, who_are_we
    from services.directory import DirectoryRefused

    async with open_house(settings) as house:
        try:
            token = await house.services.directory.invite(role, government, unit, name)
        except DirectoryRefused as error:
            raise Mend(str(error)) from None
    typer.echo("Single use, valid for three days. Send both lines to the invited person:")
    try:
        me = await who_are_we(settings)
        typer.echo(f"https://t.me/{me.username}?start={token}")
    except (Away, Mend) as reason:
        typer.echo(f"(no link, since Telegram was not asked: {reason})", err=True)
    typer.echo(f"/start {token}")


async def _list(settings: Settings) -> None:
    from bot.composition import open_house

    async with open_house(settings) as house:
        staff = await house.services.directory.staff()
    for line in staff.lines:
        scope = ", ".join(part for part in (line.unit, line.government) if part) or "the whole country"
        away = "" if line.reachable else "  (has blocked the bot)"
        typer.echo(f"{line.role.value:15} {line.name or 'no name kept'}: {scope}{away}")
    for unit in staff.empty_units:
        typer.echo(f"nobody          {unit}")
    for government in staff.governments_without_coordinator:
        typer.echo(f"no coordinator  {government}")
    if not staff.desk_is_staffed:
        typer.echo('nobody          the desk that forwards to SP4N: "lapor invite national_admin --name NAME"')
