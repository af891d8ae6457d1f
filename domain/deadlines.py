"""Deadlines that can explain themselves: from when they count, what was skipped, paused and extended, by which rule.

Everything follows from what is stored: the start, the limit, the pauses and the extensions. Replaying these in the
order in which they happened gives the due date, so a holiday that is added later needs no bookkeeping.

What a pause gives back: the working days between the day of the pause and the day of the resumption, each instant
counted as a start is (after closing it belongs to the next working day). What was left at the pause is therefore left
at the resumption, in whole days; a pause begun and ended on one day gives nothing. A clock that had run out before the
pause began gets nothing back either. A pause that outlives the cap ends when the cap is used up.

Clocks are not chained: each is started, paused and stopped by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.calendar import SkippedDay, WorkingCalendar
from domain.lifecycle import ClockKind


class ClockMisused(ValueError):
    """The clock cannot do this now: the lifecycle should never have asked."""


@dataclass(frozen=True)
class Pause:
    """A stretch in which the citizen had the word; it ended on resumption or when the cap was used up."""

    from_at: datetime
    to_at: datetime


@dataclass(frozen=True)
class Extension:
    """Working days that were granted at an instant."""

    at: datetime
    days: int


@dataclass(frozen=True)
class Deadline:
    """One clock of a complaint, stamped when it starts and never counted anew once it has stopped.

    Instants are aware UTC, limits are working days. `original_due_at` is the due date without the extensions, for
    statistics; pauses and holidays move it as they move `due_at`. While paused, `due_at` is the date before the pause.
    """

    kind: ClockKind
    limit_days: int
    regulation_version: str
    time_zone: str
    started_at: datetime
    due_at: datetime
    original_due_at: datetime
    paused_at: datetime | None = None
    stopped_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()

    @property
    def running(self) -> bool:
        """Whether it counts just now."""
        return self.paused_at is None and self.stopped_at is None

    @property
    def in_time(self) -> bool | None:
        """Whether it was stopped by the due date; None while nobody can say."""
        return None if self.stopped_at is None else self.stopped_at <= self.due_at

    def is_overdue(self, now: datetime) -> bool:
        """Whether it runs and the due date has passed."""
        return self.running and now > self.due_at


def start(
    kind: ClockKind, at: datetime, limit_days: int, calendar: WorkingCalendar, regulation_version: str
) -> Deadline:
    """Starts a clock of `limit_days` working days."""
    due_at = calendar.due_after(at, limit_days)
    return Deadline(kind, limit_days, regulation_version, calendar.zone, at, due_at, due_at)


def pause(deadline: Deadline, at: datetime) -> Deadline:
    """Pauses a running clock; raises ClockMisused if it does not run or something later has happened to it."""
    _refuse_unless(deadline.running, f"{deadline.kind} does not run, so it cannot pause")
    _refuse_unless(at >= _last_event(deadline), f"{deadline.kind} cannot pause before its last event")
    return replace(deadline, paused_at=at)


def pause_ends_at(deadline: Deadline, calendar: WorkingCalendar, cap_days: int) -> datetime:
    """When a paused clock goes on by itself: `cap_days` working days over all its pauses are then used up."""
    used = sum(_days_in(done, calendar) for done in deadline.pauses)
    return calendar.due_after(_paused_at(deadline), max(0, cap_days - used))


def resume(deadline: Deadline, at: datetime, calendar: WorkingCalendar, cap_days: int) -> Deadline:
    """Lets a paused clock go on with what was left; of a pause beyond the cap only the cap is given back."""
    paused_at = _paused_at(deadline)
    _refuse_unless(at >= paused_at, f"{deadline.kind} cannot go on before it paused")
    over = Pause(paused_at, min(at, pause_ends_at(deadline, calendar, cap_days)))
    return recount(replace(deadline, paused_at=None, pauses=(*deadline.pauses, over)), calendar)


def extend(deadline: Deadline, at: datetime, days: int, calendar: WorkingCalendar) -> Deadline:
    """Grants more working days; `original_due_at` stays."""
    _refuse_unless(deadline.stopped_at is None, f"{deadline.kind} has stopped, so it cannot be extended")
    _refuse_unless(days > 0, f"an extension of {days} working days is none")
    return recount(replace(deadline, extensions=(*deadline.extensions, Extension(at, days))), calendar)


def relimit(deadline: Deadline, limit_days: int, calendar: WorkingCalendar) -> Deadline:
    """Counts from the same start with another limit, as another class asks for; pauses and extensions stay."""
    _refuse_unless(deadline.stopped_at is None, f"{deadline.kind} has stopped, so its limit stays")
    return recount(replace(deadline, limit_days=limit_days), calendar)


def stop(deadline: Deadline, at: datetime, calendar: WorkingCalendar, cap_days: int) -> Deadline:
    """Stops a clock for good; one that is paused goes on first, so that the pause is given back."""
    _refuse_unless(deadline.stopped_at is None, f"{deadline.kind} has stopped already")
    awake = deadline if deadline.paused_at is None else resume(deadline, at, calendar, cap_days)
    return replace(awake, stopped_at=at)


def days_taken(deadline: Deadline, calendar: WorkingCalendar) -> int:
    """Working days from the start to the stop, or to the due date; what was waited for the citizen does not count."""
    stopped_at = deadline.stopped_at or deadline.due_at
    taken = calendar.working_days_between(calendar.day_of_start(deadline.started_at), calendar.local_date(stopped_at))
    waited = sum(
        calendar.working_days_between(calendar.local_date(over.from_at), calendar.local_date(over.to_at))
        for over in deadline.pauses
    )
    return max(0, taken - waited)


def recount(deadline: Deadline, calendar: WorkingCalendar) -> Deadline:
    """Counts the due dates again, after a pause, an extension or a new holiday; a stopped clock stays as stamped."""
    _refuse_unless(calendar.zone == deadline.time_zone, f"{deadline.kind} counts in {deadline.time_zone}")
    if deadline.stopped_at is not None:
        return deadline
    due_on, _ = _replay(deadline, calendar)
    original_on, _ = _replay(replace(deadline, extensions=()), calendar)
    return replace(deadline, due_at=calendar.closing(due_on), original_due_at=calendar.closing(original_on))


@dataclass(frozen=True)
class CountedPause:
    """A pause and the working days that it gave back."""

    pause: Pause
    days: int


@dataclass(frozen=True)
class Explanation:
    """Why a deadline is due when it is: from `counted_from`, the n-th working day is the due date, where n is
    `limit_days` and the days of the pauses and the extensions together.
    """

    kind: ClockKind
    limit_days: int
    time_zone: str
    started_at: datetime
    counted_from: date
    started_after_closing: bool
    skipped: tuple[SkippedDay, ...]
    pauses: tuple[CountedPause, ...]
    paused_at: datetime | None
    extensions: tuple[Extension, ...]
    due_at: datetime
    original_due_at: datetime


def explain(deadline: Deadline, calendar: WorkingCalendar) -> Explanation:
    """Accounts for the due date; for a stopped clock give the calendar as it was known when it stopped."""
    started_on = calendar.local_date(deadline.started_at)
    counted_from = calendar.day_of_start(deadline.started_at)
    return Explanation(
        kind=deadline.kind,
        limit_days=deadline.limit_days,
        time_zone=deadline.time_zone,
        started_at=deadline.started_at,
        counted_from=counted_from,
        started_after_closing=calendar.is_working_day(started_on) and counted_from != started_on,
        skipped=calendar.skipped(deadline.started_at, deadline.due_at),
        pauses=_replay(deadline, calendar)[1],
        paused_at=deadline.paused_at,
        extensions=deadline.extensions,
        due_at=deadline.due_at,
        original_due_at=deadline.original_due_at,
    )


class ReminderKind(StrEnum):
    """Why an officer is reminded."""

    HALF_TIME = "half_time"
    LAST_DAY = "last_day"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class ReminderPoint:
    """From when on a reminder is owed; always the opening of a working day."""

    kind: ReminderKind
    at: datetime


def reminder_points(deadline: Deadline, calendar: WorkingCalendar) -> tuple[ReminderPoint, ...]:
    """Half of the days before the due date, one day before it, and the first opening after it.

    A point before the start is left out, and half time where it falls on the last day; a clock that is paused or has
    stopped owes none.
    """
    if not deadline.running:
        return ()
    due_on = calendar.local_date(deadline.due_at)
    allowed = deadline.limit_days + sum(extension.days for extension in deadline.extensions)
    days = {
        calendar.shift(due_on, -((allowed + 1) // 2)): ReminderKind.HALF_TIME,
        calendar.shift(due_on, -1): ReminderKind.LAST_DAY,
        calendar.next_working_day(due_on): ReminderKind.OVERDUE,
    }
    points = (ReminderPoint(kind, calendar.opening(day)) for day, kind in days.items())
    return tuple(point for point in points if point.at > deadline.started_at)


def _replay(deadline: Deadline, calendar: WorkingCalendar) -> tuple[date, tuple[CountedPause, ...]]:
    """The due date and what each pause gave back, found by going through the events in their order."""
    due_on = calendar.shift(calendar.day_of_start(deadline.started_at), deadline.limit_days)
    counted = []
    for _, event in sorted(_events(deadline), key=lambda pair: pair[0]):
        if isinstance(event, Extension):
            due_on = calendar.shift(due_on, event.days)
            continue
        ran_out = event.from_at > calendar.closing(due_on)
        counted.append(CountedPause(event, 0 if ran_out else _days_in(event, calendar)))
        due_on = calendar.shift(due_on, counted[-1].days)
    return due_on, tuple(counted)


def _events(deadline: Deadline) -> list[tuple[datetime, Extension | Pause]]:
    return [
        *((event.at, event) for event in deadline.extensions),
        *((event.from_at, event) for event in deadline.pauses),
    ]


def _days_in(over: Pause, calendar: WorkingCalendar) -> int:
    return calendar.working_days_between(calendar.day_of_start(over.from_at), calendar.day_of_start(over.to_at))


def _last_event(deadline: Deadline) -> datetime:
    return max([deadline.started_at, *(over.to_at for over in deadline.pauses)])


def _paused_at(deadline: Deadline) -> datetime:
    if deadline.paused_at is None:
        raise ClockMisused(f"{deadline.kind} is not paused")
    return deadline.paused_at


def _refuse_unless(allowed: bool, why: str) -> None:
    if not allowed:
        raise ClockMisused(why)
