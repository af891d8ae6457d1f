"""`lapor export` and `lapor sp4n`: the register as SP4N's summary, and the numbers that SP4N gave, written back."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.mend import Mend
from bot.progress import progress
from bot.settings import Settings

if TYPE_CHECKING:
    from services.exporting import ExportRequest
    from services.national_numbers import NationalNumbers

BAD_LINES = 1
"""Exit status when at least one line could not be written back."""


class Sheet(StrEnum):
    """What sort of spreadsheet."""

    CSV = "csv"
    XLSX = "xlsx"


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("export")(export)
    app.command("sp4n")(sp4n)


def export(
    out: Annotated[Path | None, typer.Argument(help="The file to write; laporan-ringkas-DATE if left out.")] = None,
    government: Annotated[str | None, typer.Option(help="Code of a government; all of them if left out.")] = None,
    since: Annotated[str | None, typer.Option(help="First day of receipt, as 2026-04-01.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day of receipt, as 2026-04-30.")] = None,
    sheet: Annotated[Sheet, typer.Option("--format", help="csv or xlsx.")] = Sheet.CSV,
    blocks: Annotated[
        bool, typer.Option("--blocks", help="A text file instead: for each complaint the block to copy into SP4N.")
    ] = False,
    inspectorate: Annotated[
        bool, typer.Option("--inspectorate", help="Only what accuses an office or is examined: for the inspectorate.")
    ] = False,
) -> None:
    """Export complaints in the columns of SP4N's "Laporan Ringkas"; what is secret stays hidden, and it is logged."""
    from services.export_sheets import Form
    from services.exporting import ExportRequest

    form = Form.BLOCKS if blocks else Form(sheet.value)
    asked = ExportRequest(form, government, _day(since, "--since"), _day(until, "--until"), inspectorate)
    file = out or Path(f"laporan-ringkas-{date.today().isoformat()}.{form.value}")  # noqa: DTZ011 (names a file only)
    count = asyncio.run(_export(Settings.read(), asked, file))
    typer.echo(f"{file}: {count} complaints")


def sp4n(
    number: Annotated[str | None, typer.Argument(help="Our number of a complaint.")] = None,
    tracking: Annotated[str | None, typer.Argument(metavar="TRACKING_ID", help="The seven digits of SP4N.")] = None,
    file: Annotated[Path | None, typer.Option(help="Many at once: a CSV of number,tracking_id.")] = None,
) -> None:
    """Write back the number that SP4N-LAPOR! gave a complaint; its citizen is told."""
    if (file is None) == (number is None or tracking is None):
        raise Mend('give a number and its TRACKING_ID, or --file PAIRS.csv: "lapor sp4n ABC-DEF-GHJ 1234567"')
    pairs = _pairs(file) if file else [(1, number or "", tracking or "")]
    wrong = asyncio.run(_record(Settings.read(), pairs))
    if wrong:
        raise typer.Exit(BAD_LINES)


async def _export(settings: Settings, asked: ExportRequest, file: Path) -> int:
    from bot.export_file import opened
    from bot.house import open_house
    from domain.sp4n import COLUMNS
    from locales.translator import FALLBACK, words_for
    from services.exporting import Exporting
    from services.figures import GovernmentUnknown
    from views.export import as_written

    words = words_for(FALLBACK)
    async with open_house(settings) as house:
        exporting = Exporting(house.office)
        try:
            begun = await exporting.open(asked)
        except GovernmentUnknown:
            raise Mend(f"there is no government {asked.government!r} here: use its code in the directory") from None
        written = 0
        with opened(file, asked.form, COLUMNS) as write, progress(begun.count) as go_on:
            async for batch in exporting.batches(begun):
                for row in batch:
                    write(as_written(row, asked.form, words))
                written += len(batch)
                go_on(len(batch))
        return written


async def _record(settings: Settings, pairs: Sequence[tuple[int, str, str]]) -> int:
    from bot.house import open_house
    from services.national_numbers import NationalNumbers

    async with open_house(settings) as house:
        national = NationalNumbers(house.office)
        wrong = 0
        for line, number, tracking in pairs:
            said, bad = await _recorded(national, number, tracking)
            typer.echo(f"line {line}: {said}" if len(pairs) > 1 else said, err=bad)
            wrong += bad
        return wrong


async def _recorded(national: NationalNumbers, number: str, tracking: str) -> tuple[str, bool]:
    from domain.refusals import ComplaintNotFound, NotUnderstood
    from services.seeking import NumberMistyped

    try:
        new = await national.record(number, tracking)
    except NumberMistyped as error:
        meant = f", perhaps {' or '.join(error.suggestions)}" if error.suggestions else ""
        return f"{number!r} is no number of ours{meant}", True
    except ComplaintNotFound:
        return f"there is no complaint {number}", True
    except NotUnderstood:
        return f"{tracking!r} is no number of SP4N: it has seven digits", True
    return f"{number}: {tracking}" + ("" if new else " (known already)"), False


def _pairs(file: Path) -> list[tuple[int, str, str]]:
    """The lines of a list with their numbers; a first line that names the columns is passed over."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as given:
            rows = [(line, row) for line, row in enumerate(csv.reader(given), start=1) if any(row)]
    except (OSError, UnicodeDecodeError) as error:
        raise Mend(f"{file} cannot be read: {type(error).__name__}") from None
    bad = next((line for line, row in rows if len(row) != 2), None)
    if bad is not None:
        raise Mend(f"{file}, line {bad}: write number,tracking_id")
    pairs = [(line, number.strip(), tracking.strip()) for line, (number, tracking) in rows]
    return pairs[1:] if pairs and pairs[0][2].lower() == "tracking_id" else pairs


def _day(written: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Mend(f"{option} {written!r} is no date: write it as 2026-04-30") from None
