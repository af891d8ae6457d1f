"""Understands when something happened as people say it: "kemarin sore", "3 hari lalu", "awal bulan", "14/4"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = tuple("januari februari maret april mei juni juli agustus september oktober november desember".split())
_SHORT = {month[:3]: place for place, month in enumerate(MONTHS, start=1)}
_MONTH = {month: place for place, month in enumerate(MONTHS, start=1)} | _SHORT
_MONTH |= {"agt": 8, "ags": 8, "agust": 8, "sept": 9, "nop": 11, "nopember": 11, "peb": 2, "pebruari": 2}
_MONTH |= {"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8, "october": 10}
_MONTH |= {"december": 12, "aug": 8, "oct": 10, "dec": 12}
_COUNTED = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split()
_NUMBERS = {word: place for place, word in enumerate(_COUNTED, start=1)} | {"beberapa": 3}
_ENGLISH = "one two three four five six seven eight nine ten".split()
_NUMBERS |= {word: place for place, word in enumerate(_ENGLISH, start=1)}
_NUMBERS |= {"a": 1, "an": 1, "few": 3, "a few": 3, "several": 3, "a couple of": 2}
_UNITS = {"jam": 0, "menit": 0, "hari": 1, "hr": 1, "minggu": 7, "mgg": 7, "pekan": 7}
_UNITS |= {"bulan": 30, "bln": 30, "tahun": 365, "thn": 365}
_UNITS |= {"hour": 0, "minute": 0, "day": 1, "week": 7, "month": 30, "year": 365}
_WEEKDAYS = {
    "senin": 0,
    "selasa": 1,
    "rabu": 2,
    "kamis": 3,
    "jumat": 4,
    "jum'at": 4,
    "sabtu": 5,
    "minggu": 6,
    "ahad": 6,
}
_WEEKDAYS |= {
    day: place for place, day in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}

_M = "|".join(sorted(_MONTH, key=len, reverse=True))
_YEAR = r"(?:\s+(?P<year>\d{4}|'?\d{2}(?![\d:.])))?"
_PAST = r"(?:(?:yang|yg)\s+)?(?:lalu|lewat|kemarin|kemaren|kmrn|silam)"
_DAYPART = r"(?:subuh|pagi|siang|sore|petang|malam|mlm)"
_YESTERDAY = r"(?:kemarin|kemaren|kmrn|kmrin|kmarin|kmaren)"
_LATELY = timedelta(days=366)
"""How long ago the day of a story may be: older dates in it are birthdays, decrees and the like."""

_FUTURE = re.compile(
    r"\b(?:besok|bsk|esok|lusa|nanti)\b(?<!kemarin lusa)(?<!kemaren lusa)"
    rf"|\b(?:minggu|pekan|bulan|tahun|{'|'.join(_WEEKDAYS)})\s+depan\b"
    rf"|\btomorrow\b|\bnext\s+(?:week|month|year|{'|'.join(_WEEKDAYS)})\b"
)

Reckoned = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True)
class When:
    """A day that somebody's words name, with those words; `rough`: they name no single day."""

    on: date
    words: str
    rough: bool


@dataclass(frozen=True)
class Occurred:
    """When something happened, as it was told: words, and the day that they name or that was chosen.

    With neither the person chose "sudah lama".
    """

    words: str | None = None
    on: date | None = None

    @property
    def rough(self) -> bool:
        """Whether the words name a span of days rather than one."""
        return self.words is not None and is_rough(self.words)


@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    day: Reckoned
    rough: bool = False
    in_story: bool = True


def happened_on(words: str, today: date) -> date | None:
    """The local date that the words name, never in the future; None where they name none.

    A date without a year is the latest such date. Approximate words ("sebulan lalu") give the day so long ago.
    """
    found = next(_found(words, today, _RULES), None)
    return found.on if found else None


def is_rough(words: str) -> bool:
    """Whether the words name a span of days rather than one."""
    found = next(_found(words, date.max - timedelta(days=366), _RULES), None)
    return found is not None and found.rough


def is_future(words: str, today: date) -> bool:
    """Whether the words name only a day that is still to come."""
    if happened_on(words, today) is not None:
        return False
    text = _plain(words)
    later = (rule.day(match, date.max) for rule in _DATED for match in rule.pattern.finditer(text))
    return bool(_FUTURE.search(text)) or any(on is not None and today < on for on in later)


def mentioned(story: str, today: date) -> When | None:
    """The one day that a story clearly names; None where it names none, or several, or only how long it has lasted.

    Warier than `happened_on`, since nobody was asked: "sampai hari ini" and "setiap Senin" tell no day.
    """
    rules = tuple(rule for rule in _RULES if rule.in_story)
    found = [each for each in _found(story, today, rules, _ASIDE) if today - each.on <= _LATELY]
    return found[0] if len({each.on for each in found}) == 1 else None


_ASIDE = re.compile(r"(?:sampai|hingga|sampe|s/d|s\.d\.|lahir|setiap|tiap|bukan|sebelum|perda|uu|no|nomor)\s*$")
"""Words before a day that make it another day than the one on which it happened."""

