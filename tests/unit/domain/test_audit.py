"""The audit log as a chain: each line seals the former ones, and takes neither names nor words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain.audit import GENESIS, Act, Head, Line, NoCode, written

LINE = Line(7, datetime(2026, 4, 7, 2, 0, tzinfo=UTC), Act.DECISION.value, 3, "officer", 12, '{"action":"take"}')


@pytest.mark.parametrize(
    "change",
    [
        {"number": 8},
        {"at": LINE.at + timedelta(microseconds=1)},
        {"act": Act.EXPORT.value},
        {"person_id": 4},
        {"person_id": None},
        {"role": "coordinator"},
        {"complaint_id": 13},
        {"data": '{"action":"note"}'},
    ],
)
def test_whatever_changes_in_a_line_changes_its_hash(change: dict[str, object]) -> None:
    assert replace(LINE, **change).sealed_after(GENESIS) != LINE.sealed_after(GENESIS)  # type: ignore[arg-type]  # one field each


def test_a_line_seals_the_former_ones_and_not_the_zone_in_which_its_time_is_told() -> None:
    assert LINE.sealed_after("1" * 64) != LINE.sealed_after(GENESIS)
    jakarta = replace(LINE, at=LINE.at.astimezone(timezone(timedelta(hours=7))))
    assert jakarta.sealed_after(GENESIS) == LINE.sealed_after(GENESIS)


@pytest.mark.parametrize("words", ["Ibu Sari", "sari@contoh.id", "", "x" * 65, "Jalan Mawar, 3"])
def test_names_and_words_do_not_enter_the_log(words: str) -> None:
    with pytest.raises(NoCode):
        written({"told": words})
    with pytest.raises(NoCode):
        written({"told": ["36.73", words]})


def test_ids_and_codes_are_written_the_same_in_whatever_order_they_come() -> None:
    assert written({"b": 2, "a": ["36.73", "36.73-dprkp"], "c": None}) == '{"a":["36.73","36.73-dprkp"],"b":2,"c":null}'


def test_a_head_is_read_as_it_is_shown_and_anything_else_is_refused() -> None:
    head = Head.of(120, LINE.sealed_after(GENESIS))
    assert Head.parse(f" {head} ") == head
    for wrong in ("120", "x:3f9a3f9a3f9a3f9a", "120:3f9a", "120:NOTHEXNOTHEXNOTHEX"):
        with pytest.raises(ValueError, match="NUMBER:DIGITS"):
            Head.parse(wrong)
