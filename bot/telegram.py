"""The conversation's line to Telegram: aiogram's bot, by the settings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    Response,
    SendMessage,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType

from bot.settings import Settings
from handlers.showing import SpeakingBot

SHORT_WAIT_S = 5
"""Seconds of a 429 that a conversation waits out; after a longer one the question is asked again later."""

ANSWER_WITHIN_S = 20
"""Seconds that a call may take before it counts as failed."""

_COUNTED = ("Send", "Copy", "Edit")
"""How the methods begin that Telegram counts as messages."""

_SPOKEN = (SendMessage, EditMessageText, EditMessageReplyMarkup, AnswerCallbackQuery, SetMyCommands)


class Patience(BaseRequestMiddleware):
    """Waits out a short flood limit once; aiogram has no limiter of its own."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Any:
        """Calls, and calls again after a wait that Telegram has asked for."""
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as flood:
            if flood.retry_after > SHORT_WAIT_S:
                raise
            await asyncio.sleep(flood.retry_after)
            return await make_request(bot, method)


class Counted(BaseRequestMiddleware):
    """Tells whoever shares Telegram's limit of each message that a dialogue sends; it waits for nobody."""

    def __init__(self, sent: Callable[[], None]) -> None:
        """Calls `sent` before each message."""
        self._sent = sent

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Any:
        """Calls."""
        if type(method).__name__.startswith(_COUNTED):
            self._sent()
        return await make_request(bot, method)


def open_line(settings: Settings) -> SpeakingBot:
    """Makes the bot; it connects at the first call and must be closed by `session.close()`."""
    session = AiohttpSession(
        proxy=settings.proxy,
        api=TelegramAPIServer.from_base(settings.telegram_api_url),
        timeout=ANSWER_WITHIN_S,
    )
    session.middleware(Patience())
    return SpeakingBot(settings.token, session=session)


def response_types() -> tuple[type[Any], ...]:
    """The answers' types, to be held: pydantic keeps them weakly, and aiogram would build them at every call."""
    return tuple(Response[method.__returning__] for method in _SPOKEN)  # type: ignore[name-defined]  # made at run time
