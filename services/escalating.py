"""Lateness climbs one level at a time: unit head, coordinator, province, nation; each once per complaint and clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.cadence import Step
from domain.calendar import WorkingCalendar
from domain.lifecycle import Action, ClockKind, Role
from domain.messages import Notice
from domain.permissions import SYSTEM
from services.calendars import Calendars
from services.left_unsaid import LeftUnsaid, Note, Why
from services.moves import Mover, Words
from services.office import Office, desk_name
from services.responsible import Responsible, Roster
from storage.queries.running import RunningClock
from storage.tables_time import Escalation
from storage.unit_of_work import UnitOfWork

JOB = "escalate"

CLIMBING = frozenset({ClockKind.VERIFY, ClockKind.FIRST_FOLLOW_UP, ClockKind.RESOLVE})
"""The clocks of offices; that of the citizen's window climbs nowhere."""


@dataclass(frozen=True)
class Climb:
    """The next level of a late clock, and who is told there."""

    clock_id: int
    tier: Role
    people: Sequence[int]


@dataclass
class Escalating:
    """Looks within one unit of work; in office hours, and for one clock at most one level a day."""

    office: Office
    work: UnitOfWork
    now: datetime
    note: Note

    async def found(self) -> list[Climb]:
        """Every late clock whose next level is due. One that has reached the top is not looked at again."""
        calendars = await Calendars.read(self.work)
        closed = {desk.id if desk else None: desk for desk, calendar in calendars if not calendar.is_open(self.now)}
        for place, desk in closed.items():
            self.note(LeftUnsaid(JOB, desk_name(desk), Why.OFFICE_CLOSED, calendars.of(place).next_opening(self.now)))
        if len(closed) == len(calendars.desks):
            return []
        responsible = Responsible(await Roster.read(self.work), self.work.directory)
        late = await self.work.running.late(CLIMBING, self.now, below=self.office.cadence.steps[-1].tier)
        levels: dict[int, list[Escalation]] = {}
        for level in await self.work.escalations.of_clocks([clock.id for clock in late]):
            levels.setdefault(level.clock_id, []).append(level)
        found = []
        for clock in late:
            if clock.government_id not in closed:
                calendar = calendars.of(clock.government_id)
                found.append(await self._next(clock, calendar, levels.get(clock.id, ()), responsible))
        return [climb for climb in found if climb is not None]

    async def _next(
        self, clock: RunningClock, calendar: WorkingCalendar, reached: Sequence[Escalation], responsible: Responsible
    ) -> Climb | None:
        """The next level that is due and where somebody is; one that nobody holds is passed over on its day."""
        if reached and calendar.local_date(reached[-1].at) == calendar.local_date(self.now):
            self._left(clock, Why.TOLD_TODAY)
            return None
        passed = [level.tier for level in reached]
        while (step := self.office.cadence.next_step(passed)) is not None:
            at = self._at(step, clock, calendar)
            if at > self.now:
                self._left(clock, Why.NOT_DUE, at)
                return None
            people = await responsible.tier_people(clock, step.tier)
            if people:
                return Climb(clock.id, step.tier, people)
            self._left(clock, Why.NOBODY, tier=step.tier)
            passed.append(step.tier)
        self._left(clock, Why.TOP_REACHED)
        return None

    def _at(self, step: Step, clock: RunningClock, calendar: WorkingCalendar) -> datetime:
        return self.office.cadence.step_at(step, clock.due_at, calendar)

    def _left(self, clock: RunningClock, why: Why, until: datetime | None = None, tier: Role | None = None) -> None:
        subject = f"{clock.number} {clock.kind}" + (f", {tier}" if tier else "")
        self.note(LeftUnsaid(JOB, subject, why, until))


async def climb(office: Office, work: UnitOfWork, found: Sequence[Climb], now: datetime) -> int:
    """Writes down and tells what was found, one message per person; what was mended meanwhile stays where it is."""
    told: dict[int, list[dict[str, Any]]] = {}
    first: dict[int, int] = {}
    climbed = 0
    for each in found:
        row = await work.clocks.get(each.clock_id)
        late = row.stopped_at is None and row.paused_at is None and row.due_at < now
        level = await work.escalations.climb(row, each.tier, now) if late else None
        if level is None:
            continue
        words = Words(data={"tier": each.tier.value, "clock": row.kind.value})
        await Mover(office, work).move(await work.complaints.get(row.complaint_id), SYSTEM, Action.ESCALATE, words)
        climbed += 1
        for person in each.people:
            told.setdefault(person, []).append({"clock_id": row.id, "tier": each.tier.value})
            first.setdefault(person, level)
    for person, climbs in told.items():
        key = f"{Notice.ESCALATION}:{person}:{first[person]}"
        await work.outbox.add(key, person, Notice.ESCALATION, now, data={"climbs": climbs})
    return climbed
