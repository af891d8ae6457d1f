"""The audit log: lines are added at the end and read; there is no way to change or remove one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from domain.audit import GENESIS, Act, Line, Particular, written
from domain.lifecycle import Role
from storage.crypto import Keyring
from storage.queries.base import Queries
from storage.tables_audit import AuditRow

# Any number will do, as long as nobody else of this program locks it.
_LOG_LOCK = 7_203_002


@dataclass(frozen=True)
class _Noted:
    act: Act
    person_id: int | None
    role: Role | None
    complaint_id: int | None
    data: str


class Audit(Queries):
    """Queries on the audit log. What is noted is written by the commit of its unit of work, and only with it."""

    def __init__(self, session: AsyncSession, keyring: Keyring) -> None:
        super().__init__(session, keyring)
        self._noted: list[_Noted] = []

    def note(
        self,
        act: Act,
        *,
        person_id: int | None = None,
        role: Role | None = None,
        complaint_id: int | None = None,
        **particulars: Particular,
    ) -> None:
        """Notes a line for the commit; without a person it was the operator. Raises `NoCode` for names and words."""
        self._noted.append(_Noted(act, person_id, role, complaint_id, written(particulars)))

    async def write(self, now: datetime) -> None:
        """Appends what was noted. It is the last thing that a unit does: whoever holds the end waits for nobody."""
        if not self._noted:
            return
        if self._on_postgresql:
            await self._session.execute(text(f"SELECT pg_advisory_xact_lock({_LOG_LOCK})"))
        head = await self.head()
        number, sealed = (head.number, head.hash) if head else (0, GENESIS)
        for noted in self._noted:
            number += 1
            row = AuditRow(
                number=number,
                at=now,
                act=noted.act,
                person_id=noted.person_id,
                role=noted.role,
                complaint_id=noted.complaint_id,
                data=noted.data,
            )
            row.hash = sealed = line_of(row).sealed_after(sealed)
            self._session.add(row)
        self._noted.clear()
        await self._session.flush()

    async def head(self) -> AuditRow | None:
        """The newest line; None while nothing was written."""
        return await self._session.scalar(select(AuditRow).order_by(AuditRow.number.desc()).limit(1))

    async def count(self) -> int:
        """How many lines there are."""
        return await self._session.scalar(select(func.count()).select_from(AuditRow)) or 0

    async def after(self, number: int, limit: int) -> Sequence[AuditRow]:
        """The lines that follow a number, oldest first."""
        rows = await self._session.scalars(
            select(AuditRow).where(AuditRow.number > number).order_by(AuditRow.number).limit(limit)
        )
        return rows.all()


def line_of(row: AuditRow) -> Line:
    """A row as the chain takes it."""
    role = row.role.value if row.role else None
    return Line(row.number, row.at, row.act.value, row.person_id, role, row.complaint_id, row.data)
