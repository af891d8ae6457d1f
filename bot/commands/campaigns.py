"""`lapor campaign` and `lapor qr`: links that bring people, what they have brought, and the posters that carry them."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings

if TYPE_CHECKING:
    from services.campaigns import CampaignLine, NewCampaign, PosterSheet

USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{4,31}")


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    campaign = typer.Typer(help="Posters and links that bring people.", no_args_is_help=True)
    campaign.callback()(about)
    campaign.command("add")(add)
    campaign.command("list")(list_campaigns)
    campaign.command("close")(close)
    app.add_typer(campaign, name="campaign")
    app.command("qr")(qr)


def about() -> None:
    """Posters and links that bring people."""


def add(
    name: Annotated[str, typer.Argument(help="How the link calls it: 2 to 40 of a-z, 0-9 and -.")],
    headline: Annotated[str | None, typer.Option(help="The question in large letters on the poster.")] = None,
    government: Annotated[str | None, typer.Option(help="Code of the government in the directory.")] = None,
    unit: Annotated[str | None, typer.Option(help="Code of the unit that should be proposed first.")] = None,
    category: Annotated[str | None, typer.Option(help="Subject that decides where the words do not.")] = None,
    place: Annotated[str | None, typer.Option(help="Place to be confirmed, as 'Taktakan, Kota Serang'.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day, as 2026-12-31.")] = None,
) -> None:
    """Begin a campaign and print its link."""
    from services.campaigns import NewCampaign

    given = NewCampaign(name, headline, government, unit, category, place, _day(until))
    typer.echo(asyncio.run(_add(Settings.read(), given)))


def list_campaigns() -> None:
    """List campaigns with how many pressed start, began to tell, and sent a complaint."""
    lines = asyncio.run(_list(Settings.read()))
    if not lines:
        typer.echo('no campaign yet: "lapor campaign add NAME" begins one')
        return
    wide = max(len(line.source) for line in lines)
    typer.echo(f"{'link':{wide}}  starts  drafts  sent")
    for line in lines:
        counted = line.counted
        typer.echo(
            f"{line.source:{wide}}  {counted.starts:6}  {counted.drafts:6}  {counted.sent:4}  {_about(line)}".rstrip()
        )


def close(name: Annotated[str, typer.Argument(help="The campaign that ends.")]) -> None:
    """End a campaign; its posters then lead to the plain welcome."""
    asyncio.run(_close(Settings.read(), name))
    typer.echo(f"{name}: closed.")


def qr(
    name: Annotated[str, typer.Argument(help="A campaign; or the code of a unit or of a subject.")],
    out: Annotated[Path, typer.Option(help="The folder to write into.")] = Path(),
    username: Annotated[str | None, typer.Option(help="The bot's username; Telegram is asked if left out.")] = None,
) -> None:
    """Write a poster on A4 as PDF and PNG: QR code, plain words, the bot's name and address."""
    from locales.translator import words_for
    from views.poster import draw

    sheet, bot = asyncio.run(_poster(Settings.read(), name, username))
    poster = draw(sheet, bot, words_for("id"))
    stem = sheet.payload.partition("_")[2]
    for ending, content in (("pdf", poster.pdf), ("png", poster.png)):
        file = out / f"poster-{stem}.{ending}"
        try:
            out.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        except OSError as error:
            raise Mend(f"{file} cannot be written: {error.strerror or type(error).__name__}") from None
        typer.echo(file)


async def _add(settings: Settings, given: NewCampaign) -> str:
    from bot.house import open_house
    from services.campaigns import CampaignRefused

    async with open_house(settings) as house:
        try:
            sheet = await house.services.campaigns.add(given)
        except CampaignRefused as error:
            raise Mend(str(error)) from None
    return f'{given.name}: link ?start={sheet.payload}, typed /start {sheet.payload}; "lapor qr {given.name}"'


async def _list(settings: Settings) -> tuple[CampaignLine, ...]:
    from bot.house import open_house

    async with open_house(settings) as house:
        return await house.services.campaigns.list()


async def _close(settings: Settings, name: str) -> None:
    from bot.house import open_house
    from services.campaigns import CampaignRefused

    async with open_house(settings) as house:
        try:
            await house.services.campaigns.close(name)
        except CampaignRefused as error:
            raise Mend(str(error)) from None


async def _poster(settings: Settings, name: str, username: str | None) -> tuple[PosterSheet, str]:
    from bot.house import open_house
    from services.campaigns import CampaignRefused

    async with open_house(settings) as house:
        try:
            sheet = await house.services.campaigns.poster(name)
        except CampaignRefused as error:
            raise Mend(str(error)) from None
    return sheet, await _username(settings, username)


async def _username(settings: Settings, given: str | None) -> str:
    from bot.getme import Away, who_are_we

    if given is not None:
        if not USERNAME.fullmatch(given.removeprefix("@")):
            raise Mend(f"--username {given!r} is no username of a bot")
        return given.removeprefix("@")
    try:
        return (await who_are_we(settings)).username
    except Away as error:
        raise Mend(f"the bot's name is not known ({error}): give --username") from None


def _about(line: CampaignLine) -> str:
    until = f"until {line.until}" if line.until else None
    said = (line.headline, line.unit, line.sector, line.place, until, "closed" if line.closed else None)
    return ", ".join(part for part in said if part)


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Mend(f"--until {written!r} is no date: write it as 2026-12-31") from None
