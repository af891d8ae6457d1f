"""What figures may tell: spans, speeds, and pools from which no small count can be taken out again."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures import Measuring, MeasuringInvalid, Period, parse_measuring, pool_of, pooled, span_of
from storage.seed.figures import seed_measuring

FEW = 5
COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=7)


def named(counts: list[int]) -> list[tuple[str, int]]:
    return [(f"kota {place}", count) for place, count in enumerate(counts)]


def fitting(pool: int, names: int) -> Iterator[tuple[int, ...]]:
    """Every way in which a pool may be made up, for all that its sum tells."""
    return (counts for counts in product(range(pool + 1), repeat=names) if sum(counts) == pool)


@given(COUNTS)
def test_no_small_count_follows_from_a_total_and_the_counts_that_are_told(counts: list[int]) -> None:
    cells, total = named(counts), sum(counts)
    pool = pool_of(cells, FEW)
    assert all(count >= FEW for name, count in cells if name not in pool)
    found = total - sum(count for name, count in cells if name not in pool)
    if found == 0 or total < FEW:
        return  # Nothing is there, or the total itself is not told.
    assert found >= FEW
    possible = list(fitting(min(found, 12), min(len(pool), 4)))
    assert len(pool) >= 2
    assert all(len({counts[place] for counts in possible}) > 1 for place in range(min(len(pool), 4)))


@given(COUNTS, st.integers(0, 4))
def test_what_is_told_and_the_others_come_to_the_whole_or_the_whole_is_too_small(
    counts: list[int], nameless: int
) -> None:
    told, others = pooled(named(counts), FEW, nameless)
    whole, shown = sum(counts) + nameless, sum(count for _, count in told) + others
    assert shown == whole or 0 < whole < FEW


def test_a_single_small_count_takes_the_smallest_of_the_others_with_it() -> None:
    assert pool_of(named([3, 40, 9, 20]), FEW) == {"kota 0", "kota 2"}
    assert pool_of(named([0, 40, 9]), FEW) == {"kota 0"}
    assert pool_of(named([3]), FEW) == {"kota 0"}
    assert pool_of(named([30, 5]), FEW) == frozenset()


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.THIS_MONTH, date(2026, 1, 1), date(2026, 1, 15)),
        (Period.LAST_MONTH, date(2025, 12, 1), date(2025, 12, 31)),
        (Period.THIS_YEAR, date(2026, 1, 1), date(2026, 1, 15)),
    ],
)
def test_a_period_that_is_not_over_ends_today(period: Period, first: date, last: date) -> None:
    assert span_of(period, date(2026, 1, 15)) == (first, last)


def test_the_thresholds_are_data() -> None:
    assert seed_measuring() == Measuring(5, 14, 30)
    with pytest.raises(MeasuringInvalid, match="few = 0"):
        parse_measuring({"few": 0, "quiet_days": 14, "active_days": 30})
