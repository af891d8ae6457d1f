"""A clock that was three hours ahead is set back: what was under way goes on, what has to wait goes on waiting."""

from datetime import timedelta

from domain.messages import Notice
from storage.engine import Database
from storage.queries.inbox import Arrived
from tests.conftest import FakeClock
from tests.storage.rows import a_person, claim_next, owe

LEASE = timedelta(seconds=90)


async def rewinds(database: Database, clock: FakeClock) -> int:
    """Looks, and sets right what is wrong."""
    async with database.work() as work:
        count = await work.rewinding.rewind(clock()) if await work.rewinding.was_set_back(clock()) else 0
        await work.commit()
        return count


async def receives(database: Database, clock: FakeClock, update_id: int, chat: str = "5551") -> None:
    async with database.work() as work:
        await work.inbox.store([Arrived(update_id, chat, "{}")], clock())
        await work.commit()


async def claimed(database: Database, clock: FakeClock, worker: str = "w1") -> int | None:
    async with database.work() as work:
        found = await claim_next(work, worker, clock(), LEASE, timedelta(seconds=1))
        await work.commit()
        return found.update_id if found else None


async def delivered(database: Database, clock: FakeClock) -> list[str]:
    """What is sent now, and noted as sent."""
    async with database.work() as work:
        due = await work.outbox.claim_due("w1", clock(), 10, LEASE)
        for row in due:
            await work.outbox.sent({row.id: 1}, clock())
        await work.commit()
        return [row.unique_key for row in due]


async def test_an_update_that_came_while_the_clock_was_wrong_is_worked(database: Database, clock: FakeClock) -> None:
    clock.advance(hours=3)
    await receives(database, clock, 1)
    await receives(database, clock, 2)
    assert await claimed(database, clock, "a process that dies") == 1
    clock.advance(hours=-3)
    await receives(database, clock, 3, "another chat")
    assert await claimed(database, clock) == 3
    assert await claimed(database, clock) is None
    assert await rewinds(database, clock) > 0
    clock.advance(minutes=1)
    assert await claimed(database, clock) == 1
    assert await rewinds(database, clock) == 0


async def test_what_was_owed_leaves_and_what_waits_for_the_office_goes_on_waiting(
    database: Database, clock: FakeClock
) -> None:
    clock.advance(hours=3)
    async with database.work() as work:
        person, officer = await a_person(work, clock()), await a_person(work, clock())
        await owe(work, person, clock(), "receipt")
        await owe(work, person, clock(), "update", kind=Notice.UPDATE)
        await owe(work, officer, clock(), "card", kind=Notice.DESK_CARD, not_before=clock() + timedelta(hours=20))
        await work.commit()
    assert await delivered(database, clock) == ["receipt"]
    clock.advance(hours=-3)
    assert await delivered(database, clock) == []
    await rewinds(database, clock)
    assert await delivered(database, clock) == ["update"]
    clock.advance(hours=20)
    assert await delivered(database, clock) == []
    clock.advance(hours=3)
    assert await delivered(database, clock) == ["card"]


async def test_while_the_clock_goes_forward_nothing_is_touched(database: Database, clock: FakeClock) -> None:
    await receives(database, clock, 1)
    assert await claimed(database, clock) == 1
    clock.advance(seconds=-30)
    assert await rewinds(database, clock) == 0


async def test_the_minute_in_which_somebody_wrote_is_not_the_one_of_a_wrong_clock(
    database: Database, clock: FakeClock
) -> None:
    clock.advance(hours=3)
    await receives(database, clock, 1)
    clock.advance(hours=-3)
    await receives(database, clock, 2)
    async with database.reading() as work:
        assert await work.inbox.received_between(2, clock() - timedelta(minutes=1), clock()) == 1
