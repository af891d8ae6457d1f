"""Files written row by row: CSV for any program, XLSX for offices, blocks of plain text. They hold people's words."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

from services.export_sheets import Form

XLSX_ROWS = 1_048_576
"""Rows that a sheet of Excel can hold, its heading among them."""

WIDTHS = {"Isi Laporan Awal": 60, "Isi Laporan Akhir": 60, "Judul Laporan": 40}
WIDTH = 18

LINE = "-" * 40
"""What stands between two blocks."""


class SheetFull(Exception):
    """A sheet of Excel holds no more rows: a shorter span or CSV is needed."""


Write = Callable[[Sequence[str]], object]


def written(path: Path, form: Form, columns: Sequence[str]) -> AbstractContextManager[Write]:
    """What writes a row below the columns, into a file that is there already; raises `SheetFull` and `OSError`."""
    return _FORMS[form](path, columns)


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
            raise SheetFull
        for place, cell in enumerate(cells):
            # As a text: never a formula, a link or a number.
            sheet.write_string(row, place, cell)

    try:
        yield write
    finally:
        book.close()


@contextmanager
def _blocks(path: Path, _columns: Sequence[str]) -> Iterator[Write]:
    with path.open("w", encoding="utf-8-sig", newline="\r\n") as file:
        yield lambda cells: file.write("\n".join(cells) + f"\n\n{LINE}\n\n")


_FORMS = {Form.CSV: _csv, Form.XLSX: _xlsx, Form.BLOCKS: _blocks}
