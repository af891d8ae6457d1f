"""JSON lines are answered one by one; whatever a line is, the next one is answered."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from routing.json_lines import LONGEST_LINE, answer_lines
from routing.matcher import AgencyMatcher
from routing.topics import Topics

LAMP = "Lampu jalan depan gang kami mati sudah dua minggu"


@pytest.fixture(scope="module")
def matcher() -> AgencyMatcher:
    return AgencyMatcher.load()


def answers(matcher: AgencyMatcher, *lines: bytes) -> list[dict[str, Any]]:
    given = answer_lines(io.BytesIO(b"\n".join(lines)), matcher)
    return [json.loads(each.line) for each in given]


def asked(**line: object) -> bytes:
    return json.dumps({"id": 1, "text": LAMP} | line).encode()


def test_a_complaint_gets_three_suggestions_of_known_sectors_with_reasons(matcher: AgencyMatcher) -> None:
    (answer,) = answers(matcher, asked(place={"regency": "Kota Serang"}))
    assert set(answer) == {"id", "suggestions", "confident"}
    assert len(answer["suggestions"]) == 3
    first = answer["suggestions"][0]
    assert set(first) == {"sector", "agency", "unit", "score", "because"}
    assert first["sector"] == "transport"
    assert "Kota Serang" in first["agency"]
    assert all(words in LAMP for words in first["because"])
    assert {each["sector"] for each in answer["suggestions"]} <= set(Topics.load().sectors)


@pytest.mark.parametrize("regency", ["Kabupaten Merauke", "Kota Sabang", "Kota Administrasi Jakarta Selatan"])
def test_a_government_that_nobody_enrolled_is_served_too(matcher: AgencyMatcher, regency: str) -> None:
    (answer,) = answers(matcher, asked(place={"regency": regency}))
    agency = answer["suggestions"][0]["agency"]
    assert agency.startswith("Dinas Perhubungan")
    assert agency.endswith(regency) or "Jakarta" in agency


def test_a_shared_location_says_where_it_is(matcher: AgencyMatcher) -> None:
    (answer,) = answers(matcher, asked(place={"lat": -7.2575, "lng": 112.7521}))
    assert answer["suggestions"][0]["agency"].endswith("Kota Surabaya")


def test_names_go_before_the_location(matcher: AgencyMatcher) -> None:
    (answer,) = answers(matcher, asked(place={"regency": "Kota Serang", "lat": -7.2575, "lng": 112.7521}))
    assert answer["suggestions"][0]["agency"].endswith("Kota Serang")


def test_a_location_at_sea_is_no_error(matcher: AgencyMatcher) -> None:
    (answer,) = answers(matcher, asked(place={"lat": -10.0, "lng": 100.0}))
    assert "transport" in [each["sector"] for each in answer["suggestions"]]


@pytest.mark.parametrize("identity", ["a", 7, None, [1, 2], "😀", "\ud800"])
def test_the_id_comes_back_as_it_was_given(matcher: AgencyMatcher, identity: object) -> None:
    (answer,) = answers(matcher, asked(id=identity))
    assert answer["id"] == identity


def test_a_complaint_without_id_title_and_place_is_answered(matcher: AgencyMatcher) -> None:
    (answer,) = answers(matcher, json.dumps({"text": LAMP}).encode())
    assert answer["id"] is None
    assert answer["suggestions"]


def test_an_empty_text_gets_no_suggestion_and_no_confidence(matcher: AgencyMatcher) -> None:
    assert answers(matcher, asked(text=""))[0] == {"id": 1, "suggestions": [], "confident": False}


def test_a_byte_order_mark_and_windows_line_ends_are_forgiven(matcher: AgencyMatcher) -> None:
    found = answers(matcher, b"\xef\xbb\xbf" + asked() + b"\r", asked(id=2) + b"\r", b"")
    assert [answer["id"] for answer in found] == [1, 2]


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        (b"", "the line is empty"),
        (b"   ", "the line is empty"),
        (b"nope", "write one object a line"),
        (b'{"id": 1, "text": "a"', "write one object a line"),
        (b"[1, 2]", "the line is no object"),
        (b"null", "the line is no object"),
        (b'{"id": 1}', '"text" is missing'),
        (b'{"text": 5}', '"text" is missing or no string'),
        (b'{"text": null}', '"text" is missing or no string'),
        (b'{"text": "a", "title": 5}', '"title" is no string'),
        (b'{"text": "a", "place": "Serang"}', '"place" is no object'),
        (b'{"text": "a", "place": {"regency": 3673}}', '"regency" of the place is no string'),
        (b'{"text": "a", "place": {"lat": 1}}', "give both or neither"),
        (b'{"text": "a", "place": {"lat": "1", "lng": 2}}', "from -90 to 90"),
        (b'{"text": "a", "place": {"lat": NaN, "lng": 2}}', "from -90 to 90"),
        (b'{"text": "a", "place": {"lat": true, "lng": 2}}', "from -90 to 90"),
        (b'{"text": "a", "place": {"lat": 1, "lng": 181}}', "from -180 to 180"),
        (b'{"text": "\xff"}', "byte 11 is no UTF-8"),
        (b"[" * 200_000, "too deep"),
        (b'{"text": "a", "id": ' + b"9" * 5000 + b"}", "too long"),
        (b'{"text": "' + b"a" * LONGEST_LINE + b'"}', "longer than 1000000 bytes"),
    ],
    ids=lambda value: str(value[:40]),
)
def test_a_bad_line_says_its_number_and_its_mend_and_the_rest_goes_on(
    matcher: AgencyMatcher, line: bytes, mend: str
) -> None:
    before, bad, after = answers(matcher, asked(), line, asked(id=3))
    assert (before["id"], after["id"]) == (1, 3)
    assert set(bad) == {"error", "line"}
    assert bad["line"] == 2
    assert mend in bad["error"]


def test_an_answer_leaves_before_the_next_line_is_read(matcher: AgencyMatcher) -> None:
    talk = Dictated([asked(id=1) + b"\n", asked(id=2) + b"\n"])
    given = answer_lines(talk, matcher)
    next(given)
    assert talk.read_so_far == 1


class Dictated(io.BytesIO):
    """A stream that gives one line when it is asked, and counts."""

    def __init__(self, lines: list[bytes]) -> None:
        """Takes the lines to give."""
        super().__init__()
        self._waiting = lines
        self.read_so_far = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line."""
        self.read_so_far += 1
        return self._waiting.pop(0) if self._waiting else b""
