"""Updates: stored once, worked per chat in order, retried, set aside, never lost."""

import asyncio
from datetime import timedelta

import pytest

from domain.messages import InboxState
from storage.crypto import Keyring, new_key
from storage.engine import Database
from storage.queries.inbox import BACKOFF, MAX_ATTEMPTS, MAX_CLAIMS
from storage.unit_of_work import Cause, LeaseLost
from tests.conftest import TEST_KEY, FakeClock
from tests.storage.inbox_steps import Inbox, claimed, inbox
from tests.storage.rows import a_person

__all__ = ["inbox"]


async def test_an_update_that_comes_twice_is_kept_once(inbox: Inbox):
    assert await inbox.receives(1, payload="first")
    assert not await inbox.receives(1, payload="second")
    claim = await claimed(inbox)
    assert (claim.update_id, claim.payload) == (1, "first")
    await inbox.works(claim)
    assert not await inbox.receives(1)


async def test_an_update_number_beyond_32_bits_is_kept(inbox: Inbox):
    assert await inbox.receives(9_123_456_789)
    assert (await claimed(inbox)).update_id == 9_123_456_789


async def test_neither_chat_nor_words_lie_readable_on_the_disk(inbox: Inbox):
    await inbox.receives(1, chat="628123456", payload='{"text": "pungli di kelurahan"}')
    row = str(await inbox.row(1))
    assert "628123456" not in row
    assert "pungli" not in row


async def test_a_worked_update_is_emptied(inbox: Inbox, clock: FakeClock):
    await inbox.receives(1, payload="words")
    await inbox.works(await claimed(inbox))
    row = await inbox.row(1)
    assert (row["state"], row["payload_sealed"]) == ("done", None)


async def test_one_chat_is_worked_in_order_even_if_updates_are_stored_out_of_order(inbox: Inbox):
    for update_id in (12, 10, 11):
        await inbox.receives(update_id)
    order = []
    while claim := await inbox.claims():
        order.append(claim.update_id)
        await inbox.works(claim)
        await inbox.releases(claim)
    assert order == [10, 11, 12]


async def test_a_chat_in_work_waits_and_another_chat_does_not(inbox: Inbox):
    for update_id, chat in ((1, "A"), (2, "A"), (3, "B")):
        await inbox.receives(update_id, chat)
    assert (await claimed(inbox, "w1")).update_id == 1
    assert (await claimed(inbox, "w2")).update_id == 3
    assert await inbox.claims("w3") is None


async def test_a_chat_waits_until_its_answer_was_shown(inbox: Inbox):
    await inbox.receives(1)
    await inbox.receives(2)
    first = await claimed(inbox)
    await inbox.works(first)
    assert await inbox.claims() is None
    await inbox.releases(first)
    assert (await claimed(inbox)).update_id == 2


async def test_after_the_lease_another_worker_takes_over_and_the_first_can_keep_nothing(
    inbox: Inbox, database: Database, clock: FakeClock
):
    await inbox.receives(1, payload="words")
    slow = await claimed(inbox, "w1")
    clock.advance(seconds=61)
    fast = await claimed(inbox, "w2")
    assert (fast.update_id, fast.payload) == (1, "words")
    assert fast.fence > slow.fence
    async with database.work(slow.cause) as work:
        await a_person(work, clock.now(), chat_id=5551)
        with pytest.raises(LeaseLost):
            await work.commit()
    async with database.reading() as read:
        assert await read.identities.person_of(5551) is None
    await inbox.works(fast)


async def test_after_the_lease_the_first_still_commits_while_nobody_has_taken_over(inbox: Inbox, clock: FakeClock):
    await inbox.receives(1)
    claim = await claimed(inbox)
    clock.advance(seconds=61)
    await inbox.works(claim)
    assert await inbox.claims("w2") is None


async def test_effect_and_mark_are_one_transaction(inbox: Inbox, database: Database, clock: FakeClock):
    await inbox.receives(1)
    claim = await claimed(inbox)
    async with database.work(claim.cause) as work:
        await a_person(work, clock.now(), chat_id=5551)
    assert (await inbox.row(1))["state"] == "new"
    async with database.work(claim.cause) as work:
        await a_person(work, clock.now(), chat_id=5551)
        await work.commit()
    assert (await inbox.row(1))["state"] == "done"


