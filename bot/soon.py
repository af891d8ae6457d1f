"""Rings once for many calls: what a burst of updates may owe is looked for once, a moment later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

MOMENT_S = 0.3
"""Nobody notices it where files are fetched and groups are written to, and it spares nearly all looks."""


class Soon:
    """Calls `ring` a moment after it was called first."""

    def __init__(self, ring: Callable[[], None], moment: float = MOMENT_S) -> None:
        """Has nothing to do yet."""
        self._ring = ring
        self._moment = moment
        self._waiting = False

    def __call__(self) -> None:
        """Returns at once."""
        if not self._waiting:
            self._waiting = True
            asyncio.get_running_loop().call_later(self._moment, self._now)

    def _now(self) -> None:
        self._waiting = False
        self._ring()
