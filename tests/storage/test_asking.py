"""What is asked of many at once: few kinds of statements, whatever the number of keys."""

import pytest

from storage.queries.base import padded


@pytest.mark.parametrize(("given", "asked"), [(0, 0), (1, 1), (2, 2), (3, 4), (4, 4), (5, 8), (33, 64)])
def test_keys_are_asked_for_in_steps_of_powers_of_two(given: int, asked: int) -> None:
    keys = padded(range(given))
    assert len(keys) == asked
    assert set(keys) == set(range(given))