async def test_a_second_unit_of_work_for_the_same_update_commits_too(
    inbox: Inbox, database: Database, clock: FakeClock
):
    await inbox.receives(1)
    claim = await claimed(inbox)
    await inbox.works(claim)
    async with database.work(claim.cause) as work:
        await a_person(work, clock.now(), chat_id=5551)
        await work.commit()
    async with database.reading() as read:
        assert await read.identities.person_of(5551) is not None


@pytest.mark.parametrize("cause", [Cause(1, 0), Cause(1, 2), Cause(404, 1)])
async def test_a_cause_that_is_not_held_is_refused(inbox: Inbox, database: Database, cause: Cause):
    await inbox.receives(1)
    await claimed(inbox)
    with pytest.raises(LeaseLost):
        async with database.work(cause) as work:
            await work.commit()


async def test_a_failing_update_rests_longer_each_time_and_its_chat_with_it(inbox: Inbox, clock: FakeClock):
    await inbox.receives(1)
    await inbox.receives(2)
    for rest in BACKOFF:
        claim = await claimed(inbox)
        assert claim.update_id == 1
        assert await inbox.fails(claim) is InboxState.NEW
        clock.advance(seconds=rest.total_seconds() - 0.5)
        assert await inbox.claims() is None
        clock.advance(seconds=0.5)
    assert (await claimed(inbox)).attempts == MAX_ATTEMPTS


async def dies(inbox: Inbox, clock: FakeClock) -> None:
    """Fails the oldest update until it is dead."""
    while await inbox.fails(await claimed(inbox)) is not InboxState.DEAD:
        clock.advance(minutes=5)


async def test_after_the_last_attempt_it_is_set_aside_and_the_chat_goes_on(
    inbox: Inbox, database: Database, clock: FakeClock
):
    await inbox.receives(1)
    await inbox.receives(2)
    await dies(inbox, clock)
    async with database.reading() as read:
        assert [(row.update_id, row.error) for row in await read.inbox.dead()] == [(1, "ValueError")]
        assert await read.inbox.waiting() == 1
    assert (await claimed(inbox)).update_id == 2


async def test_a_dead_update_can_be_tried_again_with_its_words(inbox: Inbox, database: Database, clock: FakeClock):
    await inbox.receives(1, payload="words")
    await dies(inbox, clock)
    async with database.work() as work:
        assert await work.inbox.retry(1, clock.now())
        assert not await work.inbox.retry(2, clock.now())
        await work.commit()
    claim = await claimed(inbox)
    assert (claim.payload, claim.attempts) == ("words", 1)


async def test_what_fails_after_its_effect_was_kept_is_not_done_again(inbox: Inbox):
    await inbox.receives(1)
    claim = await claimed(inbox)
    await inbox.works(claim)
    assert await inbox.fails(claim) is InboxState.DONE
    assert await inbox.claims() is None


async def test_who_lost_the_chat_cannot_fail_its_update(inbox: Inbox, clock: FakeClock):
    await inbox.receives(1)
    slow = await claimed(inbox, "w1")
    clock.advance(seconds=61)
    await claimed(inbox, "w2")
    with pytest.raises(LeaseLost):
        await inbox.fails(slow)


async def test_an_update_that_ends_every_process_is_set_aside_at_last(
    inbox: Inbox, database: Database, clock: FakeClock
):
    await inbox.receives(1)
    await inbox.receives(2)
    for _ in range(MAX_CLAIMS):
        assert (await claimed(inbox)).update_id == 1
        clock.advance(seconds=61)
    assert (await claimed(inbox)).update_id == 2
    assert inbox.unanswered == [1]
    async with database.reading() as read:
        assert [row.update_id for row in await read.inbox.dead()] == [1]


