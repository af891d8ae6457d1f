"""The inbox works in rounds: many ends are written down together, and one that fails holds up no other."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.inbox import Inbox
from bot.storing import Update
from domain.watch import Watch
from storage.engine import Database
from storage.queries.inbox import BACKOFF, MAX_ATTEMPTS
from storage.queries.inbox import Inbox as InboxQueries
from storage.tables_people import Person
from storage.unit_of_work import Cause, UnitOfWork
from tests.bot.inbox_desk import BUDI, SARI, Clumsy, Desk, desk
from tests.bot.waiting import until
from tests.storage.rows import claim_next

__all__ = ["desk", "ending"]


ENDS_WITHIN_S = 30


@dataclass
class Ending:
    """Writes down what came of updates; it stumbles over what says so."""

    desk: Desk
    rounds: list[tuple[str, ...]] = field(default_factory=list)
    at: datetime | None = None

    @property
    def written(self) -> list[str]:
        return sorted(said for each in self.rounds for said in each)

    async def __call__(self, unit: UnitOfWork, results: Sequence[str], at: datetime) -> None:
        if "unwritten" in results:
            raise Clumsy
        self.rounds.append(tuple(sorted(results)))
        self.at = at


@pytest.fixture
def ending(desk: Desk) -> Ending:
    """An inbox that writes down what came of updates."""
    noted = Ending(desk)
    desk.inbox = Inbox(desk.database, desk.clock, desk.worker, "test", at_once=4, ending=noted)
    return noted


async def runs_until(desk: Desk, done: Callable[[], Awaitable[bool]]) -> None:
    """Works as the process does until something is so, and ends."""
    async with asyncio.timeout(ENDS_WITHIN_S), asyncio.TaskGroup() as group:
        group.create_task(desk.inbox.run())
        await until(done)
        desk.inbox.stop()


async def test_several_ends_are_written_down_in_one_round(desk: Desk, ending: Ending) -> None:
    desk.worker.hold = asyncio.Event()
    await desk.receives((1, SARI, "a"), (2, BUDI, "b"))
    async with asyncio.TaskGroup() as group:
        group.create_task(desk.inbox.run())
        await until(desk.two_are_in_work)
        desk.worker.hold.set()
        await until(desk.nothing_waits)
        desk.inbox.stop()
    assert ending.rounds == [("a", "b")]


async def test_somebody_has_spoken_when_they_were_answered_however_late_that_is_written_down(
    desk: Desk, ending: Ending
) -> None:
    await desk.receives((1, SARI, "a"))
    [claim] = await desk.inbox._round(1)
    await desk.inbox._answer(claim)
    answered_at = desk.clock()
    desk.clock.advance(days=3)
    assert await desk.inbox._round(1) == []
    assert ending.at == answered_at


async def test_an_end_that_cannot_be_written_holds_up_no_other(desk: Desk, ending: Ending) -> None:
    desk.worker.hold = asyncio.Event()
    await desk.receives((1, SARI, "unwritten"), (2, BUDI, "b"), (3, 703, "c"))

    async def three_are_in_work() -> bool:
        return len(desk.worker.worked) == 3

    async with asyncio.TaskGroup() as group:
        group.create_task(desk.inbox.run())
        await until(three_are_in_work)
        desk.worker.hold.set()

        async def others_are_written() -> bool:
            return ending.written == ["b", "c"]

        await until(others_are_written)
        desk.inbox.stop()
    assert await desk.waiting() == 1
    async with desk.database.work() as unit:
        assert await claim_next(unit, "another", desk.clock(), timedelta(seconds=90)) is None, "it rests"
    desk.clock.advance(seconds=BACKOFF[0].total_seconds())
    async with desk.database.work() as unit:
        assert await claim_next(unit, "another", desk.clock(), timedelta(seconds=90)) is not None, "its chat is free"


async def test_whatever_stops_a_work_from_outside_keeps_no_hand(desk: Desk, ending: Ending) -> None:
    desk.inbox = Inbox(desk.database, desk.clock, desk.worker, "test", at_once=1, ending=ending)
    await desk.receives((1, SARI, "cancelled"), (2, BUDI, "b"))

    async def other_is_written() -> bool:
        return ending.written == ["b"]

    await runs_until(desk, other_is_written)
    assert sorted(desk.worker.worked) == ["b", "cancelled"]


async def test_an_update_that_takes_its_chat_along_counts_as_worked(
    desk: Desk, ending: Ending, caplog: pytest.LogCaptureFixture
) -> None:
    async def forgets(_payload: str, cause: Cause) -> str:
        async with desk.database.work(cause) as unit:
            await unit.erasures.chat(str(SARI))
            await unit.commit()
        return "forgotten"

    watch = Counting()
    desk.inbox = Inbox(desk.database, desk.clock, forgets, "test", at_once=4, ending=ending, watch=watch)
    await desk.receives((1, SARI, "/hapus"))
    await desk.inbox.empty()
    assert await desk.waiting() == 0
    assert ending.written == [], "nothing is kept of whoever was forgotten"
    assert watch.outcomes == ["worked"]
    assert "taken over" not in caplog.text


async def test_claims_whose_commit_was_in_doubt_are_taken_again_at_once(desk: Desk, ending: Ending) -> None:
    await desk.receives((1, SARI, "a"), (2, BUDI, "b"))
    desk.inbox = Inbox(Faltering(desk.database), desk.clock, desk.worker, "test", at_once=4, ending=ending)
    assert await desk.inbox._round(4) == ()
    await desk.inbox.empty()
    assert sorted(desk.worker.worked) == ["a", "b"]
    assert ending.written == ["a", "b"]


async def test_what_another_has_taken_after_a_commit_that_failed_is_left_to_them(desk: Desk, ending: Ending) -> None:
    await desk.receives((1, SARI, "a"))
    desk.inbox = Inbox(Faltering(desk.database, keeps=False), desk.clock, desk.worker, "test", at_once=4, ending=ending)
    assert await desk.inbox._round(4) == ()
    async with desk.database.work() as unit:
        assert await claim_next(unit, "another", desk.clock(), timedelta(seconds=90)) is not None
        await unit.commit()
    await desk.inbox.empty()
    assert desk.worker.worked == []


class Counting(Watch):
    """Remembers what became of updates."""

    def __init__(self) -> None:
        self.outcomes: list[str] = []

    def worked(self, outcome: str, took: timedelta) -> None:
        self.outcomes.append(outcome)


class Faltering(Database):
    """A database whose first commit is said to have failed; it has taken place all the same if it `keeps`."""

    def __init__(self, database: Database, *, keeps: bool = True) -> None:
        self.__dict__ = dict(database.__dict__)
        self._faltered = False
        self._keeps = keeps

    def work(self, cause: Cause | None = None, *, brief: bool = False) -> UnitOfWork:
        unit = super().work(cause, brief=brief)
        if self._faltered:
            return unit
        self._faltered = True
        kept = unit.commit

        async def commit() -> None:
            if self._keeps:
                await kept()
            raise ConnectionError

        unit.commit = commit  # type: ignore[method-assign]
        return unit


class Away(Faltering):
    """A database that is not there."""

    def work(self, cause: Cause | None = None, *, brief: bool = False) -> UnitOfWork:
        raise ConnectionError


async def test_what_has_ended_processes_is_taken_alone(desk: Desk) -> None:
    await desk.receives((1, SARI, "deadly"), (2, BUDI, "b"))
    for _ in range(MAX_ATTEMPTS + 1):
        async with desk.database.work() as unit:
            await claim_next(unit, "a process that ends", desk.clock(), timedelta(seconds=1))
            await unit.commit()
        desk.clock.advance(seconds=2)
    async with desk.database.work() as unit:
        taken = await unit.inbox.claim("test", desk.clock(), timedelta(seconds=90), 4)
        rest = await unit.inbox.claim("test", desk.clock(), timedelta(seconds=90), 4)
    assert [each.update_id for each in taken] == [1]
    assert [each.update_id for each in rest] == [2]


def says(number: int, chat: int, text: str) -> Update:
    """An update as Telegram brings it."""
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": text}}


async def test_what_is_brought_is_kept_with_the_round_that_takes_it(desk: Desk, ending: Ending) -> None:
    async with asyncio.timeout(ENDS_WITHIN_S), asyncio.TaskGroup() as group:
        group.create_task(desk.inbox.run())
        await asyncio.sleep(0)
        group.create_task(desk.inbox.keep([says(1, SARI, "a"), says(2, BUDI, "b")]))
        group.create_task(desk.inbox.keep([says(2, BUDI, "b"), says(3, SARI, "c")]))

        async def all_are_written() -> bool:
            return ending.written == ["a", "b", "c"]

        await until(all_are_written)
        desk.inbox.stop()
    await desk.inbox.keep([says(3, SARI, "c"), says(4, SARI, "d")])
    assert await desk.waiting() == 1, "it is kept after the end too"


async def test_what_a_round_could_not_keep_is_kept_by_itself_or_its_bringer_learns_it(
    desk: Desk, ending: Ending
) -> None:
    desk.inbox = Inbox(Faltering(desk.database, keeps=False), desk.clock, desk.worker, "test", at_once=4, ending=ending)
    desk.inbox._runs = True
    first = asyncio.ensure_future(desk.inbox.keep([says(1, SARI, "a")]))
    await asyncio.sleep(0)
    assert await desk.inbox._round(4) == ()
    await first
    assert await desk.waiting() == 1
    desk.inbox._database = Away(desk.database)
    second = asyncio.ensure_future(desk.inbox.keep([says(2, SARI, "b")]))
    await asyncio.sleep(0)
    assert await desk.inbox._round(4) == ()
    with pytest.raises(ConnectionError):
        await second
    assert await desk.waiting() == 1


async def test_nobody_looks_where_nothing_can_wait_and_nothing_that_waits_is_overlooked(
    desk: Desk, ending: Ending, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    real = InboxQueries.claim

    async def claim(queries: InboxQueries, *given: Any) -> Any:
        found = await real(queries, *given)
        looks.append(len(found))
        return found

    async def works(payload: str, cause: Cause) -> str:
        said = await desk.worker(payload, cause)
        async with desk.database.work(cause) as unit:
            await unit.commit()
        return said

    desk.inbox = Inbox(desk.database, desk.clock, works, "test", at_once=4, ending=ending)
    monkeypatch.setattr(InboxQueries, "claim", claim)
    # No poll may come to the rescue.
    monkeypatch.setattr("bot.inbox.IDLE_S", 10 * ENDS_WITHIN_S)
    async with asyncio.timeout(ENDS_WITHIN_S), asyncio.TaskGroup() as group:
        group.create_task(desk.inbox.run())
        for number, said in enumerate("abc", 1):
            await desk.inbox.keep([says(number, SARI, said)])

            async def is_written(upto: str = "abc"[:number]) -> bool:
                return ending.written == list(upto)

            await until(is_written)
        assert [found for found in looks if found] == [1, 1, 1]
        assert len(looks) <= 1 + 3, "one at the start, and one as each comes: none as they end"
        desk.worker.hold = asyncio.Event()
        # More than there are hands, in one chat and in many.
        await desk.inbox.keep([says(10 + n, SARI, f"s{n}") for n in range(3)])
        await desk.inbox.keep([says(20 + n, 800 + n, f"t{n}") for n in range(6)])
        desk.worker.hold.set()

        async def nothing_is_left() -> bool:
            return len(ending.written) == 3 + 3 + 6

        await until(nothing_is_left)
        desk.inbox.stop()


async def test_a_row_that_somebody_has_locked_holds_up_nobody_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    if desk.database.url.get_backend_name() == "sqlite":
        pytest.skip("SQLite locks no rows")
    monkeypatch.setattr("bot.inbox.ROUND_WITHIN_S", 0.5)
    sari = await desk.knows(SARI)

    async def note_sari(unit: UnitOfWork, results: Sequence[str], now: datetime) -> None:
        if "from Sari" in results:
            await unit.identities.seen([sari], now)

    desk.inbox = Inbox(desk.database, desk.clock, desk.worker, "test", at_once=4, ending=note_sari)
    desk.worker.hold = asyncio.Event()
    async with asyncio.timeout(ENDS_WITHIN_S), asyncio.TaskGroup() as group:
        group.create_task(desk.inbox.run())
        await desk.inbox.keep([says(1, SARI, "from Sari")])
        await until(desk.one_is_in_work)
        async with desk.database.session() as session:
            await session.execute(select(Person).where(Person.id == sari).with_for_update())
            desk.worker.hold.set()
            await asyncio.sleep(0.1)
            await desk.inbox.keep([says(2, BUDI, "from Budi")])

            async def budi_is_heard() -> bool:
                return desk.worker.worked[-1] == "from Budi"

            await until(budi_is_heard)
        desk.inbox.stop()


async def test_an_end_goes_along_with_the_next_round_unless_somebody_waits_for_it(
    desk: Desk, ending: Ending, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.END_WAITS_S", 10 * ENDS_WITHIN_S)
    monkeypatch.setattr("bot.inbox.IDLE_S", 10 * ENDS_WITHIN_S)

    async def works(payload: str, cause: Cause) -> str:
        async with desk.database.work(cause) as unit:
            await unit.commit()
        return await desk.worker(payload, cause)

    def are_worked(*said: str) -> Callable[[], Awaitable[bool]]:
        async def so() -> bool:
            return desk.worker.worked == list(said) and len(desk.inbox._ended) == 1

        return so

    desk.inbox = Inbox(desk.database, desk.clock, works, "test", at_once=4, ending=ending)
    async with asyncio.timeout(ENDS_WITHIN_S), asyncio.TaskGroup() as group:
        group.create_task(desk.inbox.run())
        await asyncio.sleep(0)
        await desk.inbox.keep([says(1, SARI, "a")])
        await until(are_worked("a"))
        assert ending.rounds == [], "Sari has been answered, and nobody waits"
        await desk.inbox.keep([says(2, BUDI, "b")])
        assert ending.rounds == [("a",)]
        await until(are_worked("a", "b"))
        await desk.inbox.keep([says(n, SARI, said) for n, said in enumerate("cde", 3)])
        await until(are_worked("a", "b", "c", "d", "e"))
        assert ending.written == ["a", "b", "c", "d"], "what waits for the chat has it at once"
        desk.inbox.stop()
    assert ending.written == ["a", "b", "c", "d", "e"]
