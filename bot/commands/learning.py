"""`lapor routing`: trains the matcher, learns from corrections, forgets them, and says how well it does."""

from __future__ import annotations

import asyncio
import csv
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings

if TYPE_CHECKING:
    from services.routing_report import GovernmentReport, Share

COLUMNS = {"source", "title", "text", "regency", "sector"}
FEW = 30
"""Below so many complaints a percentage says little."""

SHOWN = 10
"""Confusions and units of one government."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    routing = typer.Typer(help="What the suggestions are made of, and how good they are.", no_args_is_help=True)
    routing.command("train")(train)
    routing.command("forget")(forget)
    routing.command("report")(report)
    app.add_typer(routing, name="routing")


def train(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Complaints with their sector, as CSV; docs/routing.md.")
    ] = None,
    corrections: Annotated[
        bool, typer.Option("--corrections", help="Learn from the register instead: what coordinators corrected.")
    ] = False,
    government: Annotated[str | None, typer.Option(help="With --corrections: one government only.")] = None,
    out: Annotated[Path | None, typer.Option(help="With DIR: write elsewhere than into the program.")] = None,
) -> None:
    """Rebuild the packaged model from a folder of complaints, or learn from the register's corrections."""
    if corrections == (folder is not None):
        raise Mend("say what to learn from: a folder of complaints (lapor routing train DIR), or --corrections")
    if folder is not None:
        _train(folder, out)
    else:
        asyncio.run(_learn(Settings.read(), government))


def forget(government: Annotated[str, typer.Option(help="Code of the government in the directory.")]) -> None:
    """Erase for good what a government's corrections have taught."""
    asyncio.run(_forget(Settings.read(), government))


def report(
    government: Annotated[str | None, typer.Option(help="Code of one government; all if left out.")] = None,
) -> None:
    """Compare the suggestions with the units that people chose: right at once, confusions, corrections per unit."""
    asyncio.run(_report(Settings.read(), government))


def _train(folder: Path, out: Path | None) -> None:
    if find_spec("sklearn") is None:
        raise Mend("training needs scikit-learn: run `uv sync --group train`")
    _look_at(folder)
    from routing.rebuilding import train as rebuild
    from routing.words import DATA

    target = out or DATA
    typer.echo(f"Learning from {folder} and trying it on what was held back; this takes some minutes.", err=True)
    try:
        rebuild(folder, target)
    except ValueError as error:
        raise Mend(f"{folder}: {error}") from None
    typer.echo(f"Written to {target}. The same folder gives the same bytes.")


def _look_at(folder: Path) -> None:
    """Raises `Mend` unless the folder has CSV files with the needed columns."""
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise Mend(f"{folder} has no CSV file: name the folder with the complaints")
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            missing = COLUMNS - set(next(csv.reader(lines), []))
        if missing:
            raise Mend(f"{file} lacks the column {', '.join(sorted(missing))}: see docs/routing.md")


async def _learn(settings: Settings, code: str | None) -> None:
    from bot.house import open_house
    from services.learning import GovernmentUnknown, Learning

    async with open_house(settings) as house:
        try:
            taught = await Learning(house.office).learn(code)
        except GovernmentUnknown as error:
            raise Mend(str(error)) from None
    for each in taught:
        said = f"{each.complaints} complaints, {each.corrections} corrected, {each.features} words and pairs kept"
        typer.echo(f"{each.name} ({each.code}): {said}.")
    typer.echo("Programs that are running use it within a minute.")


async def _forget(settings: Settings, code: str) -> None:
    from bot.house import open_house
    from services.learning import GovernmentUnknown, Learning

    async with open_house(settings) as house:
        try:
            name = await Learning(house.office).forget(code)
        except GovernmentUnknown as error:
            raise Mend(str(error)) from None
    typer.echo(f"{name} ({code}): what the corrections had taught is erased, and will not be learned again.")
    typer.echo("Programs that are running forget it within a minute.")


async def _report(settings: Settings, code: str | None) -> None:
    from bot.house import open_house
    from services.learning import GovernmentUnknown
    from services.routing_report import RoutingReport

    async with open_house(settings) as house:
        try:
            reports = await RoutingReport(house.office).made(code)
        except GovernmentUnknown as error:
            raise Mend(str(error)) from None
    if not any(each.first.whole for each in reports):
        typer.echo("Nobody has sent a complaint to a unit yet: there is nothing to compare.")
        return
    for each in reports:
        _tell(each)


def _tell(each: GovernmentReport) -> None:
    typer.echo(f"{each.name} ({each.code}): {each.first.whole} complaints that a person sent to a unit")
    if 0 < each.first.whole < FEW:
        typer.echo(f"  fewer than {FEW}: these figures may be chance")
    typer.echo(f"  right at once      {_share(each.first)}")
    typer.echo(f"  among those shown  {_share(each.shown)}")
    typer.echo(f"  called confident   {_share(each.confident)}, of these right {_share(each.confident_right)}")
    typer.echo("  commonest confusions, proposed -> sent to:" if each.confusions else "  no confusions")
    for confusion in each.confusions[:SHOWN]:
        typer.echo(f"    {confusion.count:5}  {confusion.proposed} -> {confusion.final}")
    typer.echo("  corrections per unit, of what was sent there:")
    for line in each.units[:SHOWN]:
        typer.echo(f"    {_share(line.corrected):18}  {line.unit}")
    when = f", on {each.learned_at:%Y-%m-%d}" if each.learned_at else ""
    typer.echo(f"  learned from corrections: {each.features} words and pairs{when}")


def _share(share: Share) -> str:
    if not share.whole:
        return "0 of 0"
    return f"{share.part} of {share.whole} ({100 * share.part / share.whole:.0f} %)"
