"""`lapor outbox`: messages that did not arrive, or of which nobody knows."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings

SHOWN = 40
"""Messages in one list; the rest is counted."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    outbox = typer.Typer(help="Messages that did not arrive.", invoke_without_command=True)
    outbox.callback()(show)
    outbox.command("retry")(retry)
    app.add_typer(outbox, name="outbox")


def show(context: typer.Context) -> None:
    """List what failed and what is uncertain, newest first; to whom and what it says is not shown."""
    if context.invoked_subcommand is None:
        asyncio.run(_show(Settings.read()))


def retry(message_id: Annotated[int, typer.Argument(help="The number of the message, as the list shows it.")]) -> None:
    """Send a message again. One that is uncertain may then arrive twice."""
    asyncio.run(_retry(Settings.read(), message_id))
    typer.echo(f"Message {message_id} will be sent again.")


async def _show(settings: Settings) -> None:
    from bot.house import demand_current, open_database

    await demand_current(settings)
    database = open_database(settings)
    try:
        async with database.reading() as unit:
            rows = await unit.outbox.undelivered()
    finally:
        await database.dispose()
    for row in rows[:SHOWN]:
        why = row.error or "no reason kept"
        typer.echo(f"{row.id}  {row.state.value:9} {row.kind.value:12} owed {row.created_at:%Y-%m-%d %H:%M} UTC  {why}")
    if len(rows) > SHOWN:
        typer.echo(f"... and {len(rows) - SHOWN} more")
    counted = Counter(row.state.value for row in rows)
    typer.echo(", ".join(f"{state}: {count}" for state, count in counted.items()) or "Everything has arrived.")
    if rows:
        typer.echo('When the cause is mended: "lapor outbox retry NUMBER".')


async def _retry(settings: Settings, message_id: int) -> None:
    from bot.house import demand_current, open_database, system_clock

    await demand_current(settings)
    database = open_database(settings)
    try:
        async with database.work() as unit:
            revived = await unit.outbox.retry(message_id, system_clock())
            await unit.commit()
    finally:
        await database.dispose()
    if not revived:
        raise Mend(f'{message_id} neither failed nor is uncertain: see "lapor outbox"')
