"""Clocks that a proof sets wrong, and what time it really was when they showed something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.e2e.killable import Killable

READ_LATE = timedelta(seconds=2)
"""How long a process may still believe in what a clock showed before it was set."""


@dataclass
class Clocks:
    """The clocks of all processes, which go wrong together."""

    processes: Sequence[Killable]
    _settings: list[tuple[datetime, timedelta]] = field(default_factory=list)

    def show(self, instant: datetime) -> None:
        """Sets them; they go on from there."""
        now = datetime.now(UTC)
        shift = instant - now
        self._settings.append((now, shift))
        for process in self.processes:
            order = process.plan.orders.shift
            fresh = order.with_suffix(".new")
            fresh.write_text(str(shift.total_seconds()))
            fresh.replace(order)

    def move(self, by: timedelta) -> None:
        """Sets them ahead, or back."""
        self.show(datetime.now(UTC) + self._settings[-1][1] + by)

    def really(self, shown: datetime) -> datetime:
        """The instant at which they showed another one."""
        ends = [since for since, _ in self._settings[1:]] + [datetime.now(UTC)]
        for (since, shift), end in zip(self._settings, ends, strict=True):
            if since <= shown - shift <= end + READ_LATE:
                return shown - shift
        raise ValueError(f"no clock ever showed {shown}")
