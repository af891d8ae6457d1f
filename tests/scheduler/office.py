"""A post office for tests: a real delivery over HTTP to the simulator, with letters that are made up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from domain.messages import Notice, OutboxState
from scheduler.delivery import Delivery
from scheduler.delivery_courier import Courier
from scheduler.delivery_patience import Pace
from services.letter_sheets import Letter
from simulator.phone import Phone
from simulator.server import TOKEN, SimulatedTelegram
from storage.engine import Database
from storage.tables_messages import OutboxMessage
from tests.conftest import FakeClock
from tests.scheduler.sheets import a_case, a_letter

PATIENCE = 10.0
"""Seconds that a test waits at most for what must come."""

QUICK = Pace(poll=timedelta(milliseconds=20), second_try=timedelta(0), for_files=timedelta(0))


@dataclass
class FakeLetters:
    """Opens what a test has owed: the number stands in the row, the rest is made up."""

    chats: dict[int, int]
    untrue: set[str] = field(default_factory=set)
    extras: dict[str, dict[str, Any]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    opened: int = 0

    async def together(self, messages: Sequence[OutboxMessage]) -> dict[int, Letter | None]:
        """All of them, or the error of the first that is broken."""
        return {message.id: await self.open(message) for message in messages}

    async def open(self, message: OutboxMessage) -> Letter | None:
        """None for what the test has declared untrue; an error for what it has broken."""
        self.opened += 1
        number = str(message.data["number"])
        if number in self.broken:
            raise RuntimeError("this letter cannot be opened")
        if number in self.untrue:
            return None
        case = a_case(number=number, **self.extras.get(number, {}))
        return a_letter(message.kind, chat_id=self.chats[message.person_id], case=case)


class PostOffice:
    """What a test does and asks of the post."""

    def __init__(self, telegram: SimulatedTelegram, database: Database, clock: FakeClock) -> None:
        self.telegram = telegram
        self.database = database
        self.clock = clock
        self.letters = FakeLetters({})

    async def owes(self, phone: Phone, number: str, kind: Notice = Notice.RECEIPT, **fields: Any) -> None:
        """Puts a row into the outbox, as a service does."""
        async with self.database.work() as work:
            person = await work.identities.meet(phone.id, self.clock())
            self.letters.chats[person.id] = phone.id
            key = f"{kind}:{number}:{person.id}"
            await work.outbox.add(key, person.id, kind, self.clock(), data={"number": number}, **fields)
            await work.commit()

    @asynccontextmanager
    async def open(
        self, pace: Pace = QUICK, token: str = TOKEN, patience: float = 5, name: str | None = None
    ) -> AsyncIterator[Delivery]:
        """Delivers for as long as it is entered, and ends quietly."""
        courier = Courier(token, self.telegram.url, patience=patience)
        delivery = Delivery(self.database, self.letters, courier, self.clock, pace, name)  # type: ignore[arg-type]
        async with asyncio.timeout(6 * PATIENCE), asyncio.TaskGroup() as tasks:
            tasks.create_task(delivery.run())
            try:
                yield delivery
            finally:
                delivery.stop()
        await courier.close()

    async def row(self, number: str) -> OutboxMessage:
        """The row that speaks of a number."""
        return next(row for row in await self.rows() if row.data["number"] == number)

    async def rows(self) -> list[OutboxMessage]:
        """Every row, oldest first."""
        async with self.database.reading() as work:
            return list(await work._session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))

    async def states(self) -> dict[OutboxState, int]:
        """How many messages are in each state."""
        async with self.database.reading() as work:
            return await work.outbox.counts()

    async def until(self, *wanted: OutboxState) -> None:
        """Waits until every row is in one of these states."""

        async def arrived() -> bool:
            return set(await self.states()) <= set(wanted)

        await eventually(arrived)

    async def texts(self) -> list[str]:
        """The texts that Telegram has accepted, in their order."""
        return [call.parameters["text"] for call in await self.telegram.calls("sendMessage") if call.status == 200]

    async def tries(self) -> int:
        """How often a text was tried."""
        return len(await self.telegram.calls("sendMessage"))

    async def tried(self, times: int) -> None:
        """Waits until Telegram was asked so often."""

        async def enough() -> bool:
            return await self.tries() >= times

        await eventually(enough)


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    """Waits, at most `PATIENCE` seconds, until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not await holds():  # noqa: ASYNC110 (what is waited for happens in the database or at Telegram)
            await asyncio.sleep(0.02)
