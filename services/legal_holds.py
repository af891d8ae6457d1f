"""Legal holds: a reason in law to keep a complaint whole, set and lifted by an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.audit import Act
from services.office import Office
from services.seeking import find_any
from storage.tables_privacy import LegalHold


@dataclass(frozen=True)
class LegalHoldSheet:
    """A hold in force."""

    number: str
    reason: str
    set_at: datetime


class LegalHolds:
    """What an administrator does. Raises `ComplaintNotFound` and `NumberMistyped`."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def keep(self, number: str, reason: str) -> LegalHoldSheet:
        """Sets a hold beside any that is there."""
        async with self._office.database.work() as work:
            complaint = await find_any(work, number)
            row = LegalHold(complaint_id=complaint.id, reason=reason, set_at=self._office.clock())
            work.privacy.add(row)
            await work.flush()
            work.audit.note(Act.HOLD, complaint_id=complaint.id, hold=row.id)
            await work.commit()
            return LegalHoldSheet(complaint.number, row.reason, row.set_at)

    async def lift(self, number: str) -> int:
        """Lifts every hold of a complaint; returns how many there were."""
        async with self._office.database.work() as work:
            complaint = await find_any(work, number)
            rows = await work.privacy.holds(complaint.id)
            for row in rows:
                row.lifted_at = self._office.clock()
                work.audit.note(Act.LIFT_HOLD, complaint_id=complaint.id, hold=row.id)
            await work.commit()
            return len(rows)

    async def listed(self) -> tuple[LegalHoldSheet, ...]:
        """Every hold in force, oldest first."""
        async with self._office.database.reading() as work:
            rows = await work.privacy.holds()
            return tuple(
                [
                    LegalHoldSheet((await work.complaints.get(row.complaint_id)).number, row.reason, row.set_at)
                    for row in rows
                ]
            )
