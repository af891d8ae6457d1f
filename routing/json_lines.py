"""Answers JSON lines: one complaint a line in, its suggestions a line out; a bad line gets its mend instead."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from routing.matcher import AgencyMatcher
from routing.places import Place
from routing.suggestion import Suggestions

LONGEST_LINE = 1_000_000
"""Bytes of one line; what is longer is no complaint."""

NAMES = ("province", "regency", "district", "village")
FURTHEST = {"lat": 90, "lng": 180}


class BadLine(ValueError):
    """The line cannot be answered; the message says the mend."""


@dataclass(frozen=True)
class Asked:
    """One complaint as a line tells it; `id` is given back as it came."""

    id: Any
    text: str
    title: str
    place: Place | None


@dataclass(frozen=True)
class Answered:
    """One line of the answer, whether the line was bad, and the bytes that it had."""

    line: bytes
    bad: bool
    size: int


def answer_lines(lines: BinaryIO, matcher: AgencyMatcher) -> Iterator[Answered]:
    """Yields an answer per line, in order, as they are read."""
    for number, raw in enumerate(_lines(lines), start=1):
        try:
            asked = read_line(raw)
            given = matcher.suggest(asked.text, asked.place, asked.title)
            yield Answered(_line(_answer(asked, given)), False, len(raw))
        except BadLine as bad:
            yield Answered(_line({"error": str(bad), "line": number}), True, len(raw))


def read_line(raw: bytes) -> Asked:
    """Reads one line; raises `BadLine` with the mend."""
    line = _object(raw)
    text, title, place = line.get("text"), line.get("title"), line.get("place")
    if not isinstance(text, str):
        raise BadLine('"text" is missing or no string: give the words of the complaint')
    if not (title is None or isinstance(title, str)):
        raise BadLine('"title" is no string: give words, or leave it out')
    if not (place is None or isinstance(place, dict)):
        raise BadLine('"place" is no object: write {"regency": "Kota Serang"}, or leave it out')
    return Asked(line.get("id"), text, (title or "").strip(), _place(place) if place else None)


def _lines(lines: BinaryIO) -> Iterator[bytes]:
    """Yields each line without its end; of a line that is too long only a beginning that says so is kept."""
    while raw := lines.readline(LONGEST_LINE + 2):
        rest = raw
        while len(raw) > LONGEST_LINE and rest and not rest.endswith(b"\n"):
            rest = lines.readline(LONGEST_LINE)
        yield raw.removesuffix(b"\n").removesuffix(b"\r")


def _object(raw: bytes) -> Mapping[str, Any]:
    if not raw.strip():
        raise BadLine('the line is empty: write one object like {"id": 1, "text": "..."}')
    if len(raw) > LONGEST_LINE:
        raise BadLine(f"the line is longer than {LONGEST_LINE} bytes: shorten the text")
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLine(f"byte {error.start + 1} is no UTF-8: save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadLine(f"no JSON at sign {error.pos + 1} ({error.msg}): write one object a line") from None
    except (ValueError, RecursionError):
        raise BadLine("a number is too long or a list too deep: write one plain object a line") from None
    if not isinstance(found, dict):
        raise BadLine('the line is no object: write {"id": 1, "text": "..."}')
    return found


def _place(given: Mapping[str, Any]) -> Place:
    names = {name: _name(given, name) for name in NAMES}
    lat, lng = (_degrees(given, name) for name in FURTHEST)
    if (lat is None) != (lng is None):
        raise BadLine('"lat" and "lng" belong together: give both or neither')
    return Place(**names, lat=lat, lng=lng)


def _name(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    if not (value is None or isinstance(value, str)):
        raise BadLine(f'"{name}" of the place is no string: give its name')
    return (value or "").strip() or None


def _degrees(given: Mapping[str, Any], name: str) -> float | None:
    value, furthest = given.get(name), FURTHEST[name]
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not _within(value, furthest):
        raise BadLine(f'"{name}" of the place is no number from -{furthest} to {furthest}: give degrees')
    return float(value)


def _within(value: float, furthest: int) -> bool:
    return math.isfinite(value) and abs(value) <= furthest


def _answer(asked: Asked, given: Suggestions) -> dict[str, Any]:
    suggestions = [
        {
            "sector": each.sector,
            "agency": each.agency,
            "unit": each.unit_name,
            "score": each.score,
            "because": list(each.because),
        }
        for each in given.candidates
    ]
    return {"id": asked.id, "suggestions": suggestions, "confident": given.confident}


def _line(answer: Mapping[str, Any]) -> bytes:
    # Half a surrogate is no UTF-8, but its escape is JSON.
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
