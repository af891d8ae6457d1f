"""Runs the parts of a process side by side until it is told to stop, and lets each end what it has begun."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from bot.mend import Mend

log = logging.getLogger(__name__)

DRAIN_S = 8
"""Seconds that work in flight has to end after a stop; what does not is done again at the next start."""


class Part(Protocol):
    """Something that works until it is stopped."""

    async def run(self) -> None:
        """Works, and after a stop ends what it has begun."""

    def stop(self) -> None:
        """Takes nothing new."""


class Listener(Protocol):
    """Something that listens until it is cancelled."""

    async def run(self) -> None:
        """Listens."""


async def run_parts(parts: Sequence[Part], stop: asyncio.Event, listener: Listener | None = None) -> None:
    """Runs everything until `stop` is set, then ends within ten seconds; raises `Mend` when a part does."""
    with suppress(TimeoutError):
        async with asyncio.timeout(None) as limit:
            try:
                async with asyncio.TaskGroup() as group:
                    listening = group.create_task(listener.run()) if listener else None
                    for part in parts:
                        group.create_task(part.run())
                    await stop.wait()
                    limit.reschedule(asyncio.get_running_loop().time() + DRAIN_S)
                    if listening:
                        listening.cancel()
                    for part in parts:
                        part.stop()
            except* Mend as refused:
                raise refused.exceptions[0] from None
    log.info("stopped")
