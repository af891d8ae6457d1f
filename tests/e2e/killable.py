"""The application in a process of its own that ends itself by SIGKILL at the N-th write after a file says N.

Only the tests know this door: the program has none. The processes are forked from one that has imported everything
already, for importing aiogram takes longer than all the rest.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
import signal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.app import Application
from bot.composition import open_house
from bot.logs import configure
from tests.e2e.house import settings_for

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)
PATIENCE_S = 60
SURVIVES_S = 3


class Fuse:
    """Counts the writes and commits since the file appeared, and ends the process at the chosen one."""

    def __init__(self, order: Path) -> None:
        """Is harmless until the file `order` holds a number."""
        self._order = order
        self._burnt = 0
        self._dirty = False
        event.listen(Engine, "before_cursor_execute", self._before_statement)
        event.listen(Engine, "commit", self._before_commit)

    def _before_statement(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if WRITES.match(statement):
            self._dirty = True
            self._burn()

    def _before_commit(self, _connection: Any) -> None:
        if self._dirty:
            self._dirty = False
            self._burn()

    def _burn(self) -> None:
        if not self._order.exists():
            return
        self._burnt += 1
        if self._burnt == int(self._order.read_text()):
            os.kill(os.getpid(), signal.SIGKILL)


def live(telegram_url: str, database_url: str, order: Path) -> None:
    """Runs the application until SIGTERM, or until the fuse burns."""
    asyncio.run(_live(telegram_url, database_url, order))


async def _live(telegram_url: str, database_url: str, order: Path) -> None:
    Fuse(order)
    settings = settings_for(database_url, telegram_url)
    configure("ERROR", settings.secrets)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with open_house(settings) as house:
        await Application(settings, house).run(stop)


class Killable:
    """The application in a process that can be told to die at a write."""

    def __init__(self, telegram_url: str, database_url: str, order: Path) -> None:
        """Starts nothing yet."""
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__])
        self._settings = (telegram_url, database_url, order)
        self._order = order
        self._process: multiprocessing.process.BaseProcess | None = None

    async def starts(self) -> None:
        """A fresh process, harmless so far."""
        self._order.unlink(missing_ok=True)
        self._process = self._context.Process(target=live, args=self._settings)
        await asyncio.to_thread(self._process.start)

    def will_die_at(self, point: int) -> None:
        """From now on writes are counted."""
        fresh = self._order.with_suffix(".new")
        fresh.write_text(str(point))
        fresh.replace(self._order)

    async def died(self) -> bool:
        """Waits for the end; False when the chosen write has not come by then."""
        return await self._ended(SURVIVES_S) == -signal.SIGKILL

    async def stops(self) -> None:
        """Ends it politely."""
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            await self._ended(PATIENCE_S)

    async def _ended(self, within: float) -> int | None:
        assert self._process is not None
        await asyncio.to_thread(self._process.join, within)
        return self._process.exitcode
