"""A register that is ready for work: its rules, its free days, and Kota Serang with an officer and a coordinator."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

import routing
from domain.lifecycle import Role
from domain.messages import InboxState
from routing.directory import Directory as RoutingDirectory
from routing.matcher import AgencyMatcher
from services.directory import Directory
from services.office import Office
from services.people import People, TelegramPerson
from services.seeding import Seeding
from storage.crypto import Keyring
from storage.engine import Database
from storage.seed.regulation import seed_regulations
from storage.tables_messages import InboxUpdate

SERANG, CODE = Path(routing.__file__).parent / "data/directory/kota-serang.yaml", "36.73"
ON_DUTY = ((31, Role.COORDINATOR, None), (32, Role.OFFICER, "dpupr"))
"""Chats of two on duty, who never speak."""


def clock() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def office_on(database: Database) -> Office:
    """What every activity needs; the matcher knows no government."""
    return Office(database, clock, seed_regulations(), AgencyMatcher.load(RoutingDirectory.from_parts([], [])))


async def furnish(url: str, key: str, *, people: bool = True) -> None:
    """Fills a migrated database with what a government brings along on its first day, its people too."""
    database = Database.open(url, Keyring.parse(key), clock)
    try:
        office = office_on(database)
        await Seeding(office).seed()
        directory, met = Directory(office), People(office)
        await directory.load(SERANG)
        for chat, role, unit in ON_DUTY if people else ():
            token = await directory.invite(role, CODE, unit, f"Staf {chat}")
            await directory.redeem(await met.meet(TelegramPerson(chat, f"Staf {chat}", None, "id")), token)
    finally:
        await database.dispose()


@asynccontextmanager
async def worked_in(url: str) -> AsyncIterator[Callable[[], Awaitable[int]]]:
    """A look at how many updates have been worked, from outside of the process that works them."""
    database = Database.open(url, Keyring.parse("dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdC0="), clock)

    async def count() -> int:
        async with database.snapshot() as session:
            worked = select(func.count()).where(InboxUpdate.state == InboxState.DONE)
            return await session.scalar(worked) or 0

    try:
        yield count
    finally:
        await database.dispose()
