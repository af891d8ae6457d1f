"""The jobs: what happens by itself. Each asks the database what is due and owes messages; none sends any."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

Act = Callable[[datetime], Awaitable[int]]


class Timekeeping(Protocol):
    """What falls due by the clock. Every method returns how much it did, and doing it twice does it once."""

    async def resume_holds(self, now: datetime) -> int:
        """Lets complaints go on whose pause is used up."""

    async def close_silent(self, now: datetime) -> int:
        """Closes what the citizen has not objected to in time."""

    async def remind(self, now: datetime) -> int:
        """Owes officers their reminders."""

    async def digests(self, now: datetime) -> int:
        """Owes coordinators their day."""


@dataclass(frozen=True)
class Job:
    """One thing that happens by itself: how often it is asked whether it is due, and what then is done."""

    id: str
    caption: str
    every: timedelta
    act: Act


def jobs_of(timekeeping: Timekeeping) -> tuple[Job, ...]:
    """Every job, in the order in which they run when they run together: statuses move before people are told."""
    minute = timedelta(minutes=1)
    return (
        Job("resume_holds", "complaints go on whose pause is used up", minute, timekeeping.resume_holds),
        Job("close_silent", "finished complaints close when the citizen is silent", minute, timekeeping.close_silent),
        Job("remind", "officers are reminded before and after the due date", minute, timekeeping.remind),
        Job("digests", "coordinators get the digest of their day", minute, timekeeping.digests),
    )
