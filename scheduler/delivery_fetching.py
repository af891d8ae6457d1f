"""Fetching: brings the files that people sent from Telegram into our own store, while nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from telegram.error import BadRequest, InvalidToken, TelegramError

from domain.drafting import FILE_MAX
from domain.time import Clock
from scheduler.delivery_courier import Courier
from scheduler.rounds import Rounds
from services.evidence import Evidence, NoRoom

AT_ONCE = 2
"""Files that are fetched side by side; each is in memory whole."""

POLL = timedelta(seconds=5)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fetched:
    """The bytes."""

    content: bytes


@dataclass(frozen=True)
class NotNow:
    """They did not come. `refused`: Telegram answered, and did not give them; its link may have run out."""

    refused: bool


@dataclass(frozen=True)
class TooBig:
    """No bot can ever fetch this one."""


Outcome = Fetched | NotNow | TooBig


class Line:
    """Fetches one file by its handle. The address holds the bot's token: it is neither logged nor handed on."""

    def __init__(self, courier: Courier) -> None:
        """Shares the courier's connections."""
        self._bot = courier.bot

    async def fetch(self, handle: str) -> Outcome:
        """Asks for a fresh link, and follows it; every error becomes an outcome."""
        try:
            found = await self._bot.get_file(handle)
            if (found.file_size or 0) > FILE_MAX:
                return TooBig()
            # The library would read a file of our own disk if there were one of this name.
            path = (found.file_path or "").removeprefix(f"{self._bot.base_file_url}/")
            content = await self._bot.request.retrieve(f"{self._bot.base_file_url}/{quote(path)}")
        except BadRequest as error:
            return TooBig() if "too big" in error.message.lower() else NotNow(refused=True)
        except InvalidToken:
            # This is how the library reads a 404: the link has run out, a fresh one is asked for next time.
            return NotNow(refused=True)
        except TelegramError as error:
            log.info("a file could not be fetched yet: %s", type(error).__name__)
            return NotNow(refused=False)
        return Fetched(content) if 0 < len(content) <= FILE_MAX else NotNow(refused=True)


class Fetching(Rounds):
    """Works off what is owed to the store; several processes may, since each claims its files."""

    def __init__(self, evidence: Evidence, line: Line, clock: Clock, kept: Callable[[], None] = lambda: None) -> None:
        """Does nothing until `run`; `kept` is called when a file has come: letters may wait for it."""
        super().__init__()
        self._evidence = evidence
        self._line = line
        self._clock = clock
        self._kept = kept

    async def run(self) -> None:
        """Fetches until it is stopped."""
        while not self._stopped:
            if not await self._guarded(self.round):
                await self._rest(POLL.total_seconds())

    async def round(self) -> int:
        """Fetches a few that are owed now; returns how many were tried."""
        owed = await self._evidence.owed(self._clock(), AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for attachment_id, handle in owed:
                group.create_task(self._fetch(attachment_id, handle))
        return len(owed)

    async def _fetch(self, attachment_id: int, handle: str) -> None:
        try:
            await self._settle(attachment_id, await self._line.fetch(handle))
        except NoRoom:
            log.error("the file store is full: raise LAPOR_FILES_GB, or free the disk; files wait at Telegram")
            await self._evidence.put_off(attachment_id, refused=False)
        except OSError as error:
            log.error("a file could not be written: %s", type(error).__name__)
            await self._evidence.put_off(attachment_id, refused=False)

    async def _settle(self, attachment_id: int, outcome: Outcome) -> None:
        match outcome:
            case Fetched(content):
                await self._evidence.keep(attachment_id, content)
            case NotNow(refused):
                await self._evidence.put_off(attachment_id, refused=refused)
            case TooBig():
                await self._evidence.give_up(attachment_id)
        self._kept()

    async def _guarded(self, work: Callable[[], Awaitable[int]]) -> int:
        try:
            return await work()
        except Exception as error:  # noqa: BLE001 (whatever ails the database, files are fetched when it is well)
            log.warning("fetching waits: %s", type(error).__name__)
            return 0
