"""Who is at a complaint just now: who has taken it, who writes about it, and what is on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from domain.drafting import TAKEN_BACK
from domain.lifecycle import DESK, WORKERS, Action
from services.case_sheets import ColleagueSheet, LeavingSheet
from storage.tables_complaints import Complaint
from storage.tables_drafts import Composition
from storage.unit_of_work import UnitOfWork

WRITING_FOR = timedelta(minutes=15)
"""So long after their last word somebody counts as writing; later they have put it aside."""


@dataclass(frozen=True)
class Presence:
    """What one reader is told of the others within one unit of work."""

    work: UnitOfWork
    reader_id: int | None

    async def holder(self, complaint: Complaint) -> ColleagueSheet | None:
        """The colleague who has taken it."""
        if complaint.taken_by in (None, self.reader_id):
            return None
        event = await self.work.timeline.last(complaint.id, Action.TAKE)
        since = event.at if event else complaint.received_at
        return await self._colleague(complaint.taken_by, complaint, since, event.id if event else 0)

    async def writer(self, complaint: Complaint, now: datetime) -> ColleagueSheet | None:
        """The colleague who is writing what would reach the citizen or move the complaint."""
        for row in await self.work.drafts.written_for(complaint.id, now - WRITING_FOR):
            if row.person_id != self.reader_id and row.purpose in TAKEN_BACK:
                return await self._colleague(row.person_id, complaint, row.updated_at)
        return None

    async def leaving(self, complaint: Complaint, now: datetime) -> LeavingSheet | None:
        """The reader's own words for it that are on their way."""
        if self.reader_id is None:
            return None
        row = await self.work.drafts.composition_of(self.reader_id)
        if row is None or row.leaves_at is None or row.complaint_id != complaint.id:
            return None
        return LeavingSheet(row.purpose, row.serial, max(ceil((row.leaves_at - now).total_seconds()), 1))

    async def _colleague(
        self, person_id: int | None, complaint: Complaint, since: datetime, event_id: int = 0
    ) -> ColleagueSheet | None:
        """Somebody who works there still; a desk is not of the unit and is named as the desk."""
        if person_id is None:
            return None
        held = await self.work.staff.memberships_of(person_id)
        here = next((each for each in held if each.unit_id == complaint.unit_id and each.role in WORKERS), None)
        here = here or next((each for each in held if each.role in WORKERS | DESK), None)
        if here is None:
            return None
        unit = await self.work.directory.unit(here.unit_id) if here.unit_id else None
        return ColleagueSheet(here.role, unit.name if unit else None, since, event_id)


async def beside(work: UnitOfWork, row: Composition, complaint: Complaint) -> ColleagueSheet | None:
    """The colleague who is at the same complaint as the writer of some words: who writes too, or who has taken it."""
    if row.purpose not in TAKEN_BACK:
        return None
    presence = Presence(work, row.person_id)
    return await presence.writer(complaint, row.updated_at) or await presence.holder(complaint)
