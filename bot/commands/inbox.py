"""`lapor inbox`: updates that were set aside because every attempt to work them failed."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    inbox = typer.Typer(help="Updates that were set aside.", invoke_without_command=True)
    inbox.callback()(show)
    inbox.command("retry")(retry)
    app.add_typer(inbox, name="inbox")


def show(context: typer.Context) -> None:
    """List what was set aside, oldest first; their contents stay sealed."""
    if context.invoked_subcommand is None:
        asyncio.run(_show(Settings.read()))


def retry(update_id: Annotated[int, typer.Argument(help="The number of the update, as the list shows it.")]) -> None:
    """Give an update all its attempts back."""
    asyncio.run(_retry(Settings.read(), update_id))
    typer.echo(f"Update {update_id} will be worked again.")


async def _show(settings: Settings) -> None:
    from bot.house import demand_current, open_database

    await demand_current(settings)
    database = open_database(settings)
    try:
        async with database.reading() as unit:
            dead, waiting = await unit.inbox.dead(), await unit.inbox.waiting()
    finally:
        await database.dispose()
    for row in dead:
        typer.echo(f"{row.update_id}  received {row.received_at:%Y-%m-%d %H:%M} UTC  {row.error or 'no reason kept'}")
    typer.echo(f"Set aside: {len(dead)}. Waiting: {waiting}.")
    if dead:
        typer.echo('When the cause is mended: "lapor inbox retry NUMBER". They are deleted after 30 days.')


async def _retry(settings: Settings, update_id: int) -> None:
    from bot.house import demand_current, open_database, system_clock

    await demand_current(settings)
    database = open_database(settings)
    try:
        async with database.work() as unit:
            revived = await unit.inbox.retry(update_id, system_clock())
            await unit.commit()
    finally:
        await database.dispose()
    if not revived:
        raise Mend(f'{update_id} is not among what was set aside: see "lapor inbox"')
