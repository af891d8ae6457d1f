"""What people read about deadlines: why they are due, what moved, what is late and whom it has climbed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar import Holiday
from domain.deadlines import Explanation
from domain.lifecycle import ClockKind, Role, Status


@dataclass(frozen=True)
class ClockWhy:
    """One deadline with its reasons. `national_limit` differs from the limit where an agency has promised less."""

    explanation: Explanation
    regulation: str
    national_limit: int
    stopped_at: datetime | None
    in_time: bool | None
    told: tuple[tuple[Role, datetime], ...]


@dataclass(frozen=True)
class WhySheet:
    """Why a complaint is due when it is."""

    number: str
    status: Status
    clocks: tuple[ClockWhy, ...]


@dataclass(frozen=True)
class MovedLine:
    """A deadline of the reader's that has another date since the free days changed."""

    number: str
    clock: ClockKind
    before: datetime
    due_at: datetime
    time_zone: str


@dataclass(frozen=True)
class MovedSheet:
    """What moved, and because of which days: those that are free now and those that no longer are."""

    lines: tuple[MovedLine, ...]
    free: tuple[Holiday, ...]
    working: tuple[Holiday, ...]


@dataclass(frozen=True)
class EscalatedLine:
    """A late complaint that has climbed to the reader; `summary` is empty for whoever sees figures only."""

    number: str
    clock: ClockKind
    office: str | None
    summary: str | None
    due_at: datetime
    time_zone: str
    days_late: int
    tier: Role


@dataclass(frozen=True)
class LateSheet:
    """An honest word to the citizen: what is late, whom it was told, and whom next if nothing comes."""

    clock: ClockKind
    due_at: datetime
    time_zone: str
    told: tuple[tuple[Role, date], ...]
    next_tier: Role | None
    next_on: date | None
