"""The demo's clock: it begins on a fixed morning, runs on with real time, and its holder can move it forward."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day

from domain.calendar import WorkingCalendar
from storage.seed.holidays import seed_holidays

ZONE = "Asia/Jakarta"

MORNING = datetime(2026, 4, 7, 1, 30, tzinfo=UTC)
"""Tuesday 7 April 2026, 08:30 in Jakarta: offices are open, and three weeks without a holiday lie ahead."""

DAY_BEGINS = time_of_day(8, 30)
"""When a working day is entered: after the opening of the offices, so that reminders and digests are due."""


class DemoClock:
    """A clock like any other for those who are given it; only its maker can move it, and only forward."""

    def __init__(self, start: datetime = MORNING, seconds: Callable[[], float] = time.monotonic) -> None:
        """Shows `start` now and runs on by `seconds`, which counts real ones."""
        self._start = start
        self._seconds = seconds
        self._begun = seconds()
        self._calendar = WorkingCalendar(ZONE, seed_holidays(range(start.year, start.year + 3)))

    def __call__(self) -> datetime:
        """The instant that it shows, in UTC."""
        return self._start + timedelta(seconds=self._seconds() - self._begun)

    def advance(self, by: timedelta) -> timedelta:
        """Moves forward and returns by how much; raises ValueError for a step back."""
        if by < timedelta():
            raise ValueError("time does not run backward, not even here")
        self._start += by
        return by

    def to_next_working_morning(self, days: int = 1) -> timedelta:
        """Moves to the morning of the `days`-th working day after today; returns by how much."""
        now = self()
        day = self._calendar.shift(self._calendar.local_date(now), days)
        return self.advance(datetime.combine(day, DAY_BEGINS, self._calendar.local(now).tzinfo) - now)

    @property
    def local(self) -> datetime:
        """The instant as clocks in Jakarta show it."""
        return self._calendar.local(self())
