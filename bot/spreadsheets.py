"""Files for spreadsheets, written row by row: CSV for any program, XLSX for offices. They hold citizens' words."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from bot.mend import Mend

XLSX_ROWS = 1_048_576
"""Rows that a sheet of Excel can hold, its heading among them."""

WIDTHS = {"Isi Laporan Awal": 60, "Isi Laporan Akhir": 60, "Judul Laporan": 40}
WIDTH = 18

Write = Callable[[Sequence[str]], object]


@contextmanager
def opened(path: Path, form: str, columns: Sequence[str]) -> Iterator[Write]:
    """What writes a row below the columns; the file appears, for its owner alone, once everything is in it.

    Raises `Mend` when the file cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        with _FORMS[form](part, columns) as write:
            yield write
        part.replace(path)
    except OSError as error:
        raise Mend(f"{path} cannot be written: {error.strerror or type(error).__name__}") from None
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _csv(path: Path, columns: Sequence[str]) -> Iterator[Write]:
    # Excel takes UTF-8 for what it is only behind a mark.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(columns)
        yield writer.writerow


@contextmanager
def _xlsx(path: Path, columns: Sequence[str]) -> Iterator[Write]:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # the package brings no types

    # One row is in memory at a time; its parts lie beside the file and not where anybody may read.
    book = Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)})
    sheet = book.add_worksheet("Laporan Ringkas")
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS.get(column, WIDTH))
    sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
    rows = count(1)

    def write(cells: Sequence[str]) -> None:
        row = next(rows)
        if row >= XLSX_ROWS:
            raise Mend(f"a sheet of Excel ends at {XLSX_ROWS} rows: choose a shorter span or --format csv")
        for place, cell in enumerate(cells):
            # As a text: never a formula, a link or a number.
            sheet.write_string(row, place, cell)

    try:
        yield write
    finally:
        book.close()


_FORMS = {"csv": _csv, "xlsx": _xlsx}
