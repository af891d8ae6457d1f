"""What is measured: medians, nine of ten, shares in time, and which counts are too small to be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

TOO_FEW = 5
"""Below so many complaints a figure might point at somebody."""


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


def speed_of(days: Sequence[int]) -> Speed | None:
    """The speed of what took so many working days each (nearest rank: a number of days that really occurred)."""
    if not days:
        return None
    ordered = sorted(days)
    return Speed(len(ordered), _rank(ordered, 50), _rank(ordered, 90))


def _rank(ordered: Sequence[int], percent: int) -> int:
    return ordered[ceil(len(ordered) * percent / 100) - 1]


def pooled(counts: Iterable[tuple[str, int]]) -> tuple[tuple[tuple[str, int], ...], int]:
    """The counts that may be told, largest first, and what the others come to, 0 if that is too few itself."""
    listed = sorted(counts, key=lambda each: (-each[1], each[0]))
    small = sum(count for _, count in listed if count < TOO_FEW)
    return tuple(each for each in listed if each[1] >= TOO_FEW), small if small >= TOO_FEW else 0
