"""Finds who is to be reminded today of which deadlines: each person once a working day, in office hours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain import deadlines
from domain.calendar import WorkingCalendar
from domain.deadlines import ReminderKind
from domain.lifecycle import ClockKind
from domain.messages import Notice
from services.calendars import Calendars
from services.clocks import calendar_for, deadline_of
from services.escalating import CLIMBING
from services.left_unsaid import LeftUnsaid, Note, Why
from services.office import desk_name
from services.owing import Owed
from services.responsible import WORKING_ROLES, Responsible, Roster
from storage.queries.running import RunningClock
from storage.unit_of_work import UnitOfWork

JOB = "remind"


@dataclass
class Reminding:
    """Looks within one unit of work. A complaint that nobody has verified or routed is the desk's."""

    work: UnitOfWork
    now: datetime
    note: Note
    _listed: dict[str, tuple[int, list[int]]] = field(default_factory=dict)
    _heard: dict[int | None, set[int]] = field(default_factory=dict)

    async def found(self) -> list[Owed]:
        """One reminder per person with their complaints, oldest deadline first; nobody who had one today."""
        calendars = await Calendars.read(self.work)
        slots = self._open_today(calendars)
        if not slots:
            return []
        roster = await Roster.read(self.work)
        keys = {_key(person, slot) for person in roster.people for slot in set(slots.values())}
        told = await self.work.outbox.known(keys)
        responsible = Responsible(roster, self.work.directory)
        # Once everybody has heard of the day there is nothing to look for; where a whole unit has, little is left.
        heard = {unit for unit in roster.units if await self._has_heard(roster, unit, slots, told)}
        for clock in await self.work.running.open(CLIMBING, besides=heard) if keys - told else ():
            if clock.government_id in slots:
                people = await _people(responsible, clock)
                self._list(clock, people, slots[clock.government_id], told, calendars.of(clock.government_id))
        for place, heard in self._heard.items():
            subject = f"{desk_name(calendars.desks[place])}, {len(heard)} people, today"
            self.note(LeftUnsaid(JOB, subject, Why.ALREADY_OWED))
        return [
            Owed(key, person, Notice.REMINDER, {"complaint_ids": complaints})
            for key, (person, complaints) in self._listed.items()
        ]

    async def _has_heard(
        self, roster: Roster, unit: int, slots: Mapping[int | None, str], told: Collection[str]
    ) -> bool:
        people = await roster.in_unit(unit, WORKING_ROLES)
        slot = slots.get(roster.units[unit])
        if not people or slot is None or any(_key(person, slot) not in told for person in people):
            return False
        self._heard.setdefault(roster.units[unit], set()).update(people)
        return True

    def _open_today(self, calendars: Calendars) -> Mapping[int | None, str]:
        """The date at each desk that is open now; by it a person is reminded once."""
        slots: dict[int | None, str] = {}
        for desk, calendar in calendars:
            if calendar.is_open(self.now):
                slots[desk.id if desk else None] = calendar.local_date(self.now).isoformat()
            else:
                self.note(LeftUnsaid(JOB, desk_name(desk), Why.OFFICE_CLOSED, calendar.next_opening(self.now)))
        return slots

    def _list(
        self,
        clock: RunningClock,
        people: Collection[int],
        slot: str,
        told: Collection[str],
        calendar: WorkingCalendar,
    ) -> None:
        left = [person for person in people if _key(person, slot) not in told]
        if len(left) < len(people):
            self._heard.setdefault(clock.government_id, set()).update(set(people) - set(left))
        if people and not left:
            return
        if not _is_due(clock, calendar, self.now):
            self.note(LeftUnsaid(JOB, f"{clock.number} {clock.kind}", Why.NOT_DUE, clock.due_at))
            return
        for person in left:
            _, complaints = self._listed.setdefault(_key(person, slot), (person, []))
            if clock.complaint_id not in complaints:
                complaints.append(clock.complaint_id)


def _key(person: int, slot: str) -> str:
    return f"{Notice.REMINDER}:{person}:{slot}"


async def _people(responsible: Responsible, clock: RunningClock) -> list[int]:
    if clock.kind is ClockKind.VERIFY:
        return await responsible.desk_people(clock)
    return await responsible.people(clock)


def _is_due(clock: RunningClock, calendar: WorkingCalendar, now: datetime) -> bool:
    """Whether today is a day to remind: half time, the day before, or any working day after the due date."""
    own = calendar_for(clock, calendar)
    today = own.local_date(now)
    points = deadlines.reminder_points(deadline_of(clock), own)
    return any(
        point.at <= now and (point.kind is ReminderKind.OVERDUE or own.local_date(point.at) == today)
        for point in points
    )
