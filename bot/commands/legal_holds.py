"""`lapor hold`: legal holds, which keep a complaint whole against erasure and retention."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Annotated, TypeVar

import typer

from bot.mend import Mend
from bot.settings import Settings

Answer = TypeVar("Answer")

NUMBER = typer.Argument(help="The number of a complaint.")


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    hold = typer.Typer(help="Legal holds: complaints that must stay whole.", no_args_is_help=True)
    hold.command("set")(keep)
    hold.command("lift")(lift)
    hold.command("list")(list_holds)
    app.add_typer(hold, name="hold")


def keep(
    number: Annotated[str, NUMBER],
    reason: Annotated[str, typer.Option(help="The law, the court or the case that asks for it; names nobody.")],
) -> None:
    """Keep a complaint and its citizen's data until the hold is lifted; the citizen is told when they ask to erase."""
    asyncio.run(_keep(Settings.read(), number, reason))


def lift(number: Annotated[str, NUMBER]) -> None:
    """Lift every hold of a complaint."""
    asyncio.run(_lift(Settings.read(), number))


def list_holds() -> None:
    """List the holds in force."""
    asyncio.run(_list(Settings.read()))


async def _keep(settings: Settings, number: str, reason: str) -> None:
    from bot.house import open_house
    from services.legal_holds import LegalHolds

    async with open_house(settings) as house:
        sheet = await _found(number, LegalHolds(house.office).keep(number, reason))
    typer.echo(f"{sheet.number} is held: {sheet.reason}")


async def _lift(settings: Settings, number: str) -> None:
    from bot.house import open_house
    from services.legal_holds import LegalHolds

    async with open_house(settings) as house:
        lifted = await _found(number, LegalHolds(house.office).lift(number))
    typer.echo(f"holds lifted: {lifted}")


async def _list(settings: Settings) -> None:
    from bot.house import open_house
    from services.legal_holds import LegalHolds

    async with open_house(settings) as house:
        for sheet in await LegalHolds(house.office).listed():
            typer.echo(f"{sheet.number}  since {sheet.set_at:%Y-%m-%d}  {sheet.reason}")


async def _found(number: str, asked: Awaitable[Answer]) -> Answer:
    from domain.refusals import ComplaintNotFound
    from services.seeking import NumberMistyped

    try:
        return await asked
    except (ComplaintNotFound, NumberMistyped):
        raise Mend(f"there is no complaint {number}") from None
