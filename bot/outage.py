"""Says sorry to whoever speaks with us while the register cannot be written, for nothing else can be done then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.storing import Update, chat_key
from locales.translator import locale_of, words_for

log = logging.getLogger(__name__)

HICCUP_S = 5
"""Seconds for which the register may be away without a word about it."""

MOST = 200
"""People who are told in one outage: a notice must not become a flood of its own."""


@dataclass
class Outage:
    """What is wrong now, as far as keeping updates goes. Everybody is told once, until it is over."""

    bot: Bot
    hiccup_s: float = HICCUP_S
    _since: float | None = field(default=None, init=False)
    _told: set[int] = field(default_factory=set, init=False)

    def over(self) -> None:
        """An update was kept."""
        self._since = None
        self._told.clear()

    async def goes_on(self, updates: Sequence[Update]) -> None:
        """These could not be kept: after the first seconds, their senders learn that it is our fault."""
        now = asyncio.get_running_loop().time()
        self._since = now if self._since is None else self._since
        if now - self._since < self.hiccup_s:
            return
        for update in updates:
            key = chat_key(update)
            if key.isdigit() and int(key) not in self._told and len(self._told) < MOST:
                self._told.add(int(key))
                await self._tell(int(key), _language(update))

    async def _tell(self, chat_id: int, language: str) -> None:
        try:
            await self.bot.send_message(chat_id, words_for(language)("outage"))
        except TelegramAPIError as error:
            log.warning("an outage could not be told: %s", type(error).__name__)


def _language(update: Update) -> str:
    """The language of the sender's telephone: what they have chosen stands in the register, which is away."""
    found: Any = next((said for said in update.values() if isinstance(said, dict)), {})
    sender = found.get("from")
    code = sender.get("language_code") if isinstance(sender, dict) else None
    return locale_of(code if isinstance(code, str) else None)
