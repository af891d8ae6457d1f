"""Counts open deadlines anew when the free days change, and owes everybody concerned one word about what moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain import deadlines
from domain.calendar import Holiday, WorkingCalendar
from domain.lifecycle import ClockKind
from domain.messages import Notice
from services.clocks import calendar_for, deadline_of, write
from services.notices import Notices
from services.office import Office
from storage.tables import ClockRow, Complaint
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Moved:
    """How many deadlines have another date now, and how many people are told."""

    deadlines: int
    people: int


@dataclass
class _Told:
    """What one person is told, and from when on they may be."""

    not_before: datetime
    moved: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Recounting:
    """Works within one unit of work, after the free days have changed in it. A stopped clock stays as stamped."""

    office: Office
    work: UnitOfWork
    _calendars: dict[int | None, WorkingCalendar] = field(default_factory=dict)
    _told: dict[int, _Told] = field(default_factory=dict)

    async def recount(self, added: Sequence[Holiday], removed: Sequence[Holiday]) -> Moved:
        """Counts every open deadline anew; one message per person, however many of their dates moved."""
        now = self.office.clock()
        moved = 0
        for row in await self.work.clocks.unstopped():
            complaint = await self.work.complaints.get(row.complaint_id)
            calendar = await self._calendar(complaint)
            before = row.due_at
            write(row, deadlines.recount(deadline_of(row), calendar_for(row, calendar)))
            if row.due_at != before:
                moved += 1
                await self._tell(complaint, row, before, calendar)
        because = [*_named(added, free=True), *_named(removed, free=False)]
        for person_id, told in self._told.items():
            await self.work.outbox.add(
                f"{Notice.DATES_MOVED}:{now.isoformat()}:{person_id}",
                person_id,
                Notice.DATES_MOVED,
                now,
                data={"moved": told.moved, "because": because},
                not_before=told.not_before,
            )
        return Moved(moved, len(self._told))

    async def _calendar(self, complaint: Complaint) -> WorkingCalendar:
        key = complaint.government_id
        if key not in self._calendars:
            government = await self.office.government(self.work, key)
            self._calendars[key] = await self.office.calendar(self.work, government)
        return self._calendars[key]

    async def _tell(self, complaint: Complaint, row: ClockRow, before: datetime, calendar: WorkingCalendar) -> None:
        now = self.office.clock()
        line = {"complaint_id": complaint.id, "clock": row.kind.value, "from": before.isoformat()}
        waking = self.office.cadence.waking(now, calendar)
        notices = Notices(self.work, complaint, calendar, now)
        desk = row.kind is ClockKind.VERIFY
        staff = await (notices.desk_people() if desk else notices.responsible_people())
        for person_id, not_before in [
            (complaint.person_id, waking),
            *((person, calendar.next_opening(now)) for person in staff),
        ]:
            told = self._told.setdefault(person_id, _Told(not_before))
            if line not in told.moved:
                told.moved.append(line)


def _named(days: Sequence[Holiday], *, free: bool) -> list[dict[str, Any]]:
    return [
        {"on": day.on.isoformat(), "name": day.name, "kind": day.kind.value, "estimated": day.estimated, "free": free}
        for day in days
    ]
