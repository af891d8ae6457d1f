"""Anything unexpected: a polite answer, the current question again, and the draft as it was."""

from __future__ import annotations

from aiogram.types import CallbackQuery, Message

from handlers.activities import Services
from handlers.current import ask_again
from handlers.showing import drop_buttons
from handlers.talk import Talk
from locales.translator import Words
from services.caller import Caller


def router() -> Talk:
    """Stands behind all other routers."""
    fallback = Talk("fallback")
    fallback.message.register(take_anything)
    fallback.callback_query.register(take_old_button)
    return fallback


async def take_anything(message: Message, by: Caller, services: Services, words: Words) -> None:
    """A sticker, a poll, a contact, a command that does not exist, words that answer nothing."""
    await ask_again(message, by, services, words, words(_key(message)))


async def take_old_button(query: CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """A button of an older version, or a forged one."""
    await drop_buttons(query)
    await ask_again(query, by, services, words, words("refusal.stale_step"))


def _key(message: Message) -> str:
    if message.text is None:
        return "fallback.content"
    return "fallback.command" if message.text.startswith("/") else "fallback.text"
