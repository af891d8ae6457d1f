"""Understands when something happened as people say it: "kemarin sore", "3 hari lalu", "12 November"."""

from __future__ import annotations

import re
from datetime import date, timedelta

MONTHS = tuple("januari februari maret april mei juni juli agustus september oktober november desember".split())
_SHORT = {month[:3]: place for place, month in enumerate(MONTHS, start=1)} | {"agt": 8, "ags": 8, "nop": 11, "peb": 2}

_DAYS_AGO = {
    "hari ini": 0,
    "tadi": 0,
    "barusan": 0,
    "baru saja": 0,
    "sekarang": 0,
    "kemarin lusa": 2,
    "kemaren lusa": 2,
    "kemarin dulu": 2,
    "semalam": 1,
    "kemarin": 1,
    "kemaren": 1,
    "kmrn": 1,
    "selumbari": 2,
}
_COUNTED = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split()
_NUMBERS = {word: place for place, word in enumerate(_COUNTED, start=1)} | {"beberapa": 3}
_UNITS = {"hari": 1, "minggu": 7, "pekan": 7, "bulan": 30, "tahun": 365}
_AGO = re.compile(
    rf"\b(?:(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})\s*|(?P<one>se))?(?P<unit>{'|'.join(_UNITS)})\s+"
    r"(?:yang\s+|yg\s+)?(?:lalu|lewat|kemarin)\b"
)
_NUMERIC = re.compile(r"\b(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{4}|\d{2}))?\b")
_NAMED = re.compile(r"\b(\d{1,2})\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?\b")


def happened_on(words: str, today: date) -> date | None:
    """The local date that the words name, never in the future; None where they name none.

    A date without a year is the latest such date. Approximate words ("sebulan lalu") give the day so long ago.
    """
    text = " ".join(words.lower().split())
    found = _ago(text, today) or _named(text, today) or _numeric(text, today) or _phrase(text, today)
    return found if found is not None and found <= today else None


def _ago(text: str, today: date) -> date | None:
    if match := _AGO.search(text):
        count = match["count"] or "1"
        number = int(count) if count.isdigit() else _NUMBERS[count]
        return today - timedelta(days=number * _UNITS[match["unit"]])
    return None


def _phrase(text: str, today: date) -> date | None:
    for phrase, days in _DAYS_AGO.items():
        if re.search(rf"\b{phrase}\b", text):
            return today - timedelta(days=days)
    return None


def _named(text: str, today: date) -> date | None:
    for day, month, year in _NAMED.findall(text):
        number = _SHORT.get(month[:3]) if _is_month(month) else None
        if number is not None and (found := _date(year, number, day, today)):
            return found
    return None


def _is_month(word: str) -> bool:
    return word in MONTHS or word in _SHORT or word in ("sept", "okt", "nopember", "pebruari")


def _numeric(text: str, today: date) -> date | None:
    for day, month, year in _NUMERIC.findall(text):
        if found := _date(year, int(month), day, today):
            return found
    return None


def _date(year: str, month: int, day: str, today: date) -> date | None:
    """A date without a year is this year's, or last year's if that is still to come."""
    full = int(year) + (2000 if len(year) == 2 else 0) if year else today.year
    try:
        found = date(full, month, int(day))
        return found.replace(year=full - 1) if not year and found > today else found
    except ValueError:
        return None
