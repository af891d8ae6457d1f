"""Owes messages in bulk to people who can be written to: receipts about complaints, and digests to coordinators."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.kit.town import CODE, clock
from domain.lifecycle import Kind, Role, Status
from domain.messages import Notice, OutboxState
from storage.crypto import Keyring
from storage.engine import Database
from storage.tables_complaints import Complaint
from storage.tables_messages import OutboxMessage
from storage.tables_offices import StaffMembership
from storage.tables_people import Identity, Person

FIRST = 100_000
"""The first person; those of the register's own town are far below."""

AT_ONCE = 5_000


@asynccontextmanager
async def opened(url: str, key: str) -> AsyncIterator[Database]:
    """The register, from outside of the process that delivers."""
    database = Database.open(url, Keyring.parse(key), clock)
    try:
        yield database
    finally:
        await database.dispose()


async def enrol(database: Database, count: int, *, coordinators: bool) -> None:
    """Makes people with chats; of citizens each has filed one complaint."""
    now, numbers = clock(), range(FIRST, FIRST + count)
    keyring = database.keyring
    async with database.work() as work:
        government = await work.directory.government_by_code(CODE)
    assert government is not None
    async with database.session() as session:
        await _put(session, Person, [{"id": n, "created_at": now, "last_seen_at": now} for n in numbers])
        sealed = [
            {"person_id": n, "chat_index": keyring.index(str(n)), "chat_id_sealed": keyring.encrypt(str(n))}
            for n in numbers
        ]
        await _put(session, Identity, sealed)
        if coordinators:
            role = {"role": Role.COORDINATOR, "government_id": government.id, "since": now}
            await _put(session, StaffMembership, [{"person_id": n, **role} for n in numbers])
        await _put(
            session, Complaint, [_complaint(n, government.id) for n in numbers[: count if not coordinators else 200]]
        )
        await session.commit()


def _complaint(n: int, government_id: int) -> dict[str, object]:
    return {
        "id": n,
        "number": f"B{n:08}",
        "person_id": n,
        "kind": Kind.COMPLAINT,
        "status": Status.SUBMITTED,
        "text": "Lampu jalan di depan pasar sudah seminggu mati dan gelap sekali kalau malam.",
        "government_id": government_id,
        "regulation_version": "permenpanrb-5-2025",
        "received_at": clock() - timedelta(hours=1),
    }


async def owe(database: Database, notice: Notice, people: Sequence[int], name: str) -> None:
    """Owes one message to each, now."""
    now = clock()
    async with database.work() as work:
        government = await work.directory.government_by_code(CODE)
    assert government is not None
    about_case = notice is Notice.RECEIPT
    rows = [
        {
            "unique_key": f"{name}:{n}",
            "person_id": n,
            "kind": notice,
            "complaint_id": n if about_case else None,
            "data": {} if about_case else {"government_id": government.id},
            "priority": int(notice.priority),
            "not_before": now,
            "created_at": now,
        }
        for n in people
    ]
    async with database.session() as session:
        await _put(session, OutboxMessage, rows)
        await session.commit()


async def sent(database: Database, name: str) -> list[float]:
    """The seconds that each message of a name took from being owed to having left; those that left."""
    async with database.snapshot() as session:
        rows = await session.execute(
            select(OutboxMessage.created_at, OutboxMessage.sent_at).where(
                OutboxMessage.unique_key.startswith(f"{name}:"), OutboxMessage.state == OutboxState.SENT
            )
        )
        return [(left - owed).total_seconds() for owed, left in rows if left is not None]


async def still_owed(database: Database, name: str) -> int:
    """How many of a name have not left."""
    async with database.snapshot() as session:
        waiting = select(func.count()).where(
            OutboxMessage.unique_key.startswith(f"{name}:"), OutboxMessage.state != OutboxState.SENT
        )
        return await session.scalar(waiting) or 0


async def _put(session: AsyncSession, table: type, rows: list[dict[str, object]]) -> None:
    for begin in range(0, len(rows), AT_ONCE):
        await session.execute(insert(table), rows[begin : begin + AT_ONCE])
