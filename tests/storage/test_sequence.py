"""Updates that overtook each other on the way are put back into their sequence."""

from datetime import timedelta

from storage.queries.sequence import REACH
from tests.conftest import FakeClock
from tests.storage.test_inbox import Inbox, claimed, inbox

__all__ = ["inbox"]

GAP = timedelta(seconds=1)


async def test_an_update_that_overtook_an_earlier_one_waits_for_it(inbox: Inbox):
    for update_id, chat in ((10, "B"), (12, "A"), (13, "A")):
        await inbox.receives(update_id, chat)
    assert (await claimed(inbox)).update_id == 10
    assert await inbox.claims(gap=GAP) is None, "11 may still come, and may be of the same chat"
    await inbox.receives(11, "A")
    claim = await inbox.claims(gap=GAP)
    assert claim
    assert claim.update_id == 11


async def test_an_update_waits_no_longer_than_a_gap_may_last(inbox: Inbox, clock: FakeClock):
    for update_id in (10, 12):
        await inbox.receives(update_id, str(update_id))
    assert (await claimed(inbox)).update_id == 10
    assert await inbox.claims(gap=GAP) is None
    clock.advance(seconds=GAP.total_seconds())
    claim = await inbox.claims(gap=GAP)
    assert claim
    assert claim.update_id == 12


async def test_the_first_update_of_all_and_one_after_a_long_silence_wait_for_nobody(inbox: Inbox):
    for update_id in (10, 10 + REACH + 1):
        await inbox.receives(update_id, str(update_id))
        claim = await inbox.claims(gap=GAP)
        assert claim
        assert claim.update_id == update_id
