"""What is measured: medians, nine of ten, shares in time, spans, and which counts are too small to be told."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)


class MeasuringInvalid(ValueError):
    """The data of measuring cannot be used; the message names the key and the mend."""


@dataclass(frozen=True)
class Measuring:
    """Below `few` a count might point at somebody; times of silence are calendar days.

    `quiet_days`: after so many days without any of its staff a government or unit is "kurang aktif"; `active_days`: who
    was here within them counts as active.
    """

    few: int
    quiet_days: int
    active_days: int


def parse_measuring(data: Mapping[str, Any]) -> Measuring:
    """Reads the data file; raises `MeasuringInvalid` that names the key and the mend."""
    return Measuring(**{key: _whole(data, key) for key in ("few", "quiet_days", "active_days")})


def _whole(data: Mapping[str, Any], key: str) -> int:
    found = data.get(key)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise MeasuringInvalid(f"{key} = {found!r} is no whole number; use 1 or more")
    return found


class Period(StrEnum):
    """A span that can be asked for."""

    THIS_MONTH = "month"
    LAST_MONTH = "last"
    THIS_YEAR = "year"


def span_of(period: Period, today: date) -> tuple[date, date]:
    """The first and the last day of a period; one that is not over ends today."""
    first = today.replace(day=1)
    match period:
        case Period.THIS_MONTH:
            return first, today
        case Period.LAST_MONTH:
            before = first - timedelta(days=1)
            return before.replace(day=1), before
        case Period.THIS_YEAR:
            return today.replace(month=1, day=1), today


@dataclass(frozen=True)
class Speed:
    """How long something took, in working days: half were no slower than `median`, nine of ten than `p90`."""

    count: int
    median: int
    p90: int


@dataclass(frozen=True)
class Share:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all; 0 of nothing."""
        return 100 * self.part // self.whole if self.whole else 0

    def __add__(self, other: Share) -> Share:
        """Two parts of two wholes that have nothing in common."""
        return Share(self.part + other.part, self.whole + other.whole)


NOTHING = Share(0, 0)


def speed_of(histogram: Iterable[tuple[int, int]]) -> Speed | None:
    """The speed of what took so many working days so often (nearest rank: a number of days that really occurred)."""
    ordered = sorted((days, count) for days, count in histogram if count > 0)
    if not ordered:
        return None
    reached = list(accumulate(count for _, count in ordered))
    return Speed(reached[-1], *(_rank(ordered, reached, percent) for percent in (50, 90)))


def _rank(ordered: list[tuple[int, int]], reached: list[int], percent: int) -> int:
    wanted = -(-reached[-1] * percent // 100)
    return next(days for (days, _), so_far in zip(ordered, reached, strict=True) if so_far >= wanted)


def pool_of(counts: Iterable[tuple[Key, int]], few: int) -> frozenset[Key]:
    """The names that are counted together, so that no small count is found, not even by taking the others from a total.

    First suppression: every count below `few`. Second: while these come to less than `few` together, the smallest of
    the others joins them. A pool that tells anything then has at least two names and `few` complaints, so that each
    of its counts stays unknown. What is left is a total of less than `few`: that is not told at all.
    """
    ordered = sorted(counts, key=lambda each: (each[1], str(each[0])))
    pool = [each for each in ordered if each[1] < few]
    rest = ordered[len(pool) :]
    while 0 < sum(count for _, count in pool) < few and rest:
        pool.append(rest.pop(0))
    return frozenset(name for name, _ in pool)


def pooled(counts: Iterable[tuple[Key, int]], few: int, nameless: int = 0) -> tuple[tuple[tuple[Key, int], ...], int]:
    """The counts that may be told, largest first, and what the others come to; 0 where that is too few itself.

    `nameless`: how many belong to the total and to no name; they are counted with the others.
    """
    listed = sorted(counts, key=lambda each: (-each[1], str(each[0])))
    pool = pool_of([*((name, count) for name, count in listed), *([(None, nameless)] if nameless else [])], few)
    others = sum(count for name, count in listed if name in pool) + (nameless if None in pool else 0)
    told = tuple(each for each in listed if each[0] not in pool)
    return told, others if others >= few else 0
