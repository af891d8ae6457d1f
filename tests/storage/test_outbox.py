"""Messages that must arrive: owed once, claimed in turn, one a second per person, never twice unflagged."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from domain.messages import Notice, OutboxState, Priority
from storage.engine import Database
from storage.queries.outbox import TRIES
from storage.tables_messages import OutboxMessage
from storage.tables_people import Person
from tests.conftest import FakeClock
from tests.storage.rows import a_complaint, a_person, owe

LEASE = timedelta(minutes=1)


class Outbox:
    """The outbox as its writers and its sender use it, one committed step at a time."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.database = database
        self.clock = clock

    async def meets(self, chat_id: int) -> Person:
        async with self.database.work() as work:
            person = await a_person(work, self.clock.now(), chat_id)
            await work.commit()
            return person

    async def owes(self, person: Person, key: str, **fields) -> bool:
        async with self.database.work() as work:
            new = await owe(work, person, self.clock.now(), key, **fields)
            await work.commit()
            return new

    async def claims(self, limit: int = 10, worker: str = "w1") -> Sequence[OutboxMessage]:
        async with self.database.work() as work:
            due = await work.outbox.claim_due(worker, self.clock.now(), limit, LEASE)
            await work.commit()
            return due

    async def claims_few_digests(self, patient: int) -> list[str]:
        async with self.database.work() as work:
            due = await work.outbox.claim_due("w1", self.clock.now(), 10, LEASE, patient)
            await work.commit()
            return [message.unique_key for message in due]

    async def claimed_keys(self, limit: int = 10) -> list[str]:
        return [message.unique_key for message in await self.claims(limit)]

    async def notes(self, what: str, *details):
        """What the sender writes down after the call: `notes("sent", ...)`."""
        async with self.database.work() as work:
            answer = await getattr(work.outbox, what)(*details)
            await work.commit()
            return answer

    async def states(self) -> dict[OutboxState, int]:
        async with self.database.reading() as read:
            return await read.outbox.counts()


@pytest.fixture
def outbox(database: Database, clock: FakeClock) -> Outbox:
    return Outbox(database, clock)


@pytest.fixture
async def siti(outbox: Outbox) -> Person:
    return await outbox.meets(1)


@pytest.fixture
async def budi(outbox: Outbox) -> Person:
    return await outbox.meets(2)


async def test_the_same_message_is_owed_once(outbox: Outbox, siti: Person):
    assert await outbox.owes(siti, "receipt:1")
    assert not await outbox.owes(siti, "receipt:1")
    assert await outbox.states() == {OutboxState.QUEUED: 1}


async def test_a_receipt_overtakes_a_digest_that_waits_longer(outbox: Outbox, siti: Person, budi: Person, clock):
    await outbox.owes(budi, "digest", kind=Notice.DIGEST)
    clock.advance(minutes=5)
    await outbox.owes(siti, "receipt")
    assert await outbox.claimed_keys(limit=1) == ["receipt"]
    assert await outbox.claimed_keys(limit=1) == ["digest"]


async def test_digests_leave_places_free_for_what_is_urgent(outbox: Outbox):
    for number in (1, 2, 3):
        await outbox.owes(await outbox.meets(number), f"digest:{number}", kind=Notice.DIGEST)
    for number in (4, 5, 6):
        await outbox.owes(await outbox.meets(number), f"receipt:{number}")
    assert await outbox.claims_few_digests(patient=0) == ["receipt:4", "receipt:5", "receipt:6"]
    assert await outbox.claims_few_digests(patient=2) == ["digest:1", "digest:2"]


async def test_among_equals_the_older_leaves_first(outbox: Outbox, clock: FakeClock):
    for number in (1, 2, 3):
        await outbox.owes(await outbox.meets(number), f"receipt:{number}")
    assert await outbox.claimed_keys(limit=2) == ["receipt:1", "receipt:2"]


async def test_nothing_leaves_before_its_time(outbox: Outbox, siti: Person, clock: FakeClock):
    await outbox.owes(siti, "morning", not_before=clock.now() + timedelta(hours=8))
    assert await outbox.claims() == []
    clock.advance(hours=8)
    assert await outbox.claimed_keys() == ["morning"]


async def test_one_person_never_has_two_messages_in_flight(outbox: Outbox, siti: Person, clock: FakeClock):
    await outbox.owes(siti, "first")
    await outbox.owes(siti, "second")
    assert await outbox.claimed_keys() == ["first"]
    assert await outbox.claimed_keys() == []


