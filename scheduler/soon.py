"""Rings once for many calls: what a burst of updates may owe is looked for once, a moment later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

MOMENT = timedelta(milliseconds=300)
"""Nobody notices it where files are fetched and groups are written to, and it spares nearly all looks."""


class Soon:
    """Calls `ring` a moment after it was called first."""

    def __init__(self, ring: Callable[[], None], moment: timedelta = MOMENT) -> None:
        """Has nothing to do yet."""
        self._ring = ring
        self._moment = moment
        self._waiting = False

    def __call__(self) -> None:
        """Returns at once."""
        if not self._waiting:
            self._waiting = True
            asyncio.get_running_loop().call_later(self._moment.total_seconds(), self._now)

    def _now(self) -> None:
        self._waiting = False
        self._ring()