_NEAR = 10
"""Characters before a day that are searched for such a word: the longest, and a space. Never the whole story."""


def _found(words: str, today: date, rules: tuple[_Rule, ...], aside: re.Pattern[str] | None = None) -> Iterator[When]:
    """What the rules read, the surest first; what one of them has read is not read again by another."""
    text = _plain(words)
    for rule in rules:
        for match in rule.pattern.finditer(text):
            if aside is not None and aside.search(text, max(0, match.start() - _NEAR), match.start()):
                continue
            on = rule.day(match, today)
            if on is not None and on <= today:
                yield When(on, match[0].strip(), rule.rough)
        text = rule.pattern.sub(lambda read: "·" * len(read[0]), text)


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _number(said: str | None) -> int:
    if not said:
        return 1
    return int(said) if said.isdigit() else _NUMBERS[said]


def _ago(match: re.Match[str], today: date) -> date | None:
    return _back(today, _number(match["count"]) * _UNITS[match["unit"]])


def _back(today: date, days: int) -> date | None:
    return today - timedelta(days=days) if days < today.toordinal() else None


def _days(days: int) -> Reckoned:
    return lambda _match, today: _back(today, days)


def _weekday(match: re.Match[str], today: date) -> date | None:
    """The latest such day; with "lalu" or "kemarin" it is not today."""
    back = (today.weekday() - _WEEKDAYS[match["weekday"]]) % 7
    return _back(today, back or (7 if match["past"] else 0))


def _named(match: re.Match[str], today: date) -> date | None:
    return _date(match["year"], _MONTH[match["month"]], int(match["day"]), today)


def _numeric(match: re.Match[str], today: date) -> date | None:
    return _date(match["year"], int(match["month"]), int(match["day"]), today)


def _date(year: str | None, month: int, day: int, today: date) -> date | None:
    """A date without a year is this year's, or last year's if that is still to come."""
    digits = (year or "").strip("'")
    full = int(digits) + (2000 if len(digits) == 2 else 0) if digits else today.year
    try:
        found = date(full, month, day)
        return found.replace(year=full - 1) if not digits and found > today else found
    except ValueError:
        return None


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    """ "tanggal 14" is the latest fourteenth."""
    for back in range(2):
        first = _first_of_month(today, back)
        day = int(match["day"])
        if 1 <= day <= _length(first) and first.replace(day=day) <= today:
            return first.replace(day=day)
    return None


def _part_of_month(match: re.Match[str], today: date) -> date | None:
    first = _first_of_month(today, 1 if match["past"] else 0)
    found = _part(first, match["part"])
    return found if found <= today else _part(_first_of_month(first, 1), match["part"])


def _part_of_named(match: re.Match[str], today: date) -> date | None:
    first = _date(match["year"], _MONTH[match["month"]], 1, today)
    found = _part(first, match["part"]) if first else None
    return min(found, today) if found and first and first <= today else found


def _part(first: date, part: str | None) -> date:
    match part:
        case "pertengahan" | "tengah":
            return first.replace(day=15)
        case "akhir":
            return first.replace(day=_length(first))
        case _:
            return first


def _part_of_year(match: re.Match[str], today: date) -> date | None:
    year = today.year - (1 if match["past"] else 0)
    found = {"awal": date(year, 1, 1), "akhir": date(year, 12, 31)}.get(match["part"], date(year, 7, 1))
    return found if found <= today else found.replace(year=year - 1)


def _year(match: re.Match[str], _today: date) -> date | None:
    return date(int(match["year"]), 1, 1)


def _this(match: re.Match[str], today: date) -> date | None:
    return today.replace(day=1) if match["unit"].startswith("b") else _back(today, today.weekday())


