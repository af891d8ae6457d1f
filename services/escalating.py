"""Lateness climbs one level at a time: unit head, coordinator, province, nation; each once per complaint and clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.cadence import Step
from domain.calendar import WorkingCalendar
from domain.lifecycle import Action, ClockKind, Role
from domain.messages import Notice
from domain.permissions import SYSTEM
from services.moves import Mover, Words
from services.notices import Notices
from services.office import Office, desk_name
from services.outlook import Note, Why, Withheld
from storage.tables import ClockRow, Complaint, Government
from storage.tables_time import Escalation
from storage.unit_of_work import UnitOfWork

JOB = "escalate"

CLIMBING = frozenset({ClockKind.VERIFY, ClockKind.FIRST_FOLLOW_UP, ClockKind.RESOLVE})
"""The clocks of offices; that of the citizen's window climbs nowhere."""


@dataclass
class Escalating:
    """Works within one unit of work; in office hours, and for one clock at most one level a day."""

    office: Office
    work: UnitOfWork
    now: datetime
    note: Note
    _told: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    _first: dict[int, int] = field(default_factory=dict)

    async def climb(self) -> int:
        """Lets every late clock climb whose next level is due; returns how many did."""
        levels = await self._levels()
        climbed = 0
        for desk in (None, *await self.work.directory.governments()):
            calendar = await self.office.calendar(self.work, desk)
            if calendar.is_open(self.now):
                climbed += await self._climb_at(desk, calendar, levels)
            else:
                self.note(Withheld(JOB, desk_name(desk), Why.OFFICE_CLOSED, calendar.next_opening(self.now)))
        for person_id, climbs in self._told.items():
            await self.work.outbox.add(
                f"{Notice.ESCALATION}:{person_id}:{self._first[person_id]}",
                person_id,
                Notice.ESCALATION,
                self.now,
                data={"climbs": climbs},
            )
        return climbed

    async def _levels(self) -> Mapping[int, Sequence[Escalation]]:
        found: dict[int, list[Escalation]] = {}
        for level in await self.work.escalations.of_open_clocks():
            found.setdefault(level.clock_id, []).append(level)
        return found

    async def _climb_at(
        self, desk: Government | None, calendar: WorkingCalendar, levels: Mapping[int, Sequence[Escalation]]
    ) -> int:
        climbed = 0
        for row in await self.work.clocks.running_of(desk.id if desk else None, CLIMBING):
            complaint = await self.work.complaints.get(row.complaint_id)
            if row.due_at < self.now and await self._climb(complaint, row, calendar, levels.get(row.id, ())):
                climbed += 1
        return climbed

    async def _climb(
        self, complaint: Complaint, row: ClockRow, calendar: WorkingCalendar, reached: Sequence[Escalation]
    ) -> bool:
        today = calendar.local_date(self.now)
        if reached and calendar.local_date(reached[-1].at) == today:
            self._left(complaint, row, Why.TOLD_TODAY)
            return False
        found = await self._next(complaint, row, calendar, reached)
        if found is None:
            return False
        step, people = found
        level = await self.work.escalations.climb(row, step.tier, self.now)
        if level is None:
            return False
        words = Words(data={"tier": step.tier.value, "clock": row.kind.value})
        await Mover(self.office, self.work).move(complaint, SYSTEM, Action.ESCALATE, words)
        for person_id in people:
            self._told.setdefault(person_id, []).append({"clock_id": row.id, "tier": step.tier.value})
            self._first.setdefault(person_id, level)
        return True

    async def _next(
        self, complaint: Complaint, row: ClockRow, calendar: WorkingCalendar, reached: Sequence[Escalation]
    ) -> tuple[Step, list[int]] | None:
        """The next level that is due and where somebody is; one that nobody holds is passed over on its day."""
        passed = [level.tier for level in reached]
        while (step := self.office.cadence.next_step(passed)) is not None:
            at = self.office.cadence.step_at(step, row.due_at, calendar)
            if at > self.now:
                self._left(complaint, row, Why.NOT_DUE, at)
                return None
            people = await Notices(self.work, complaint, calendar, self.now).tier_people(step.tier)
            if people:
                return step, people
            self._left(complaint, row, Why.NOBODY, tier=step.tier)
            passed.append(step.tier)
        self._left(complaint, row, Why.TOP_REACHED)
        return None

    def _left(
        self, complaint: Complaint, row: ClockRow, why: Why, until: datetime | None = None, tier: Role | None = None
    ) -> None:
        subject = f"{complaint.number} {row.kind}" + (f", {tier}" if tier else "")
        self.note(Withheld(JOB, subject, why, until))
