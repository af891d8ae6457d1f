"""Our processes as processes of their own, which end themselves by SIGKILL at the N-th write after a file says N.

Only the tests know this door: the program has none. The processes are forked from one that has imported everything
already, for importing aiogram takes longer than all the rest.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.app import Application, Conversation
from bot.house import open_house
from bot.logs import configure
from bot.scheduling import Scheduling
from tests.e2e.house import settings_for
from tests.eavesdropping import kept_for_the_ear

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)
PATIENCE_S = 60
SURVIVES_S = 3

KINDS = {"run": Application, "bot": Conversation, "scheduler": Scheduling}


@dataclass(frozen=True)
class Orders:
    """Files by which a test speaks to its processes."""

    folder: Path

    @property
    def death(self) -> Path:
        """Holds the number of the write at which the process ends."""
        return self.folder / "order"

    @property
    def shift(self) -> Path:
        """Holds the seconds by which the clock is wrong."""
        return self.folder / "shift"

    @property
    def full(self) -> Path:
        """While it is there, the disk is full."""
        return self.folder / "full"

    @property
    def log(self) -> Path:
        """Where the process writes what it has to say."""
        return self.folder / "log"


@dataclass(frozen=True)
class Plan:
    """Which process, with which settings; `lease_s` is how long a chat is held, if not as long as usual."""

    kind: str
    database_url: str
    telegram_url: str
    orders: Orders
    settings: Mapping[str, Any] = field(default_factory=dict)
    lease_s: float | None = None


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


class SmallDisk:
    """Lets a SQLite file grow no further while the file `full` is there."""

    def __init__(self, full: Path) -> None:
        """Looks at the beginning of every transaction."""
        self._full = full
        self._filled = False
        event.listen(Engine, "begin", self._before_transaction)

    def _before_transaction(self, connection: Connection) -> None:
        if connection.dialect.name != "sqlite" or self._full.exists() == self._filled:
            return
        # A limit is one connection's own, and only the one that writes may grow the file.
        if connection.exec_driver_sql("PRAGMA query_only").scalar():
            return
        self._filled = not self._filled
        # SQLite never takes less than there is: so this is as small as the disk can be.
        connection.exec_driver_sql(f"PRAGMA max_page_count={1 if self._filled else 2**31}")


@dataclass(frozen=True)
class ShiftedClock:
    """The machine's clock, as wrong as a file says."""

    shift: Path

    def __call__(self) -> datetime:
        """The instant that it shows."""
        wrong = float(self.shift.read_text()) if self.shift.exists() else 0
        return datetime.now(UTC) + timedelta(seconds=wrong)


def live(plan: Plan) -> None:
    """Runs the process until SIGTERM, or until the fuse burns."""
    sys.stderr = plan.orders.log.open("a", buffering=1)
    asyncio.run(_live(plan))


async def _live(plan: Plan) -> None:
    Fuse(plan.orders.death)
    SmallDisk(plan.orders.full)
    settings = settings_for(plan.database_url, plan.telegram_url, **plan.settings)
    configure("INFO", settings.secrets)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with open_house(settings, ShiftedClock(plan.orders.shift)) as house:
        process = KINDS[plan.kind](settings, house)
        if plan.lease_s and isinstance(process, Application | Conversation):
            process.inbox.lease = timedelta(seconds=plan.lease_s)
        await process.run(stop)


class Killable:
    """A process that can be told to die at a write."""

    def __init__(self, plan: Plan) -> None:
        """Starts nothing yet."""
        self.plan = plan
        kept_for_the_ear(plan.orders.log)
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__])
        self._order = plan.orders.death
        self._process: multiprocessing.process.BaseProcess | None = None

    async def starts(self) -> None:
        """A fresh process, harmless so far."""
        self._order.unlink(missing_ok=True)
        self._process = self._context.Process(target=live, args=(self.plan,))
        await asyncio.to_thread(self._process.start)

    def will_die_at(self, point: int) -> None:
        """From now on writes are counted."""
        fresh = self._order.with_suffix(".new")
        fresh.write_text(str(point))
        fresh.replace(self._order)

    async def died(self, within: float = SURVIVES_S) -> bool:
        """Waits for the end; False when the chosen write has not come by then."""
        return await self.ended(within) == -signal.SIGKILL

    async def is_killed(self) -> None:
        """Ends it at once, wherever it is."""
        if self._process is not None and self._process.is_alive():
            self._process.kill()
            await self.ended(PATIENCE_S)

    async def stops(self, within: float = PATIENCE_S) -> int | None:
        """Ends it politely; returns its exit status, None when it has not ended in time."""
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            return await self.ended(within)
        return None

    async def ended(self, within: float) -> int | None:
        """Waits for the end; None when there is none so far."""
        assert self._process is not None
        await asyncio.to_thread(self._process.join, within)
        return self._process.exitcode