def _first_of_month(today: date, back: int) -> date:
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _length(first: date) -> int:
    return monthrange(first.year, first.month)[1]


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_DAY = r"(?P<day>\d{1,2})"
_TGL = r"(?:tanggal|tgl\.?|tanggl)\s*"
_WHICH = rf"(?P<weekday>{'|'.join(day for day in _WEEKDAYS if day != 'minggu')})"
_DATED = (
    _Rule(_re(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b"), _numeric),
    _Rule(_re(rf"\b{_DAY}\s+(?P<month>{_M})\b\.?{_YEAR}"), _named),
    _Rule(_re(r"(?<![\d/])(?P<day>\d{1,2})\s*[-/.]\s*(?P<month>\d{1,2})\s*[-/.]\s*(?P<year>\d{4}|\d{2})\b"), _numeric),
    _Rule(_re(rf"\b{_TGL}{_DAY}\s*[-/.]\s*(?P<month>\d{{1,2}})(?P<year>)(?![\d/])"), _numeric),
    # "3/4" in a story may be RT 3 RW 4; as an answer to "kapan" it is the third of April.
    _Rule(_re(rf"(?<![\d/]){_DAY}\s*[-/]\s*(?P<month>\d{{1,2}})(?P<year>)\b(?![/-]?\d)"), _numeric, in_story=False),
)
_PART = r"(?:morning|noon|afternoon|evening|night)"
_EN = (
    _Rule(_re(rf"\b{_COUNT}\s+(?P<unit>day|hour|minute)s?\s+ago\b"), _ago),
    _Rule(_re(rf"\b{_COUNT}\s+(?P<unit>week|month|year)s?\s+ago\b"), _ago, True),
    _Rule(_re(r"\blast\s+(?P<count>)(?P<unit>week|month|year)\b"), _ago, True),
    _Rule(_re(rf"\b(?P<past>last)\s+{_WHICH}\b(?:\s+{_PART})?"), _weekday),
    _Rule(_re(r"\b(?:the\s+)?day\s+before\s+yesterday\b"), _days(2)),
    _Rule(_re(rf"\byesterday\b(?:\s+{_PART})?|\blast\s+(?:night|evening)\b"), _days(1)),
    _Rule(_re(rf"\b(?:today|tonight|this\s+{_PART}|just\s+now)\b"), _days(0)),
    _Rule(_re(rf"(?<!\d )\b(?P<month>{_M})\s+{_DAY}(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?\b(?![/.:-])"), _named),
    _Rule(_re(rf"\b{_DAY}(?:st|nd|rd|th)\s+(?:of\s+)?(?P<month>{_M})\b{_YEAR}"), _named),
    _Rule(_re(r"\bnow\b"), _days(0), in_story=False),
)
"""Plain English days; a day of the week alone is read by the rule of its Indonesian names."""

_RULES = (
    *_EN,
    _Rule(_re(rf"\b(?:{_COUNT}\s*|(?P<one>se))(?P<unit>hari|hr|jam|menit)\s+{_PAST}\b"), _ago),
    _Rule(_re(rf"\bhari\s+(?P<weekday>minggu)\b(?!\s+depan)(?:\s+{_DAYPART})?(?:\s+(?P<past>{_PAST}))?"), _weekday),
    _Rule(_re(rf"\b(?:hari\s+)?{_WHICH}\s+(?:{_DAYPART}\s+)?(?P<past>{_PAST})\b"), _weekday),
    _Rule(
        _re(rf"\b(?P<part>awal|pertengahan|tengah|akhir)\s+(?:bulan\s+)?(?P<month>{_M})\b{_YEAR}"), _part_of_named, True
    ),
    _Rule(
        _re(rf"\b(?P<part>awal|pertengahan|tengah|akhir)\s+(?:bulan|bln)(?:\s+(?:ini|(?P<past>{_PAST})))?\b"),
        _part_of_month,
        True,
    ),
    _Rule(
        _re(rf"\b(?P<part>awal|pertengahan|tengah|akhir)\s+(?:tahun|thn)(?:\s+(?:ini|(?P<past>{_PAST})))?\b"),
        _part_of_year,
        True,
    ),
    _Rule(
        _re(
            rf"(?<!\d)(?<!\d )\b(?:{_COUNT}\s*|(?P<one>se))?(?P<unit>minggu|mgg|pekan|bulan|bln|tahun|thn)\s+{_PAST}\b"
        ),
        _ago,
        True,
    ),
    *_DATED,
    _Rule(_re(rf"\b{_TGL}{_DAY}\b"), _day_of_month),
    _Rule(_re(r"\b(?:kemarin|kemaren)\s+(?:lusa|dulu)\b|\bselumbari\b"), _days(2)),
    _Rule(
        _re(rf"\b(?:semalam|smlm|(?:tadi|td)\s+(?:malam|mlm)|malam\s+tadi)\b|\b{_YESTERDAY}(?!-)(?:\s+{_DAYPART})?\b"),
        _days(1),
    ),
    _Rule(
        _re(rf"\b(?:(?:tadi|td|tdi)\s+{_DAYPART}|{_DAYPART}\s+(?:tadi|ini)|barusan|baru\s+saja|(?:hari|hr)\s+ini)\b"),
        _days(0),
    ),
    _Rule(_re(r"\b(?:tadi|tdi|td|sekarang|skrg|skrang|saat ini)\b"), _days(0), in_story=False),
    _Rule(_re(rf"\b(?<!next )(?:hari\s+)?{_WHICH}(?P<past>)\b(?!\s+depan)"), _weekday, in_story=False),
    _Rule(_re(r"\b(?P<unit>minggu|pekan|bulan|bln)\s+ini\b"), _this, True, in_story=False),
    _Rule(_re(rf"\b(?:bulan\s+)?(?P<part>)(?P<month>{_M})\b{_YEAR}"), _part_of_named, True, in_story=False),
    _Rule(_re(r"\b(?:tahun|thn)\s+(?P<year>(?:19|20)\d{2})\b"), _year, True, in_story=False),
    # How long it has lasted tells when it began.
    _Rule(_re(rf"\b(?:{_COUNT}\s*|(?P<one>se))(?P<unit>{'|'.join(_UNITS)})(?:an)?\b"), _ago, True, in_story=False),
)
