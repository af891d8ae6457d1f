"""Several updates end, and several are taken, in one transaction."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from storage.engine import Database
from storage.queries.inbox import Claim, Unanswered
from tests.conftest import FakeClock
from tests.storage.inbox_steps import LEASE, Inbox, claimed, inbox

__all__ = ["inbox"]


async def test_what_ends_together_is_written_down_but_for_what_another_has_taken_over(
    inbox: Inbox, database: Database, clock: FakeClock
):
    for update_id, chat in ((1, "A"), (2, "B"), (3, "C")):
        await inbox.receives(update_id, chat, payload="words")
    async with database.work() as work:
        claims = [each for each in await work.inbox.claim("w1", clock(), LEASE, 3) if isinstance(each, Claim)]
        await work.commit()
    assert [each.update_id for each in claims] == [1, 2, 3]
    lost = replace(claims[1], fence=claims[1].fence - 1)
    async with database.work() as work:
        kept, _ = await work.inbox.finish([claims[0], lost, claims[2]], clock())
        await work.commit()
    assert [each.update_id for each in kept] == [1, 3]
    assert [(await inbox.row(number))["state"] for number in (1, 2, 3)] == ["done", "new", "done"]


async def test_an_effect_that_was_not_committed_has_marked_nothing(inbox: Inbox, database: Database, clock: FakeClock):
    await inbox.receives(1, payload="words")
    claim = await claimed(inbox)
    async with database.work(claim.cause):
        pass
    assert not claim.cause.marked
    async with database.work() as work:
        await work.inbox.finish([claim], clock())
        await work.commit()
    assert (await inbox.row(1))["payload_sealed"] is None


@pytest.mark.parametrize(("chat", "waits"), [("A", True), ("B", False)])
async def test_whoever_gives_a_chat_back_learns_whether_more_waits_there(
    inbox: Inbox, database: Database, clock: FakeClock, chat: str, waits: bool
):
    await inbox.receives(1, "A")
    claim = await claimed(inbox)
    async with database.work(claim.cause) as work:
        await work.commit()
    await inbox.receives(2, chat)
    async with database.work() as work:
        kept, more = await work.inbox.finish([claim], clock())
        await work.commit()
    assert kept == [claim]
    assert more is waits


async def test_what_cannot_be_worked_takes_no_hand(inbox: Inbox, database: Database, clock: FakeClock):
    for update_id, chat in ((1, "A"), (2, "B"), (3, "C")):
        await inbox.receives(update_id, chat)
    async with database.session() as session:
        await session.execute(text("UPDATE inbox SET payload_sealed = 'x' WHERE update_id = 2"))
        await session.commit()
    async with database.work() as work:
        found = await work.inbox.claim("w1", clock(), LEASE, 3)
        await work.commit()
    assert [type(each) for each in found] == [Claim, Unanswered, Claim]


async def test_what_is_leased_to_a_worker_and_not_in_its_hands_is_given_back(
    inbox: Inbox, database: Database, clock: FakeClock
):
    for update_id, chat in ((1, "A"), (2, "B"), (3, "C")):
        await inbox.receives(update_id, chat)
    in_hand, forgotten, theirs = [await claimed(inbox, worker) for worker in ("w1", "w1", "w2")]
    async with database.work() as work:
        await work.inbox.release_all_but("w1", [in_hand.chat_index])
        await work.commit()
    async with database.work() as work:
        found = await work.inbox.claim("w3", clock(), LEASE, 3)
    assert [each.update_id for each in found] == [forgotten.update_id]
    assert theirs.update_id == 3
