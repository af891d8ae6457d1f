"""Automatic words to citizens: an honest one when their complaint is late, and the question whether it is solved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.calendar import WorkingCalendar
from domain.lifecycle import ClockKind, Status
from domain.messages import Notice
from services.escalating import CLIMBING
from services.office import Office
from services.outlook import Note, Why, Withheld
from storage.tables import Complaint
from storage.unit_of_work import UnitOfWork

TELL_LATE, ASK_OUTCOME = "tell_late", "ask_outcome"

LOOK_BACK = timedelta(days=14)
"""What has been late for longer than this has been told, or is no news any more."""


@dataclass
class CitizenWords:
    """Works within one unit of work. Quiet hours are kept: what is found at night leaves in the morning."""

    office: Office
    work: UnitOfWork
    now: datetime
    note: Note
    _calendars: dict[int | None, WorkingCalendar] = field(default_factory=dict)

    async def tell_late(self) -> int:
        """Owes one word for each clock that has run out, and again if it runs out once more after an extension."""
        owed = 0
        for row in await self.work.clocks.due_before(self.now, since=self.now - LOOK_BACK):
            if row.kind in CLIMBING:
                complaint = await self.work.complaints.get(row.complaint_id)
                key = f"{Notice.LATE}:{row.id}:{row.due_at.date().isoformat()}"
                owed += await self._owe(TELL_LATE, Notice.LATE, key, complaint, {"clock_id": row.id})
        return owed

    async def ask_outcome(self) -> int:
        """Owes the question of the latest day that has come; days that were missed are not made up for."""
        owed = 0
        for row in await self.work.clocks.running_kind(ClockKind.REACT):
            complaint = await self.work.complaints.get(row.complaint_id)
            if complaint.status is not Status.DONE or row.due_at < self.now:
                continue
            points = self.office.cadence.ask_at(row.started_at, await self._calendar(complaint))
            come = [(day, at) for day, at in points if at <= self.now]
            coming = [at for _, at in points if at > self.now]
            if come:
                data = {"clock_id": row.id}
                key = f"{Notice.ASK_OUTCOME}:{row.id}:{come[-1][0]}"
                owed += await self._owe(ASK_OUTCOME, Notice.ASK_OUTCOME, key, complaint, data)
            elif coming:
                self.note(Withheld(ASK_OUTCOME, complaint.number, Why.NOT_DUE, coming[0]))
        return owed

    async def _owe(self, job: str, notice: Notice, key: str, complaint: Complaint, data: dict[str, int]) -> bool:
        waking = self.office.cadence.waking(self.now, await self._calendar(complaint))
        added = await self.work.outbox.add(
            key, complaint.person_id, notice, self.now, complaint_id=complaint.id, data=data, not_before=waking
        )
        if not added:
            self.note(Withheld(job, complaint.number, Why.ALREADY_OWED))
        return added

    async def _calendar(self, complaint: Complaint) -> WorkingCalendar:
        key = complaint.government_id
        if key not in self._calendars:
            government = await self.office.government(self.work, key)
            self._calendars[key] = await self.office.calendar(self.work, government)
        return self._calendars[key]
