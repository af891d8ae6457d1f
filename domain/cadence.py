"""The rhythm of automatic words: how far lateness has climbed, when citizens may be disturbed, when they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from domain.calendar import WorkingCalendar
from domain.lifecycle import Role

TIERS = (Role.UNIT_HEAD, Role.COORDINATOR, Role.PROVINCE_HUB, Role.NATIONAL_ADMIN)
"""Whom lateness climbs to, one after the other."""


class CadenceInvalid(ValueError):
    """The data of the rhythm cannot be used; the message names the key and the mend."""


@dataclass(frozen=True)
class Step:
    """A level, told at the opening of the `after_days`-th working day after the due date."""

    tier: Role
    after_days: int


@dataclass(frozen=True)
class Cadence:
    """`ask_days` are working days of the citizen's window; `awake` are local times of any day.

    `draft_days`: after so many days of silence somebody is reminded of a complaint that they have not sent.
    """

    steps: tuple[Step, ...]
    awake: tuple[time, time]
    ask_days: tuple[int, ...]
    draft_days: int

    def waking(self, instant: datetime, calendar: WorkingCalendar) -> datetime:
        """The instant itself if citizens may be disturbed then, else the next moment at which they may."""
        local = calendar.local(instant)
        begin, end = self.awake
        if begin <= local.time() < end:
            return instant
        day = local.date() if local.time() < begin else local.date() + timedelta(days=1)
        return datetime.combine(day, begin, local.tzinfo).astimezone(UTC)

    def step_at(self, step: Step, due_at: datetime, calendar: WorkingCalendar) -> datetime:
        """When a level is to be told of a clock that was due then."""
        return calendar.opening(calendar.shift(calendar.local_date(due_at), step.after_days))

    def next_step(self, reached: Iterable[Role]) -> Step | None:
        """The level above the highest one that has been reached; None when that was the top."""
        highest = max((TIERS.index(tier) for tier in reached), default=-1)
        return next((step for step in self.steps if TIERS.index(step.tier) > highest), None)

    def ask_at(self, started_at: datetime, calendar: WorkingCalendar) -> tuple[tuple[int, datetime], ...]:
        """The days of the citizen's window on which the outcome is asked for, each with its instant."""
        first = calendar.day_of_start(started_at)
        return tuple((day, calendar.opening(calendar.shift(first, day))) for day in self.ask_days)


def parse_cadence(data: Mapping[str, Any]) -> Cadence:
    """Reads the data file; raises `CadenceInvalid` that names the key and the mend."""
    citizen = data.get("citizen", {})
    return Cadence(
        _steps(data.get("step", [])),
        _awake(citizen.get("awake")),
        _ask_days(citizen.get("ask_days")),
        _draft_days(citizen.get("draft_days")),
    )


def _steps(tables: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    steps = tuple(_step(table) for table in tables)
    if not steps:
        raise CadenceInvalid("no step is given; write at least one [[step]]")
    for lower, upper in pairwise(steps):
        if TIERS.index(lower.tier) >= TIERS.index(upper.tier) or lower.after_days >= upper.after_days:
            raise CadenceInvalid(f"step {upper.tier} does not come after {lower.tier}; climb from below, day by day")
    return steps


def _step(table: Mapping[str, Any]) -> Step:
    tier, days = table.get("tier"), table.get("after_days")
    if tier not in TIERS:
        raise CadenceInvalid(f"tier = {tier!r} is no level; use one of {', '.join(TIERS)}")
    if not isinstance(days, int) or isinstance(days, bool) or days < 1:
        raise CadenceInvalid(f"after_days = {days!r} of {tier} is no number of working days; use 1 or more")
    return Step(Role(tier), days)


def _awake(text: object) -> tuple[time, time]:
    begin, _, end = str(text).partition("-")
    try:
        hours = time.fromisoformat(begin.strip()), time.fromisoformat(end.strip())
    except ValueError as error:
        raise CadenceInvalid(f"awake = {text!r} is not understood; write it as '07:00-20:00'") from error
    if hours[0] >= hours[1]:
        raise CadenceInvalid(f"awake = {text!r} ends before it begins; swap the two times")
    return hours


def _ask_days(days: object) -> tuple[int, ...]:
    if not isinstance(days, list) or not all(isinstance(day, int) and day > 0 for day in days) or days != sorted(days):
        raise CadenceInvalid(f"ask_days = {days!r} is not understood; write working days in order, such as [5, 9]")
    return tuple(days)


def _draft_days(days: object) -> int:
    if not isinstance(days, int) or isinstance(days, bool) or days < 1:
        raise CadenceInvalid(f"draft_days = {days!r} is no number of days; use 1 or more")
    return days
