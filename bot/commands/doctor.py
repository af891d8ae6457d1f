"""`lapor doctor`: how the installation stands, with a mend per line."""

from __future__ import annotations

import asyncio

import typer

from bot.mend import Mend
from bot.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("doctor")(doctor)


def doctor() -> None:
    """Examine settings, token, database, clock, keys, directory and staff; exit status 1 if anything is red."""
    if asyncio.run(_examine()):
        raise typer.Exit(1)


async def _examine() -> bool:
    """Prints every finding as it comes; returns whether one was red."""
    from bot.checkup import State, examine, good, red
    from bot.composition import system_clock

    try:
        settings = Settings.read()
    except Mend as mend:
        typer.echo(str(red("settings", str(mend))))
        return True
    typer.echo(str(good("settings", "every one can be read")))
    anything_red = False
    async for finding in examine(settings, system_clock):
        typer.echo(str(finding))
        anything_red = anything_red or finding.state is State.RED
    return anything_red
