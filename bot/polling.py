"""Fetches updates and stores every one before Telegram may forget it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.mend import Mend
from bot.outage import Outage
from bot.storing import WANTED, Keep

log = logging.getLogger(__name__)

TOKEN_REFUSED = "TELEGRAM_TOKEN is refused by Telegram: ask @BotFather for the current one"

POLL_S = 25
"""Seconds that Telegram holds a poll open while nothing happens."""

ANSWER_WITHIN_S = POLL_S + 10
WAITS_S = (1, 2, 4, 8, 15, 30)
"""Seconds between attempts while Telegram or the database is away; the last one repeats."""


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without parsing: an update that aiogram does not understand must not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]


@dataclass
class Polling:
    """Asks for updates, one poll at a time; the next offset acknowledges what is committed."""

    bot: Bot
    keep: Keep
    outage: Outage | None = None
    _offset: int = field(default=0, init=False)

    async def run(self) -> None:
        """Polls until cancelled; raises `Mend` when the token is refused."""
        await self._forget_webhook()
        waits = _waits()
        while True:
            try:
                await self.once()
                waits = _waits()
            except TelegramUnauthorizedError:
                raise Mend(TOKEN_REFUSED) from None
            except TelegramRetryAfter as flood:
                log.warning("telegram asks to wait seconds=%d", flood.retry_after)
                await asyncio.sleep(flood.retry_after)
            except Exception as error:  # noqa: BLE001 (the poll must outlive a network or a database that is away)
                wait = next(waits)
                log.warning("%s; next try in seconds=%d", _reason(error), wait)
                await asyncio.sleep(wait)

    async def once(self) -> None:
        """Fetches one batch and stores it."""
        batch = await self.bot(
            GetRawUpdates(offset=self._offset, timeout=POLL_S, allowed_updates=WANTED),
            request_timeout=ANSWER_WITHIN_S,
        )
        if not batch:
            return
        await self._keep(batch)
        # Only now: the next poll tells Telegram that these need not come again.
        self._offset = max(update["update_id"] for update in batch) + 1

    async def _keep(self, batch: list[dict[str, Any]]) -> None:
        try:
            await self.keep(batch)
        except Exception:
            if self.outage:
                await self.outage.goes_on(batch)
            raise
        if self.outage:
            self.outage.over()

    async def _forget_webhook(self) -> None:
        """A webhook that somebody set once would answer every poll with 409."""
        waits = _waits()
        while True:
            try:
                await self.bot.delete_webhook(drop_pending_updates=False)
            except TelegramUnauthorizedError:
                raise Mend(TOKEN_REFUSED) from None
            except TelegramAPIError as error:
                wait = next(waits)
                log.warning("%s; next try in seconds=%d", _reason(error), wait)
                await asyncio.sleep(wait)
            else:
                return


def _waits() -> chain[int]:
    return chain(WAITS_S, repeat(WAITS_S[-1]))


def _reason(error: Exception) -> str:
    if isinstance(error, TelegramConflictError):
        return "another process polls with this token (409): stop it, or use another token"
    return f"updates cannot be fetched: {type(error).__name__}"
