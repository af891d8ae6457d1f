"""Choices that are typed: "2", "2." or the words of a button do what the button does.

Who cannot see buttons, or has a telephone that does not show them, gets everywhere by numbers.
"""

from __future__ import annotations

from typing import Any

from aiogram import Dispatcher
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.activities import Services
from handlers.current import current_screen
from handlers.showing import bot_of
from handlers.talk import Talk
from locales.translator import Words
from services.caller import Caller
from services.people import Guest
from views.screen import Screen
from views.spoken import choice, recalled
from views.taps import Tap

LONGEST = 60
"""Characters of the longest label; a longer text is a story and not a choice."""


class Typed(Filter):
    """Passes texts that name a choice, and hands over its `tap`."""

    async def __call__(
        self, message: Message, by: Caller, guest: Guest, services: Services, words: Words
    ) -> bool | dict[str, Any]:
        """Looks at the message that is replied to, at the newest screen of the chat, at the open question."""
        text = message.text
        if text is None or len(text) > LONGEST or text.startswith("/"):
            return False
        seen = (choice(screen, words, text) for screen in (_replied_to(message), recalled(guest.known.shown)))
        tap = next(filter(None, seen), None) or await self._of_question(text, by, services, words)
        return {"tap": tap} if tap else False

    @staticmethod
    async def _of_question(text: str, by: Caller, services: Services, words: Words) -> Tap | None:
        screen = await current_screen(by, services, words)
        return choice(screen, words, text) if screen else None


def router() -> Talk:
    """Stands before all other routers of messages."""
    choices = Talk("choices")
    choices.message.register(take_choice, Typed())
    return choices


async def take_choice(message: Message, tap: Tap, dispatcher: Dispatcher, **data: Any) -> Any:
    """Hands the choice to whoever answers its button."""
    if message.from_user is None:
        return None
    query = CallbackQuery(id="typed", from_user=message.from_user, chat_instance="typed", data=tap.pack())
    return await dispatcher.propagate_event("callback_query", query.as_(bot_of(message)), dispatcher=dispatcher, **data)


def _replied_to(message: Message) -> Screen:
    """The buttons of the message that is replied to."""
    replied = message.reply_to_message
    rows = replied.reply_markup.inline_keyboard if replied and replied.reply_markup else []
    return recalled((button.text, button.callback_data) for row in rows for button in row)
