"""A coordinator's day as figures and lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DigestLine:
    """A complaint in the digest with the days that it is late (0: due today)."""

    number: str
    summary: str
    unit: str | None
    days_late: int


@dataclass(frozen=True)
class Series:
    """Figures day by day, the last one today: what came in, what was finished, what was late at the day's end."""

    first: date
    received: tuple[int, ...]
    done: tuple[int, ...]
    overdue: tuple[int, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing at all has happened."""
        return not any((*self.received, *self.done, *self.overdue))


@dataclass(frozen=True)
class DigestSheet:
    """A coordinator's day: not yet routed first, due today, overdue oldest first with how many are hidden."""

    government: str
    on: date
    unrouted: tuple[DigestLine, ...]
    unrouted_hidden: int
    due_today: tuple[DigestLine, ...]
    due_today_hidden: int
    overdue: tuple[DigestLine, ...]
    overdue_hidden: int
    low_ratings: tuple[DigestLine, ...]
    unreachable_citizens: int
    received_yesterday: int
    done_yesterday: int
    units_without_officer: tuple[str, ...]
    requests: tuple[DigestLine, ...] = ()
    requests_hidden: int = 0
    returned: tuple[DigestLine, ...] = ()
    returned_hidden: int = 0
    series: Series | None = None
    hollow: tuple[DigestLine, ...] = ()
    hollow_hidden: int = 0
    log_head: str | None = None
    revealed: int = 0
    flagged: tuple[DigestLine, ...] = ()
    lost_groups: tuple[str, ...] = ()
    idle: int = 0
