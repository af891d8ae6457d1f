"""The chart of the last days: a picture for a phone, whatever the figures are."""

import struct
import subprocess
import sys
from datetime import date

import pytest

from locales.translator import words_for
from services.digest_sheets import Series
from views.chart import draw
from views.chart_parts import draw_steps

WORDS = words_for("id")
FIRST = date(2026, 3, 9)


def a_series(received: int, done: int, overdue: int, days: int = 30) -> Series:
    return Series(FIRST, (received,) * days, (done,) * days, (overdue,) * days)


@pytest.mark.parametrize("figures", [(0, 0, 1), (1, 0, 0), (9, 7, 40), (4000, 3000, 100_000)])
def test_a_chart_is_a_square_picture_as_wide_as_a_phone_shows(figures: tuple[int, int, int]) -> None:
    picture = draw(a_series(*figures), WORDS)
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (1080, 1080)
    assert len(picture) < 300_000


@pytest.mark.parametrize(
    "parts", [[], [("Dinas $A$ & <B>", 91), ("Kab. Nun Jauh di Sana Sekali", 0)], [("x", 50)] * 40]
)
def test_a_chart_of_steps_is_drawn_whatever_things_are_called(parts: list[tuple[str, int]]) -> None:
    picture = draw_steps("Pemerintah $ Kota", [("Masuk", 366), ("Selesai", 0)], parts, WORDS)
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (1080, 1080)


def test_other_figures_make_another_picture() -> None:
    assert draw(a_series(1, 2, 3), WORDS) != draw(a_series(1, 2, 4), WORDS)


def test_everybody_at_a_desk_gets_one_and_the_same_picture() -> None:
    words = words_for("id")
    assert draw(a_series(3, 2, 1), words) is draw(a_series(3, 2, 1), words)


def test_days_on_which_nothing_happened_at_all_are_empty() -> None:
    assert a_series(0, 0, 0).empty
    assert not a_series(0, 0, 1).empty


def test_whoever_draws_nothing_loads_no_drawing_library() -> None:
    asked = "import sys, views.letters; print('matplotlib' in sys.modules)"
    assert subprocess.run((sys.executable, "-c", asked), capture_output=True, text=True).stdout == "False\n"
