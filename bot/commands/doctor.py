"""`lapor doctor`: how the installation stands, with a mend per line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.findings import Finding


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("doctor")(doctor)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line, for machines.")] = False,
) -> None:
    """Examine everything: one line each, ok, warn or RED, with its mend; exit status 1 if anything is red."""
    if asyncio.run(_examine(as_json=as_json)):
        raise typer.Exit(1)


async def _examine(*, as_json: bool) -> bool:
    """Prints every finding as it comes; returns whether one was red."""
    from bot.findings import State

    anything_red = False
    async for finding in _findings():
        typer.echo(json.dumps(finding.fields()) if as_json else str(finding))
        anything_red = anything_red or finding.state is State.RED
    return anything_red


async def _findings() -> AsyncIterator[Finding]:
    from bot.checkup import examine
    from bot.findings import good, of_mend
    from bot.house import system_clock

    try:
        settings = Settings.read()
    except Mend as mend:
        yield of_mend("settings", str(mend))
        return
    yield good("settings", "every one can be read")
    async for finding in examine(settings, system_clock):
        yield finding
