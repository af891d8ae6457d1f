"""The beat in which messages leave: evenly, held on the whole, never in a burst, dialogues counted."""

import asyncio
from collections.abc import Coroutine
from itertools import pairwise
from typing import Any

import pytest

from scheduler.delivery_beat import LONGEST_S, SAVED, Beat, InBeat

GROUP, PERSON, IN_FLIGHT = -100, 100, 8


class Hours(asyncio.SelectorEventLoop):
    """A loop whose clock is moved by what is waited for, and by a processor that was busy elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 1_000.0

    def time(self) -> float:
        return self.at

    def is_busy(self, seconds: float) -> None:
        self.at += seconds

    def _run_once(self) -> None:
        # Nobody else is there: whoever sleeps is woken at once, and it is as late as they wanted.
        if not self._ready and self._scheduled:
            self.at = max(self.at, self._scheduled[0]._when)
        super()._run_once()


@pytest.fixture
def hours() -> Any:
    with asyncio.Runner(loop_factory=Hours) as runner:
        yield runner


async def leaves(beat: Beat, times: int) -> list[float]:
    """When so many messages leave that all wait together."""
    left: list[float] = []

    async def one() -> None:
        await beat.turn()
        left.append(asyncio.get_running_loop().time())

    await asyncio.gather(*(one() for _ in range(times)))
    return left


def most_within_a_second(left: list[float]) -> int:
    return max(sum(1 for other in left if at <= other < at + 1) for at in left)


def run(runner: asyncio.Runner, story: Coroutine[Any, Any, list[float]]) -> list[float]:
    return runner.run(story)


def test_messages_leave_evenly_and_as_many_as_are_allowed(hours: asyncio.Runner) -> None:
    async def story() -> list[float]:
        return await leaves(Beat(25), 101)

    left = run(hours, story())
    assert left[-1] - left[0] == pytest.approx(100 / 25, rel=0.03)
    assert most_within_a_second(left) <= 25 + SAVED + 1


def test_a_busy_processor_costs_no_place_and_brings_no_burst(hours: asyncio.Runner) -> None:
    async def story() -> list[float]:
        beat, loop = Beat(25), asyncio.get_running_loop()
        assert isinstance(loop, Hours)
        left: list[float] = []
        for turn in range(200):
            await beat.turn()
            left.append(loop.time())
            loop.is_busy(0.05 if turn % 10 == 0 else 0.005)
        loop.is_busy(3)
        return [*left, *await leaves(beat, 40)]

    left = run(hours, story())
    assert left[199] - left[0] == pytest.approx(199 / 25, rel=0.03)
    assert most_within_a_second(left) <= 25 + SAVED + 1


def test_what_dialogues_send_takes_places_of_the_same_rate(hours: asyncio.Runner) -> None:
    async def story() -> list[float]:
        beat, loop = Beat(25), asyncio.get_running_loop()
        said: list[float] = []
        for turn in range(150):
            await beat.turn()
            said.append(loop.time())
            if turn % 3 == 0:
                beat.taken()
                said.append(loop.time())
        return said

    said = run(hours, story())
    assert (len(said) - 1) / (said[-1] - said[0]) == pytest.approx(25, rel=0.03)


def test_however_much_is_spoken_what_is_owed_goes_on_leaving(hours: asyncio.Runner) -> None:
    async def story() -> list[float]:
        beat = Beat(25)
        left: list[float] = []
        for _ in range(10):
            for _ in range(100):
                beat.taken()
            await beat.turn()
            left.append(asyncio.get_running_loop().time())
        return left

    left = run(hours, story())
    assert max(later - earlier for earlier, later in pairwise(left)) <= LONGEST_S + 0.001


def test_a_group_keeps_its_own_distance_and_neither_holds_up_letters_nor_starves_behind_them(
    hours: asyncio.Runner,
) -> None:
    left: dict[int, list[float]] = {GROUP: [], PERSON: []}

    async def story() -> list[float]:
        limiter = InBeat(Beat(25), 3.2)

        async def calls(chat_id: int, times: int) -> None:
            async def call() -> bool:
                left[chat_id].append(asyncio.get_running_loop().time())
                return True

            for _ in range(times):
                await limiter.process_request(call, (), {}, "sendMessage", {"chat_id": chat_id}, None)

        await asyncio.gather(*(calls(PERSON, 60) for _ in range(IN_FLIGHT)), calls(GROUP, 6))
        return left[PERSON]

    letters, cards = run(hours, story()), left[GROUP]
    waiting = (IN_FLIGHT + 1) / 25
    assert 5 * 3.2 - waiting <= cards[-1] - cards[0] <= 5 * 3.2 + waiting
    assert letters[-1] - letters[0] == pytest.approx((60 * IN_FLIGHT + 6) / 25, rel=0.03)
