"""Strangers send genuine, forged and broken updates: nothing falls, nothing of others moves, nothing is learned.

`LAPOR_SIEGE=SEEDxUPDATES,...` (or `make proof`) goes on for longer; a seed tells the same siege again.
"""

import os

import pytest

from tests.attack.siege import Siege
from tests.handlers.staff.conftest import Town

SIEGES = tuple(
    tuple(int(part) for part in siege.split("x")) for siege in os.environ.get("LAPOR_SIEGE", "1x150").split(",")
)


@pytest.mark.parametrize(("seed", "count"), SIEGES)
async def test_whatever_strangers_send_the_town_stands_and_nothing_is_learned(
    town: Town, seed: int, count: int
) -> None:
    siege = Siege(town, seed)
    await siege.lasts(count)
    assert siege.worked > count / 4, "too little of it could be read to prove anything"
    assert siege.unreadable, "nothing of it was broken enough"
