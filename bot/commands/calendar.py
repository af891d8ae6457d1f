"""`lapor holidays` and `lapor explain`: the free days, and why a complaint is due when it is."""

from __future__ import annotations

import asyncio
import re
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings

if TYPE_CHECKING:
    from domain.calendar import Holiday
    from services.calendar_keeping import CalendarChange


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    holidays = typer.Typer(help="Free days: national holidays and joint leave.", no_args_is_help=True)
    holidays.command("import")(import_file)
    holidays.command("list")(list_days)
    holidays.command("check")(check)
    app.add_typer(holidays, name="holidays")
    app.command("explain")(explain)


def import_file(
    file: Annotated[Path, typer.Argument(help="CSV (date,name,kind,estimated) or YAML (source, dated_on, holidays).")],
    source: Annotated[str | None, typer.Option(help="The decree, if the file does not say it.")] = None,
    dated: Annotated[datetime | None, typer.Option(help="Its date, if the file does not say it.")] = None,
    whole_years: Annotated[
        bool, typer.Option("--whole-years", help="The file is complete for its years: remove their other days.")
    ] = False,
) -> None:
    """Enter a version of the free days; open deadlines are counted anew, and everybody concerned is told."""
    asyncio.run(_import(Settings.read(), file, source, dated.date() if dated else None, whole_years=whole_years))


def list_days(year: Annotated[int | None, typer.Option(help="One year only.")] = None) -> None:
    """List the free days in force, with the version that says so."""
    asyncio.run(_list(Settings.read(), year))


def check() -> None:
    """Say which free days are missing or only estimated; exit status 1 if deadlines cannot be trusted."""
    if not asyncio.run(_check(Settings.read())):
        raise typer.Exit(1)


def explain(number: Annotated[str, typer.Argument(help="The number of a complaint.")]) -> None:
    """Say why a complaint is due when it is: every deadline that it has had."""
    asyncio.run(_explain(Settings.read(), number))


async def _import(settings: Settings, file: Path, source: str | None, dated: date | None, *, whole_years: bool) -> None:
    from bot.house import open_house
    from services.calendar_keeping import CalendarKeeping
    from services.holiday_file import HolidayFileWrong, read_holidays

    try:
        given = read_holidays(file, source, dated)
    except OSError as error:
        raise Mend(f"{file} cannot be read: {error.strerror or type(error).__name__}") from None
    except HolidayFileWrong as error:
        raise Mend(f"{file}: {error}") from None
    async with open_house(settings) as house:
        change = await CalendarKeeping(house.office).enter(given, whole_years=whole_years)
    typer.echo(f"{given.source}, {given.dated_on}, for {', '.join(map(str, given.years))}")
    _tell(change)


def _tell(change: CalendarChange) -> None:
    for title, days in (("entered or changed", change.added), ("removed", change.removed)):
        typer.echo(f"{title}: {len(days)}")
        for day in days:
            typer.echo(f"  {_line(day)}")
    if change.kept:
        typer.echo(f"not in the file and still in force: {len(change.kept)}; --whole-years removes them")
    typer.echo(f"deadlines that moved: {change.moved.deadlines}; people who are told: {change.moved.people}")


async def _list(settings: Settings, year: int | None) -> None:
    from bot.house import open_house
    from services.calendar_keeping import CalendarKeeping

    async with open_house(settings) as house:
        found = await CalendarKeeping(house.office).listed(year)
    for sheet in found:
        dated = f", {sheet.dated_on}" if sheet.dated_on else ""
        typer.echo(f"{_line(sheet.day):70} [{sheet.source}{dated}]")


async def _check(settings: Settings) -> bool:
    from bot.house import open_house
    from services.calendar_keeping import CalendarKeeping

    async with open_house(settings) as house:
        health = await CalendarKeeping(house.office).check()
    for year in health.without_days:
        typer.echo(f'RED  {year} has no free days, so its deadlines are wrong: run "lapor holidays import FILE"')
    if health.without_joint_leave:
        mend = 'run "lapor holidays import FILE" with the decree'
        typer.echo(f"RED  the joint leave (cuti bersama) of {health.without_joint_leave} is missing: {mend}")
    for day in health.estimated:
        typer.echo(f"note {_line(day)}: enter it again when the decree or the moon sighting has settled it")
    if health.well:
        typer.echo("ok   every free day that can be known now is entered")
    return health.well


async def _explain(settings: Settings, number: str) -> None:
    from bot.house import open_house
    from domain.refusals import ComplaintNotFound
    from locales.translator import words_for
    from services.explaining import Explaining
    from services.seeking import NumberMistyped
    from views.explanation import why_text

    async with open_house(settings) as house:
        try:
            sheet = await Explaining(house.office).everything(number)
        except NumberMistyped as slip:
            meant = f": did you mean {' or '.join(slip.suggestions)}?" if slip.suggestions else ""
            raise Mend(f"{number} is no number of a complaint{meant or ': it looks like 7KM-3QX-PW9'}") from None
        except ComplaintNotFound:
            raise Mend(f"there is no complaint {number}") from None
    typer.echo(unescape(re.sub(r"</?[a-z]+>", "", why_text(sheet, words_for("id")))))


def _line(day: Holiday) -> str:
    estimated = " (perkiraan)" if day.estimated else ""
    return f"{day.on} {day.on:%a} {day.kind.value:11} {day.name}{estimated}"
