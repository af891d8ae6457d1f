"""The forms of the national register."""

import pytest

from domain.sp4n import COLUMNS, harmless, tracking_id


def test_the_columns_are_those_of_laporan_ringkas() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 20
    assert (COLUMNS[0], COLUMNS[9], COLUMNS[-1]) == ("Tracking ID", "Tipe Laporan (Anonim/Rahasia)", "Kelurahan")


@pytest.mark.parametrize("said", ["1234567", " #1234567 ", "# 1234567\n"])
def test_a_tracking_number_has_seven_digits(said: str) -> None:
    assert tracking_id(said) == "1234567"


@pytest.mark.parametrize("said", ["", "123456", "12345678", "12345a7", "1234567 1234567"])
def test_anything_else_is_none(said: str) -> None:
    assert tracking_id(said) is None


@pytest.mark.parametrize(
    "cell", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "\ufeff=1", "\u200b=1"]
)
def test_what_a_spreadsheet_might_run_is_marked_as_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Jalan = rusak", "a+b", "'=1", "2026-04-07"])
def test_other_cells_stay_letter_by_letter(cell: str) -> None:
    assert harmless(cell) == cell
