"""Days and moments as people say them."""

from datetime import UTC, date, datetime

import pytest

from locales.translator import words_for
from views.dates import day, day_of, moment, short_day

WORDS = words_for("id")


def test_a_day_has_its_weekday_and_its_month_by_name() -> None:
    assert day(WORDS, date(2026, 4, 14)) == "Selasa, 14 April 2026"
    assert short_day(WORDS, date(2026, 8, 17)) == "17 Agustus 2026"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Jakarta", "Selasa, 14 April 2026 pukul 16.00 WIB"),
        ("Asia/Makassar", "Selasa, 14 April 2026 pukul 17.00 WITA"),
        ("Asia/Jayapura", "Selasa, 14 April 2026 pukul 18.00 WIT"),
    ],
)
def test_a_moment_is_told_in_the_zone_of_the_office(zone: str, said: str) -> None:
    assert moment(WORDS, datetime(2026, 4, 14, 9, 0, tzinfo=UTC), zone) == said


def test_late_in_utc_is_the_next_day_in_papua() -> None:
    assert day_of(WORDS, datetime(2026, 4, 14, 16, 30, tzinfo=UTC), "Asia/Jayapura") == "Rabu, 15 April 2026"


def test_every_month_and_weekday_has_its_name() -> None:
    said = {day(WORDS, date(2026, month, number)) for month in range(1, 13) for number in range(1, 8)}
    assert len(said) == 84
