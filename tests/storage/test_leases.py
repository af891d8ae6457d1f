"""A right that one process holds at a time."""

import asyncio
from datetime import timedelta

from storage.engine import Database
from tests.conftest import FakeClock

LEASE = timedelta(seconds=15)


async def acquires(database: Database, clock: FakeClock, holder: str) -> int | None:
    """The fence of a holder who asks for the right to deliver."""
    async with database.work() as work:
        fence = await work.leases.acquire("delivery", holder, clock.now(), LEASE)
        await work.commit()
        return fence


async def test_while_one_holds_the_right_another_stands_by(database: Database, clock: FakeClock):
    assert await acquires(database, clock, "one") is not None
    assert await acquires(database, clock, "two") is None


async def test_a_holder_prolongs_and_keeps_the_fence(database: Database, clock: FakeClock):
    fence = await acquires(database, clock, "one")
    clock.advance(seconds=10)
    assert await acquires(database, clock, "one") == fence
    clock.advance(seconds=10)
    assert await acquires(database, clock, "two") is None


async def test_when_the_holder_falls_silent_another_takes_over_with_a_higher_fence(
    database: Database, clock: FakeClock
):
    first = await acquires(database, clock, "one")
    clock.advance(seconds=15)
    second = await acquires(database, clock, "two")
    assert first is not None
    assert second is not None
    assert second > first
    assert await acquires(database, clock, "one") is None


async def test_a_right_that_a_wrong_clock_has_taken_is_free_once_it_is_set_back(database: Database, clock: FakeClock):
    clock.advance(hours=3)
    await acquires(database, clock, "one")
    clock.advance(hours=-3)
    assert await acquires(database, clock, "two") is not None
    assert await acquires(database, clock, "one") is None


async def test_a_right_that_is_given_back_is_free_at_once(database: Database, clock: FakeClock):
    await acquires(database, clock, "one")
    async with database.work() as work:
        await work.leases.release("delivery", "two")
        await work.leases.release("delivery", "one")
        await work.commit()
    assert await acquires(database, clock, "two") is not None


async def test_of_many_who_ask_at_once_one_gets_it(database: Database, clock: FakeClock):
    fences = await asyncio.gather(*(acquires(database, clock, f"holder {n}") for n in range(6)))
    assert len([fence for fence in fences if fence is not None]) == 1
