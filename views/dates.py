"""Days and moments as people say them, in the zone of the office that is meant."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from locales.translator import Html, Words

ZONES = {"Asia/Jakarta": "wib", "Asia/Pontianak": "wib", "Asia/Makassar": "wita", "Asia/Jayapura": "wit"}
"""The three zones of Indonesia by the names of the time zone database."""


def day(words: Words, on: date) -> Html:
    """A date with its weekday: "Selasa, 14 April 2026"."""
    return words(
        "date.day",
        weekday=words(f"date.weekday.{on.isoweekday()}"),
        day=on.day,
        month=words(f"date.month.{on.month}"),
        year=on.year,
    )


def short_day(words: Words, on: date) -> Html:
    """A date without its weekday, for lists: "14 April 2026"."""
    return words("date.short", day=on.day, month=words(f"date.month.{on.month}"), year=on.year)


def moment(words: Words, instant: datetime, zone: str) -> Html:
    """An instant in a zone: "Selasa, 14 April 2026 pukul 16.00 WIB"."""
    local = instant.astimezone(ZoneInfo(zone))
    return words(
        "date.moment", day=day(words, local.date()), hour=f"{local:%H}", minute=f"{local:%M}", zone=_name(words, local)
    )


def day_of(words: Words, instant: datetime, zone: str) -> Html:
    """The date of an instant in a zone."""
    return day(words, instant.astimezone(ZoneInfo(zone)).date())


def _name(words: Words, local: datetime) -> Html | str:
    name = ZONES.get(getattr(local.tzinfo, "key", ""))
    return words(f"date.zone.{name}") if name else str(local.tzname())
