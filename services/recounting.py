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
from services.calendars import Calendars
from services.clocks import calendar_for, deadline_of, write
from services.office import Office
from services.responsible import Responsible, Roster
from storage.tables_complaints import ClockRow, Complaint
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
    _told: dict[int, _Told] = field(default_factory=dict)

    async def recount(self, added: Sequence[Holiday], removed: Sequence[Holiday]) -> Moved:
        """Counts every open deadline anew; one message per person, however many of their dates moved."""
        now = self.office.clock()
        moved = 0
        # Read once and for all: of ten thousand open complaints each would be asked for apart.
        calendars = await Calendars.read(self.work)
        responsible = Responsible(await Roster.read(self.work), self.work.directory)
        for row, complaint in await self.work.clocks.unstopped():
            calendar = calendars.of(complaint.government_id)
            before = row.due_at
            write(row, deadlines.recount(deadline_of(row), calendar_for(row, calendar)))
            if row.due_at != before:
                moved += 1
                await self._tell(complaint, row, before, calendar, responsible)
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

    async def _tell(
        self,
        complaint: Complaint,
        row: ClockRow,
        before: datetime,
        calendar: WorkingCalendar,
        responsible: Responsible,
    ) -> None:
        now = self.office.clock()
        line = {"complaint_id": complaint.id, "clock": row.kind.value, "from": before.isoformat()}
        waking = self.office.cadence.waking(now, calendar)
        desk = row.kind is ClockKind.VERIFY
        staff = await (responsible.desk_people(complaint) if desk else responsible.people(complaint))
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