async def test_one_person_gets_one_message_a_second(outbox: Outbox, siti: Person, clock: FakeClock):
    await outbox.owes(siti, "first")
    [first] = await outbox.claims()
    await outbox.notes("sent", {first.id: 77}, clock.now())
    await outbox.owes(siti, "second")
    clock.advance(seconds=0.9)
    assert await outbox.claimed_keys() == []
    clock.advance(seconds=0.1)
    assert await outbox.claimed_keys() == ["second"]


async def test_a_claim_is_committed_as_sending_with_its_lease(outbox: Outbox, siti: Person, clock: FakeClock):
    await outbox.owes(siti, "receipt", data={"number": "ABC"})
    [message] = await outbox.claims(worker="w7")
    assert (message.state, message.attempts, message.leased_by) == (OutboxState.SENDING, 1, "w7")
    assert message.leased_until == clock.now() + LEASE
    assert (message.priority, message.data) == (Priority.RECEIPT, {"number": "ABC"})
    assert await outbox.states() == {OutboxState.SENDING: 1}


async def test_what_was_being_sent_when_the_process_ended_is_uncertain(outbox: Outbox, siti: Person, clock):
    await outbox.owes(siti, "receipt")
    await outbox.claims()
    clock.advance(seconds=59)
    assert await outbox.notes("expire", clock.now()) == 0
    clock.advance(seconds=1)
    assert await outbox.notes("expire", clock.now()) == 1
    assert await outbox.states() == {OutboxState.UNCERTAIN: 1}


async def test_a_sender_that_is_known_to_be_gone_makes_nobody_wait_for_its_lease(outbox: Outbox, siti: Person):
    await outbox.owes(siti, "receipt")
    await outbox.claims(worker="gone")
    assert await outbox.notes("expire_worker", "another") == 0
    assert await outbox.notes("expire_worker", "gone") == 1


@pytest.mark.parametrize("kind", [Notice.RECEIPT, Notice.RESUME, Notice.APOLOGY])
async def test_what_somebody_waits_for_is_sent_once_more_when_uncertain_and_only_once(
    outbox: Outbox, siti: Person, clock: FakeClock, kind: Notice
):
    await outbox.owes(siti, "waited for", kind=kind)
    repeats = []
    for _ in range(2):
        [message] = await outbox.claims()
        await outbox.notes("uncertain", message.id, "TimedOut")
        repeats.append(await outbox.notes("once_more", clock.now()))
    assert repeats == [1, 0]
    assert await outbox.states() == {OutboxState.UNCERTAIN: 1}


@pytest.mark.parametrize(
    ("kind", "times"), [(Notice.RECEIPT, TRIES - 1), (Notice.RESUME, TRIES - 1), (Notice.UPDATE, 1)]
)
async def test_what_people_wait_for_goes_again_for_as_long_as_processes_are_killed_over_it_but_not_for_ever(
    outbox: Outbox, siti: Person, clock: FakeClock, kind: Notice, times: int
):
    await outbox.owes(siti, "owed", kind=kind)
    repeats = 0
    while await outbox.claims(worker="killed"):
        await outbox.notes("expire_worker", "killed")
        repeats += await outbox.notes("once_more", clock.now())
    assert repeats == times
    assert await outbox.states() == {OutboxState.UNCERTAIN: 1}


async def test_an_uncertain_reminder_is_left_alone(outbox: Outbox, siti: Person, clock: FakeClock):
    await outbox.owes(siti, "reminder", kind=Notice.REMINDER)
    [message] = await outbox.claims()
    await outbox.notes("uncertain", message.id, "TimedOut")
    assert await outbox.notes("once_more", clock.now()) == 0


async def test_an_answer_that_comes_after_the_lease_still_counts(outbox: Outbox, siti: Person, clock: FakeClock):
    await outbox.owes(siti, "receipt")
    [message] = await outbox.claims()
    clock.advance(minutes=2)
    await outbox.notes("expire", clock.now())
    await outbox.notes("once_more", clock.now())
    await outbox.notes("sent", {message.id: 77}, clock.now())
    assert await outbox.states() == {OutboxState.SENT: 1}
    assert await outbox.claims() == []


async def test_after_a_flood_warning_it_waits_as_long_as_telegram_says(outbox: Outbox, siti: Person, clock: FakeClock):
    await outbox.owes(siti, "receipt")
    [message] = await outbox.claims()
    await outbox.notes("failed_for_now", message.id, clock.now() + timedelta(seconds=30), "RetryAfter")
    clock.advance(seconds=29)
    assert await outbox.claims() == []
    clock.advance(seconds=1)
    [again] = await outbox.claims()
    assert (again.id, again.attempts) == (message.id, 2)