async def test_an_update_under_a_lost_key_is_set_aside_and_stops_nobody(
    inbox: Inbox, database: Database, clock: FakeClock
):
    await inbox.receives(1, chat="A")
    stranger = Database(database.url, Keyring.parse(new_key()), clock)
    try:
        theirs = Inbox(stranger, clock)
        await theirs.receives(2, chat="B")
        assert (await claimed(theirs)).update_id == 2
        async with stranger.reading() as read:
            assert [row.update_id for row in await read.inbox.dead()] == [1]
    finally:
        await stranger.dispose()


async def test_a_chat_keeps_its_order_while_keys_are_rotated(inbox: Inbox, database: Database, clock: FakeClock):
    await inbox.receives(1)
    rotated = Database(database.url, Keyring.parse(f"{new_key()},{TEST_KEY}"), clock)
    try:
        later = Inbox(rotated, clock)
        await later.receives(2)
        assert (await claimed(later)).update_id == 1
        assert await later.claims("w2") is None
    finally:
        await rotated.dispose()


async def test_a_worker_that_is_known_to_be_gone_holds_nobody_up(inbox: Inbox, database: Database):
    await inbox.receives(1)
    await claimed(inbox, "gone")
    assert await inbox.claims("w2") is None
    async with database.work() as work:
        assert await work.inbox.release_abandoned(inbox.clock.now(), "gone") == []
        await work.commit()
    assert (await claimed(inbox, "w2")).update_id == 1


async def test_what_was_worked_and_not_shown_is_found_once_its_worker_is_gone_or_its_lease_has_run_out(
    inbox: Inbox, database: Database, clock: FakeClock
):
    for update_id, chat, worker in ((1, "A", "gone"), (2, "B", "elsewhere"), (3, "C", "alive")):
        await inbox.receives(update_id, chat)
        await inbox.works(await claimed(inbox, worker))
        clock.advance(seconds=10)
    found = []
    for worker in ("gone", None, None):
        async with database.work() as work:
            found.append([each.update_id for each in await work.inbox.release_abandoned(clock.now(), worker)])
            await work.commit()
        clock.advance(seconds=45)
    assert found == [[1], [2], [3]]


async def test_where_more_waits_in_the_chat_nothing_needs_to_be_asked_again(
    inbox: Inbox, database: Database, clock: FakeClock
):
    await inbox.receives(1)
    await inbox.works(await claimed(inbox, "gone"))
    await inbox.receives(2)
    async with database.work() as work:
        assert await work.inbox.release_abandoned(clock.now(), "gone") == []
        await work.commit()
    assert (await claimed(inbox, "w2")).update_id == 2


async def test_dead_letters_expire_after_thirty_days_and_worked_numbers_after_seven(
    inbox: Inbox, database: Database, clock: FakeClock
):
    await inbox.receives(1)
    await dies(inbox, clock)
    await inbox.receives(2)
    claim = await claimed(inbox)
    await inbox.works(claim)
    await inbox.releases(claim)
    await inbox.receives(3)
    gone = []
    for days in (6, 2, 21, 2):
        clock.advance(days=days)
        async with database.work() as work:
            gone.append(await work.inbox.expire(clock.now() - timedelta(days=30), clock.now() - timedelta(days=7)))
            await work.commit()
    assert gone == [0, 1, 0, 1]
    assert (await claimed(inbox)).update_id == 3


async def test_many_workers_work_every_update_once_and_every_chat_in_order(inbox: Inbox):
    for update_id in range(1, 41):
        await inbox.receives(update_id, chat=f"chat {update_id % 5}")
    worked: list[int] = []

    async def work_on(worker: str) -> None:
        idle = 0
        while idle < 3:
            claim = await inbox.claims(worker)
            if claim is None:
                idle += 1
                continue
            worked.append(claim.update_id)
            await inbox.works(claim)
            await inbox.releases(claim)

    await asyncio.gather(*(work_on(f"w{n}") for n in range(4)))
    assert sorted(worked) == list(range(1, 41))
    for chat in range(5):
        of_chat = [update_id for update_id in worked if update_id % 5 == chat]
        assert of_chat == sorted(of_chat)
