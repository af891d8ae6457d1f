"""Canned replies: a title, words, and gaps that are filled or refused by name."""

import pytest

from domain.canned import TITLE_MAX, Gap, demand_known, filled, gaps, read
from domain.refusals import NotUnderstood, Unfillable

VALUES = {Gap.NUMBER: "7KM-3QX-PW9", Gap.PLACE: "Cipocok Jaya", Gap.DUE: None}


def test_the_first_line_is_the_title_and_the_rest_the_words() -> None:
    assert read("  Jadwal   tambal \n\nLaporan {nomor}\nkami periksa. ") == (
        "Jadwal tambal",
        "Laporan {nomor}\nkami periksa.",
    )


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("Hanya satu baris", "canned_lines"),
        ("", "canned_lines"),
        ("x" * (TITLE_MAX + 1) + "\nisi", "canned_title"),
        ("Judul\n" + "x" * 3001, "canned_long"),
    ],
)
def test_what_cannot_be_kept_says_why(message: str, reason: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read(message)
    assert refused.value.reason == reason


@pytest.mark.parametrize("text", ["Temuan: {temuan}.", "Lokasi {", "}{", "{}", "{nomor", "{{nomor}}"])
def test_a_gap_that_nothing_can_fill_is_refused_when_it_is_kept(text: str) -> None:
    with pytest.raises(Unfillable) as refused:
        demand_known(text)
    assert refused.value.reason == "gap_unknown"
    assert refused.value.gaps


def test_gaps_are_filled_however_they_are_spaced_and_capitalised() -> None:
    assert filled("{nomor} di { LOKASI }, {Nomor}", VALUES) == "7KM-3QX-PW9 di Cipocok Jaya, 7KM-3QX-PW9"


def test_what_stands_in_a_gap_is_not_read_as_a_gap() -> None:
    assert filled("{lokasi}", {Gap.PLACE: "{nomor}"}) == "{nomor}"


@pytest.mark.parametrize(
    ("text", "missing"), [("{tenggat}", ("{tenggat}",)), ("{unit} {nomor} {tenggat}", ("{tenggat}", "{unit}"))]
)
def test_a_gap_of_which_nothing_is_known_is_named(text: str, missing: tuple[str, ...]) -> None:
    with pytest.raises(Unfillable) as refused:
        filled(text, VALUES)
    assert refused.value.reason == "gap_empty"
    assert refused.value.gaps == missing


def test_every_gap_can_be_written() -> None:
    text = " ".join("{" + gap + "}" for gap in Gap)
    demand_known(text)
    assert gaps(text) == set(Gap)
