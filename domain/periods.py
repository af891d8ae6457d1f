"""Spans of days that somebody may name in one word."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Period(StrEnum):
    """A span up to today; both ends are included."""

    WEEK = "week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_YEAR = "this_year"


def span(period: Period, today: date) -> tuple[date, date]:
    """The first and the last day of a period, seen from a local date."""
    match period:
        case Period.WEEK:
            return today - timedelta(days=6), today
        case Period.THIS_MONTH:
            return today.replace(day=1), today
        case Period.LAST_MONTH:
            last = today.replace(day=1) - timedelta(days=1)
            return last.replace(day=1), last
        case Period.THIS_YEAR:
            return today.replace(month=1, day=1), today
