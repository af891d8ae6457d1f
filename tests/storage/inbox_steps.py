"""The inbox as a worker uses it, as the tests of its queries see it."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from domain.messages import InboxState
from storage.engine import Database
from storage.queries.inbox import Arrived, Claim, Unanswered
from tests.conftest import FakeClock
from tests.storage.rows import claim_next

LEASE = timedelta(minutes=1)


class Inbox:
    """The inbox as a worker uses it, one committed step at a time."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.database = database
        self.clock = clock
        self.unanswered: list[int] = []

    async def receives(self, update_id: int, chat: str = "5551", payload: str = "{}") -> bool:
        async with self.database.work() as work:
            new = await work.inbox.store([Arrived(update_id, chat, payload)], self.clock.now())
            await work.commit()
            return new == 1

    async def claims(self, worker: str = "w1", gap: timedelta = timedelta()) -> Claim | None:
        async with self.database.work() as work:
            while isinstance(found := await claim_next(work, worker, self.clock.now(), LEASE, gap), Unanswered):
                self.unanswered.append(found.update_id)
            await work.commit()
            return found

    async def works(self, claim: Claim) -> None:
        async with self.database.work(claim.cause) as work:
            await work.commit()

    async def releases(self, claim: Claim) -> None:
        async with self.database.work() as work:
            await work.inbox.release([claim])
            await work.commit()

    async def fails(self, claim: Claim) -> InboxState:
        async with self.database.work() as work:
            state = await work.inbox.fail(claim, self.clock.now(), "ValueError")
            await work.commit()
            return state

    async def row(self, update_id: int) -> dict:
        """The row as it lies on the disk."""
        async with self.database.reading() as read:
            found = await read._session.execute(text(f"SELECT * FROM inbox WHERE update_id = {update_id}"))
            return dict(found.mappings().one())


@pytest.fixture
def inbox(database: Database, clock: FakeClock) -> Inbox:
    return Inbox(database, clock)


async def claimed(inbox: Inbox, worker: str = "w1") -> Claim:
    """A claim that must be there."""
    claim = await inbox.claims(worker)
    assert claim is not None
    return claim
