"""A bell that wakes everybody who waits for something to change."""

import asyncio
from collections.abc import Callable


class Bell:
    """Rings at every change; who waits looks again and decides."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._closed = False

    def ring(self) -> None:
        """Wakes everybody who waits."""
        self._event.set()
        self._event = asyncio.Event()

    def close(self) -> None:
        """Sends everybody home, now and later."""
        self._closed = True
        self.ring()

    async def wait_until(self, happened: Callable[[], bool], seconds: float) -> None:
        """Returns as soon as it has happened, or after so many seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not happened() and not self._closed and loop.time() < deadline:
            change = asyncio.ensure_future(self._event.wait())
            await asyncio.wait([change], timeout=deadline - loop.time())
            change.cancel()
