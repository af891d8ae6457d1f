"""What the rounds of delivery promise: what is written down and opened together fails alone."""

import asyncio

import pytest

from domain.messages import OutboxState
from simulator import Phone
from tests.scheduler.office import PostOffice

SENT = OutboxState.SENT


async def test_what_cannot_be_written_down_takes_nothing_along_that_landed_with_it(
    post: PostOffice, siti: Phone, budi: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    await post.owes(siti, "A")
    await post.owes(budi, "B")
    await post.telegram.faults.delay("sendMessage", seconds=0.2, times=2)
    async with post.open():
        await post.until(OutboxState.SENDING)
        async with post.database.work() as work:
            person = await work.identities.person_of(siti.id)
            assert person is not None
            await work._session.delete(person)
            await work.flush()
            # Nobody else writes meanwhile, so that both answers wait to be written down.
            await post.tried(2)
            await asyncio.sleep(0.3)
            await work.commit()
        await post.until(SENT)
    assert [row.data["number"] for row in await post.rows()] == ["B"]
    assert "could not be written down" in caplog.text
