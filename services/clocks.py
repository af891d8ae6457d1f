"""Moves the clocks of a complaint as the lifecycle says: domain deadlines in and out of their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from domain import deadlines
from domain.calendar import WorkingCalendar
from domain.deadlines import Deadline, Extension, Pause
from domain.lifecycle import ClockEffect, ClockKind
from domain.regulation import Regulation
from storage.queries.running import RunningClock
from storage.tables_complaints import ClockRow, Complaint
from storage.unit_of_work import UnitOfWork


def deadline_of(row: ClockRow | RunningClock) -> Deadline:
    """Reads a row as the domain's value."""
    return Deadline(
        row.kind,
        row.limit_days,
        row.regulation_version,
        row.time_zone,
        row.started_at,
        row.due_at,
        row.original_due_at,
        row.paused_at,
        row.stopped_at,
        tuple(Pause(datetime.fromisoformat(begun), datetime.fromisoformat(over)) for begun, over in row.pauses),
        tuple(Extension(datetime.fromisoformat(given["at"]), given["days"]) for given in row.extensions),
    )


def write(row: ClockRow, deadline: Deadline) -> None:
    """Writes the domain's value into its row."""
    row.kind, row.limit_days = deadline.kind, deadline.limit_days
    row.regulation_version, row.time_zone = deadline.regulation_version, deadline.time_zone
    row.started_at, row.due_at, row.original_due_at = deadline.started_at, deadline.due_at, deadline.original_due_at
    row.paused_at, row.stopped_at = deadline.paused_at, deadline.stopped_at
    row.pauses = [[pause.from_at.isoformat(), pause.to_at.isoformat()] for pause in deadline.pauses]
    row.extensions = [{"at": given.at.isoformat(), "days": given.days} for given in deadline.extensions]


def calendar_for(row: ClockRow | RunningClock, calendar: WorkingCalendar) -> WorkingCalendar:
    """The calendar in the zone in which a clock was started: a complaint may since have gone to another desk."""
    return calendar if row.time_zone == calendar.zone else replace(calendar, zone=row.time_zone)


class Clocks:
    """The clocks of one complaint within one unit of work."""

    def __init__(self, work: UnitOfWork, complaint: Complaint, calendar: WorkingCalendar, rules: Regulation) -> None:
        """`rules` is the version under which the complaint was received."""
        self._work = work
        self._complaint = complaint
        self._calendar = calendar
        self._rules = rules

    async def apply(self, effects: Iterable[tuple[ClockKind, ClockEffect]], now: datetime) -> None:
        """Applies what the lifecycle says; an effect on a clock that does not run is no error."""
        for kind, effect in effects:
            await self._apply(kind, effect, now)

    async def _apply(self, kind: ClockKind, effect: ClockEffect, now: datetime) -> None:
        row = await self._work.clocks.latest(self._complaint.id, kind)
        living = row if row is not None and row.stopped_at is None else None
        match effect:
            case ClockEffect.START_IF_NEW if row is not None:
                return
            case ClockEffect.START | ClockEffect.START_IF_NEW:
                if living is not None:
                    self._stop(living, now)
                await self._start(kind, now)
            case ClockEffect.STOP if living is not None:
                self._stop(living, now)
            case ClockEffect.PAUSE if living is not None and living.paused_at is None:
                write(living, deadlines.pause(deadline_of(living), now))
            case ClockEffect.RESUME if living is not None and living.paused_at is not None:
                write(
                    living, deadlines.resume(deadline_of(living), now, calendar_for(living, self._calendar), self._cap)
                )

    def _stop(self, row: ClockRow, now: datetime) -> None:
        """Stops it, and stamps how long it took: what is counted of a million clocks must not be counted anew."""
        calendar = calendar_for(row, self._calendar)
        stopped = deadlines.stop(deadline_of(row), now, calendar, self._cap)
        write(row, stopped)
        row.taken_days = deadlines.days_taken(stopped, calendar)

    @property
    def _cap(self) -> int:
        return self._rules.hold_cap_days

    async def extend(self, kind: ClockKind, days: int, now: datetime) -> bool:
        """Grants a clock more working days; False when none of this kind is open."""
        row = await self._work.clocks.running(self._complaint.id, kind)
        if row is not None:
            write(row, deadlines.extend(deadline_of(row), now, days, calendar_for(row, self._calendar)))
        return row is not None

    async def relimit(self, kind: ClockKind) -> bool:
        """Counts an open clock from its start with the limit of the complaint's present class; False without one."""
        row = await self._work.clocks.running(self._complaint.id, kind)
        if row is not None:
            limit = self._rules.limit(kind, self._complaint.complaint_class)
            write(row, deadlines.relimit(deadline_of(row), limit, calendar_for(row, self._calendar)))
        return row is not None

    async def _start(self, kind: ClockKind, now: datetime) -> None:
        limit = self._rules.limit(kind, self._complaint.complaint_class)
        row = ClockRow(complaint_id=self._complaint.id)
        write(row, deadlines.start(kind, now, limit, self._calendar, self._rules.version))
        self._work.clocks.add(row)