async def test_what_cannot_arrive_is_not_tried_again(outbox: Outbox, siti: Person, clock: FakeClock):
    await outbox.owes(siti, "receipt")
    [message] = await outbox.claims()
    await outbox.notes("failed", message.id, "BadRequest: " + "x" * 500)
    clock.advance(days=1)
    assert await outbox.claims() == []
    assert await outbox.states() == {OutboxState.FAILED: 1}


async def test_what_was_blocked_waits_until_the_person_writes_again(
    outbox: Outbox, database: Database, siti: Person, clock: FakeClock
):
    await outbox.owes(siti, "first")
    await outbox.owes(siti, "second")
    [message] = await outbox.claims()
    async with database.work() as work:
        await work.outbox.blocked(message.id, "Forbidden")
        await work.people.mark_unreachable(siti.id, clock.now())
        await work.commit()
    clock.advance(days=3)
    assert await outbox.claims() == []
    async with database.work() as work:
        assert await work.people.mark_reachable(siti.id)
        assert await work.outbox.resume(siti.id, clock.now()) == 1
        await work.commit()
    assert await outbox.claimed_keys() == ["first"], "it keeps its place before what was owed after it"
    assert await outbox.states() == {OutboxState.QUEUED: 1, OutboxState.SENDING: 1}


async def test_what_is_due_to_somebody_unreachable_waits_apart_and_keeps_its_order(
    outbox: Outbox, database: Database, siti: Person, clock: FakeClock
):
    budi = await outbox.meets(77)
    await outbox.owes(siti, "first")
    await outbox.owes(siti, "second")
    await outbox.owes(siti, "later", not_before=clock.now() + timedelta(days=9))
    await outbox.owes(budi, "reachable", not_before=clock.now() + timedelta(days=9))
    async with database.work() as work:
        await work.people.mark_unreachable(siti.id, clock.now())
        await work.commit()
    async with database.work() as work:
        assert await work.outbox.set_apart(clock.now()) == 2
        await work.commit()
    clock.advance(hours=1)
    await outbox.owes(siti, "third")
    assert await outbox.states() == {OutboxState.BLOCKED: 2, OutboxState.QUEUED: 3}
    clock.advance(hours=1)
    async with database.work() as work:
        assert await work.people.mark_reachable(siti.id)
        assert await work.outbox.resume(siti.id, clock.now()) == 2
        await work.commit()
    came = []
    for _ in range(4):
        claimed = await outbox.claims()
        came += [message.unique_key for message in claimed]
        await outbox.notes("sent", {message.id: message.id for message in claimed}, clock.now())
        clock.advance(seconds=2)
    assert came == ["first", "second", "third"]


async def test_a_verdict_on_what_is_not_being_sent_changes_nothing(outbox: Outbox, siti: Person, clock: FakeClock):
    await outbox.owes(siti, "receipt")
    [message] = await outbox.claims()
    await outbox.notes("sent", {message.id: 77}, clock.now())
    await outbox.notes("failed", message.id, "late")
    await outbox.notes("uncertain", message.id, "late")
    assert await outbox.states() == {OutboxState.SENT: 1}


async def test_a_reply_to_a_message_finds_the_complaint_that_it_spoke_of(
    outbox: Outbox, database: Database, siti: Person, budi: Person, clock: FakeClock
):
    async with database.work() as work:
        complaint = await work.complaints.add(a_complaint(budi, clock.now()))
        await work.commit()
    await outbox.owes(siti, "card", complaint_id=complaint.id)
    [message] = await outbox.claims()
    await outbox.notes("sent", {message.id: 77}, clock.now())
    async with database.reading() as read:
        assert await read.outbox.complaint_of(siti.id, 77) == complaint.id
        assert await read.outbox.complaint_of(budi.id, 77) is None


async def test_many_senders_never_hold_two_messages_of_one_person(outbox: Outbox, clock: FakeClock):
    people = [await outbox.meets(number) for number in range(4)]
    for person in people:
        for number in range(3):
            await outbox.owes(person, f"{person.id}:{number}")
    batches = await asyncio.gather(*(outbox.claims(limit=3, worker=f"w{n}") for n in range(5)))
    in_flight = [message.person_id for batch in batches for message in batch]
    assert sorted(in_flight) == sorted(person.id for person in people)
