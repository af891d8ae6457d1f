"""The inbox works what is stored: in order, again if it failed, and never silently not at all."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.amends import LET_THEM_SPEAK, Amends
from bot.inbox import Inbox
from domain.messages import InboxState, Notice, OutboxState
from storage.engine import Database
from storage.queries.inbox import BACKOFF, MAX_ATTEMPTS, MAX_CLAIMS, Arrived, Claim
from storage.tables_messages import InboxUpdate, OutboxMessage
from storage.unit_of_work import Cause, LeaseLost, Stale, UnitOfWork
from tests.bot.waiting import until
from tests.conftest import FakeClock
from tests.storage.rows import claim_next

SARI, BUDI = 701, 702


class Clumsy(Exception):
    """What a handler with a mistake in it raises."""


@dataclass
class Worker:
    """Notes what it is given; it stumbles over words that say so."""

    database: Database
    worked: list[str] = field(default_factory=list)
    stumbles: int = 0
    hold: asyncio.Event | None = None

    async def __call__(self, payload: str, cause: Cause) -> str:
        said = json.loads(payload)["message"]["text"]
        self.worked.append(said)
        if self.hold is not None:
            await self.hold.wait()
        match said:
            case "stumble":
                raise Clumsy("Ibu Sari lives in Jalan Melati 5")
            case "stumble after":
                async with self.database.work(cause) as unit:
                    await unit.commit()
                raise Clumsy
            case "race" if self.stumbles:
                self.stumbles -= 1
                raise Stale
            case "lost":
                raise LeaseLost
            case "cancelled":
                raise asyncio.CancelledError
        return said


@dataclass
class Desk:
    """An inbox with its worker."""

    database: Database
    clock: FakeClock
    worker: Worker
    inbox: Inbox

    async def receives(self, *updates: tuple[int, int, str]) -> None:
        """Updates by number, chat and text."""
        async with self.database.work() as unit:
            for number, chat, text in updates:
                payload = json.dumps({"update_id": number, "message": {"chat": {"id": chat}, "text": text}})
                await unit.inbox.store([Arrived(number, str(chat), payload)], self.clock())
            await unit.commit()

    async def knows(self, chat: int) -> int:
        """Somebody whom we have met; their number."""
        async with self.database.work() as unit:
            person = await unit.identities.meet(chat, self.clock())
            await unit.commit()
            return person.id

    async def tries_until_dead(self) -> None:
        for rest in (*BACKOFF, timedelta()):
            await self.inbox.empty()
            self.clock.advance(seconds=rest.total_seconds())

    async def is_killed_after_working(self, worker: str) -> None:
        """A process has worked the next update, and ends before it gives the chat back."""
        async with self.database.work() as unit:
            claim = await claim_next(unit, worker, self.clock(), timedelta(seconds=90))
            await unit.commit()
        assert isinstance(claim, Claim)
        async with self.database.work(claim.cause) as unit:
            await unit.commit()

    async def owed_rows(self) -> Sequence[OutboxMessage]:
        self.clock.advance(seconds=LET_THEM_SPEAK.total_seconds())
        async with self.database.work() as unit:
            return await unit.outbox.claim_due("test", self.clock(), 10, timedelta(seconds=1))

    async def owed(self, person: int) -> list[Notice]:
        rows = await self.owed_rows()
        assert {row.person_id for row in rows} <= {person}
        assert all(row.state is OutboxState.SENDING for row in rows)
        return [row.kind for row in rows]

    async def set_aside(self) -> list[InboxUpdate]:
        async with self.database.reading() as unit:
            return list(await unit.inbox.dead())

    async def waiting(self) -> int:
        async with self.database.reading() as unit:
            return await unit.inbox.waiting()

    async def nothing_waits(self) -> bool:
        return await self.waiting() == 0

    async def two_are_in_work(self) -> bool:
        return len(self.worker.worked) == 2

    async def one_is_in_work(self) -> bool:
        return len(self.worker.worked) == 1


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Desk:
    """An empty inbox."""
    worker = Worker(database)
    return Desk(database, clock, worker, Inbox(database, clock, worker, "test", at_once=4))


async def test_what_one_person_says_is_worked_in_the_order_of_saying_it(desk: Desk) -> None:
    await desk.receives((3, SARI, "c"), (1, SARI, "a"), (2, SARI, "b"))
    await desk.inbox.empty()
    assert desk.worker.worked == ["a", "b", "c"]
    assert await desk.waiting() == 0


async def test_an_update_that_no_service_marked_is_marked_all_the_same_and_emptied(desk: Desk) -> None:
    await desk.receives((1, SARI, "a"))
    await desk.inbox.empty()
    await desk.inbox.empty()
    assert desk.worker.worked == ["a"]


async def test_people_are_worked_beside_each_other_and_one_person_never_twice_at_once(desk: Desk) -> None:
    desk.worker.hold = asyncio.Event()
    await desk.receives((1, SARI, "a"), (2, SARI, "b"), (3, BUDI, "x"))
    async with asyncio.TaskGroup() as group:
        group.create_task(desk.inbox.run())
        await until(desk.two_are_in_work)
        assert sorted(desk.worker.worked) == ["a", "x"]
        desk.worker.hold.set()
        await until(desk.nothing_waits)
        desk.inbox.stop()
    assert sorted(desk.worker.worked) == ["a", "b", "x"]


async def test_a_stop_lets_what_was_begun_end_and_takes_nothing_new(desk: Desk) -> None:
    desk.worker.hold = asyncio.Event()
    await desk.receives((1, SARI, "a"), (2, SARI, "b"))
    async with asyncio.TaskGroup() as group:
        group.create_task(desk.inbox.run())
        await until(desk.one_is_in_work)
        desk.inbox.stop()
        desk.worker.hold.set()
    assert desk.worker.worked == ["a"]
    assert await desk.waiting() == 1


async def test_a_failing_update_rests_longer_each_time_and_is_then_set_aside(desk: Desk) -> None:
    await desk.receives((1, SARI, "stumble"))
    await desk.inbox.empty()
    await desk.inbox.empty()
    assert desk.worker.worked == ["stumble"], "it rests before it is tried again"
    desk.clock.advance(seconds=BACKOFF[0].total_seconds())
    await desk.tries_until_dead()
    assert len(desk.worker.worked) == MAX_ATTEMPTS
    [dead] = await desk.set_aside()
    assert (dead.update_id, dead.state) == (1, InboxState.DEAD)


async def test_an_update_that_fails_because_telegram_is_away_is_tried_for_as_long_as_that_lasts(desk: Desk) -> None:
    desk.inbox.outages = (Clumsy,)
    await desk.receives((1, SARI, "stumble"))
    for _ in range(MAX_CLAIMS + 1):
        await desk.inbox.empty()
        desk.clock.advance(seconds=BACKOFF[-1].total_seconds())
    assert len(desk.worker.worked) == MAX_CLAIMS + 1
    assert await desk.set_aside() == []
    assert await desk.waiting() == 1


async def test_what_is_kept_of_an_error_names_its_place_and_nothing_that_a_person_wrote(desk: Desk) -> None:
    await desk.receives((1, SARI, "stumble"))
    await desk.tries_until_dead()
    [dead] = await desk.set_aside()
    assert dead.error is not None
    assert dead.error.startswith("Clumsy at bot.inbox:")
    assert "Melati" not in dead.error


async def test_the_person_gets_one_apology_and_only_when_the_update_is_set_aside(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "stumble"))
    await desk.inbox.empty()
    assert await desk.owed(sari) == []
    desk.clock.advance(seconds=BACKOFF[0].total_seconds())
    await desk.tries_until_dead()
    assert await desk.owed(sari) == [Notice.APOLOGY]


async def test_an_update_that_was_given_its_attempts_back_brings_no_second_apology(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "stumble"))
    await desk.tries_until_dead()
    async with desk.database.work() as unit:
        assert await unit.inbox.retry(1, desk.clock())
        await unit.commit()
    await desk.tries_until_dead()
    assert len(desk.worker.worked) == 2 * MAX_ATTEMPTS
    assert await desk.owed(sari) == [Notice.APOLOGY]


async def test_nobody_is_apologised_to_whom_we_have_never_met(desk: Desk) -> None:
    await desk.receives((1, SARI, "stumble"))
    await desk.tries_until_dead()
    assert len(await desk.set_aside()) == 1


async def test_while_an_update_rests_the_same_person_waits_and_others_do_not(desk: Desk) -> None:
    await desk.receives((1, SARI, "stumble"), (2, SARI, "later"), (3, BUDI, "mine"))
    await desk.inbox.empty()
    assert desk.worker.worked == ["stumble", "mine"]
    await desk.tries_until_dead()
    await desk.inbox.empty()
    assert desk.worker.worked[-1] == "later", "once it is set aside, the chat goes on"


async def test_what_was_done_but_not_shown_is_not_done_again_and_the_question_is_owed(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "stumble after"))
    await desk.tries_until_dead()
    assert desk.worker.worked == ["stumble after"]
    assert await desk.set_aside() == []
    assert await desk.owed(sari) == [Notice.RESUME]


async def test_a_complaint_that_changed_meanwhile_is_decided_anew_at_once(desk: Desk) -> None:
    desk.worker.stumbles = 2
    await desk.receives((1, SARI, "race"))
    await desk.inbox.empty()
    assert desk.worker.worked == ["race", "race", "race"]
    assert await desk.waiting() == 0


async def test_an_update_that_another_worker_took_over_is_left_to_them(desk: Desk) -> None:
    await desk.receives((1, SARI, "lost"))
    await desk.inbox.empty()
    assert desk.worker.worked == ["lost"]
    assert await desk.set_aside() == []
    assert await desk.waiting() == 1


async def test_a_flood_of_failures_brings_one_word_and_not_a_flood_of_words(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives(*((number, SARI, "stumble after") for number in range(1, 30)))
    for _ in range(30):
        await desk.tries_until_dead()
    assert await desk.waiting() == 0
    async with desk.database.reading() as unit:
        assert await unit.outbox.counts() == {OutboxState.QUEUED: 1}
    assert await desk.owed(sari) == [Notice.RESUME]


async def test_an_update_that_ends_every_process_is_set_aside_with_one_apology(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "deadly"), (2, SARI, "later"))
    for _ in range(MAX_CLAIMS):
        async with desk.database.work() as unit:
            await claim_next(unit, "a process that ends", desk.clock(), timedelta(seconds=1))
            await unit.commit()
        desk.clock.advance(seconds=2)
    await desk.inbox.empty()
    assert desk.worker.worked == ["later"]
    assert [row.update_id for row in await desk.set_aside()] == [1]
    assert await desk.owed(sari) == [Notice.APOLOGY]


async def test_what_a_killed_process_has_done_and_not_shown_is_asked_again_by_the_next_one(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "a"))
    await desk.is_killed_after_working("test")
    assert await Amends(desk.database, desk.clock).ask_again(desk.clock()) == 0, (
        "elsewhere its lease must run out first"
    )
    assert await desk.inbox.take_over() == 1
    assert await desk.inbox.take_over() == 0
    assert await desk.owed(sari) == [Notice.RESUME]


async def test_in_a_group_one_failing_update_does_not_keep_colleagues_waiting_for_minutes(desk: Desk) -> None:
    budi = await desk.knows(BUDI)
    async with desk.database.work() as unit:
        for number, text in ((1, "stumble"), (2, "next")):
            message = {"chat": {"id": -100123}, "from": {"id": BUDI}, "text": text}
            payload = json.dumps({"update_id": number, "message": message})
            await unit.inbox.store([Arrived(number, "-100123", payload)], desk.clock())
        await unit.commit()
    await desk.inbox.empty()
    desk.clock.advance(seconds=1)
    await desk.inbox.empty()
    assert desk.worker.worked == ["stumble", "stumble", "next"]
    assert await desk.owed(budi) == [Notice.APOLOGY]


async def test_a_question_is_not_asked_again_of_whoever_has_spoken_since(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "a"))
    await desk.is_killed_after_working("test")
    assert await desk.inbox.take_over() == 1
    await desk.receives((2, SARI, "b"))
    async with desk.database.reading() as unit:
        assert await unit.inbox.went_on(1)
    await desk.is_killed_after_working("test")
    assert await desk.inbox.take_over() == 1
    async with desk.database.reading() as unit:
        assert not await unit.inbox.went_on(2)
    [row] = await desk.owed_rows()
    assert (row.kind, row.data) == (Notice.RESUME, {"update_id": 2}), "one word, about the newest"
    assert row.person_id == sari


@dataclass
class Ending:
    """Writes down what came of updates; it stumbles over what says so."""

    desk: Desk
    written: list[str] = field(default_factory=list)

    async def __call__(self, unit: UnitOfWork, results: Sequence[str], at: datetime) -> None:
        assert at <= self.desk.clock()
        if "unwritten" in results:
            raise Clumsy
        self.written += results


@pytest.fixture
def ending(desk: Desk) -> Ending:
    """An inbox that writes down what came of updates."""
    noted = Ending(desk)
    desk.inbox = Inbox(desk.database, desk.clock, desk.worker, "test", at_once=4, ending=noted)
    return noted


async def runs_until(desk: Desk, done: Callable[[], Awaitable[bool]]) -> None:
    """Works as the process does until something is so, and ends."""
    async with asyncio.TaskGroup() as group:
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
    assert sorted(ending.written) == ["a", "b"]


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
            return sorted(ending.written) == ["b", "c"]

        await until(others_are_written)
        desk.inbox.stop()
    assert await desk.waiting() == 1
    async with desk.database.work() as unit:
        assert await claim_next(unit, "another", desk.clock(), timedelta(seconds=90)) is None, "it rests"
    desk.clock.advance(seconds=BACKOFF[0].total_seconds())
    async with desk.database.work() as unit:
        assert await claim_next(unit, "another", desk.clock(), timedelta(seconds=90)) is not None, "its chat is free"


async def test_whatever_stops_a_work_from_outside_keeps_no_hand(desk: Desk, ending: Ending) -> None:
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

    desk.inbox = Inbox(desk.database, desk.clock, forgets, "test", at_once=4, ending=ending)
    await desk.receives((1, SARI, "/hapus"))
    await desk.inbox.empty()
    assert await desk.waiting() == 0
    assert ending.written == [], "nothing is kept of whoever was forgotten"
    assert "taken over" not in caplog.text


async def test_claims_whose_commit_was_in_doubt_are_taken_again_at_once(desk: Desk, ending: Ending) -> None:
    await desk.receives((1, SARI, "a"), (2, BUDI, "b"))
    desk.inbox = Inbox(Faltering(desk.database), desk.clock, desk.worker, "test", at_once=4, ending=ending)
    assert await desk.inbox._round(4) == ()
    await desk.inbox.empty()
    assert sorted(desk.worker.worked) == ["a", "b"]
    assert sorted(ending.written) == ["a", "b"]


class Faltering(Database):
    """A database whose first commit takes place and is then said to have failed."""

    def __init__(self, database: Database) -> None:
        self.__dict__ = database.__dict__
        self._faltered = False

    def work(self, cause: Cause | None = None) -> UnitOfWork:
        unit = super().work(cause)
        if self._faltered:
            return unit
        self._faltered = True
        kept = unit.commit

        async def commit() -> None:
            await kept()
            raise ConnectionError

        unit.commit = commit  # type: ignore[method-assign]
        return unit


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
