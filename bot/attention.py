"""Looks now and then whether another process has changed what the router knows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

LOOK_EVERY_S = 20
"""Seconds between two looks; so long a new directory takes to be used everywhere."""


@dataclass
class Attention:
    """A part of a process; `look` says whether something had changed."""

    look: Callable[[], Awaitable[bool]]
    every_s: float = LOOK_EVERY_S
    _stopped: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def stop(self) -> None:
        """Looks no more."""
        self._stopped.set()

    async def run(self) -> None:
        """Looks until stopped; a register that is away is looked at again."""
        while not self._stopped.is_set():
            try:
                async with asyncio.timeout(self.every_s):
                    await self._stopped.wait()
            except TimeoutError:
                await self._look()

    async def _look(self) -> None:
        try:
            if await self.look():
                log.info("the directory and what was learned are read anew")
        except Exception:  # the loop must outlive a database that is away
            log.exception("what the router knows cannot be read")
