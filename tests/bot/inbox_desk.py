"""An inbox with its worker, as the tests of the inbox see it."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.amends import LET_THEM_SPEAK
from bot.inbox import Inbox
from domain.messages import Notice, OutboxState
from storage.engine import Database
from storage.queries.inbox import BACKOFF, Arrived, Claim
from storage.tables_messages import InboxUpdate, OutboxMessage
from storage.unit_of_work import Cause, LeaseLost, Stale
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
