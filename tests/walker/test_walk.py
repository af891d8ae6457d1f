"""Thousands of acts in no sensible order: nobody meets an error, loses a word or stands before a closed door.

`LAPOR_WALK=SEEDxSTEPS,...` (or `make proof`) walks longer; a seed tells the same walk again.
"""

import os

import pytest

from tests.handlers.staff.conftest import Town
from tests.walker.walk import Walk

WALKS = tuple(tuple(int(part) for part in walk.split("x")) for walk in os.environ.get("LAPOR_WALK", "1x250").split(","))


@pytest.mark.parametrize(("seed", "steps"), WALKS)
async def test_a_walk_finds_no_error_no_lost_word_and_no_dead_end(town: Town, seed: int, steps: int) -> None:
    await Walk(town, seed).go(steps)
