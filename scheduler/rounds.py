"""What works in rounds until it is stopped, and can be woken while it rests between two."""

from __future__ import annotations

import asyncio
import contextlib


class Rounds:
    """The rest between the rounds: it ends early when somebody wakes or stops the worker."""

    def __init__(self) -> None:
        """Is neither woken nor stopped."""
        self._woken = asyncio.Event()
        self._stopped = False

    def wake(self) -> None:
        """Something may be due: looks at once instead of at the next poll."""
        self._woken.set()

    def stop(self) -> None:
        """Begins nothing more; what is under way is waited for."""
        self._stopped = True
        self.wake()

    async def _rest(self, seconds: float) -> bool:
        """Waits to be woken, or so long; returns whether it was woken."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        woken = self._woken.is_set()
        self._woken.clear()
        return woken
