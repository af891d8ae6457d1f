"""Finds which desks are owed the digest of their day and the figures of their week: each coordinator once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import WorkingCalendar
from domain.messages import Notice
from services.calendars import Calendars
from services.left_unsaid import LeftUnsaid, Note, Why
from services.office import desk_name
from services.owing import Owed
from services.responsible import Roster
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork


@dataclass
class OwedToDesks:
    """Looks within one unit of work; in office hours."""

    work: UnitOfWork
    now: datetime
    note: Note

    async def digests(self) -> list[Owed]:
        """The digest of this working day, of each desk that is open."""
        return await self._of("digests", Notice.DIGEST, lambda _desk, calendar: self._today(calendar))

    async def weekly(self) -> list[Owed]:
        """The figures of the week that has ended, on the first working day of the next; that of SP4N has none."""
        return await self._of("weekly", Notice.WEEKLY, self._week)

    async def _of(
        self, job: str, notice: Notice, slot_of: Callable[[Government | None, WorkingCalendar], str | None]
    ) -> list[Owed]:
        roster, found = await Roster.read(self.work), []
        for desk, calendar in await Calendars.read(self.work):
            if not calendar.is_open(self.now):
                self.note(LeftUnsaid(job, desk_name(desk), Why.OFFICE_CLOSED, calendar.next_opening(self.now)))
            elif slot := slot_of(desk, calendar):
                place = desk.id if desk else None
                for person in await roster.at_desk(place):
                    key, data = f"{notice}:{person}:{slot}:{place or 'sp4n'}", {"government_id": place}
                    found.append((desk, Owed(key, person, notice, data)))
        return await self._new(job, found)

    def _today(self, calendar: WorkingCalendar) -> str:
        return calendar.local_date(self.now).isoformat()

    def _week(self, desk: Government | None, calendar: WorkingCalendar) -> str | None:
        if desk is None:
            return None
        today = calendar.local_date(self.now)
        if calendar.working_days_between(today - timedelta(days=today.weekday() + 1), today) != 1:
            self.note(LeftUnsaid("weekly", desk_name(desk), Why.NOT_DUE))
            return None
        year, week, _ = today.isocalendar()
        return f"{year}-W{week:02}"

    async def _new(self, job: str, found: Sequence[tuple[Government | None, Owed]]) -> list[Owed]:
        known = await self.work.outbox.known({owed.unique_key for _, owed in found})
        heard: dict[str, int] = {}
        for desk, owed in found:
            if owed.unique_key in known:
                heard[desk_name(desk)] = heard.get(desk_name(desk), 0) + 1
        for name, people in heard.items():
            self.note(LeftUnsaid(job, f"{name}, {people} people, today", Why.ALREADY_OWED))
        return [owed for _, owed in found if owed.unique_key not in known]
