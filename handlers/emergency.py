"""Words of danger in any dialogue: the numbers at once, the words taken as ever, and then whether to go on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from domain.refusals import NotUnderstood
from handlers.activities import Services
from handlers.current import ask_again
from handlers.showing import quietly, show
from handlers.talk import Talk
from handlers.taps import Tapped
from locales.translator import Words
from services.caller import Caller
from views import emergency
from views.desk_composition import STAFF_PURPOSES
from views.taps import Verb

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Alarm(BaseMiddleware):
    """Stands before every conversation, so that none of them can forget it."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Shows the numbers before anything is done; what the handler would have asked waits for "Tetap lapor?"."""
        services, by, words = data["services"], data["by"], data["words"]
        if not isinstance(event, Message) or not await _speaks_for_themselves(event, by, services):
            return await handler(event, data)
        numbers = await services.emergency.numbers_for(by, event.text or event.caption or "")
        if not numbers:
            return await handler(event, data)
        await show(event, emergency.numbers(numbers, words))
        kept = await _taken(handler, event, data)
        await show(event, emergency.ask_go_on(words, kept=kept))
        return None


async def _taken(handler: Handler, event: Message, data: dict[str, Any]) -> bool:
    """Whether the words found their place; a cry of one word answers no question, and nobody is lectured for it."""
    with quietly():
        try:
            await handler(event, data)
        except NotUnderstood:
            return False
    return True


async def _speaks_for_themselves(message: Message, by: Caller, services: Services) -> bool:
    """Staff at work write about dangers all day: their answers and replies to cards are not cries for help."""
    if not by.actor.memberships:
        return True
    if message.reply_to_message is not None or (message.text or "").startswith("/"):
        return False
    if await services.practising.current(by) is not None:
        return False
    writing = await services.correspondence.current(by)
    return writing is None or writing.purpose not in STAFF_PURPOSES


def router() -> Talk:
    """The two answers to "Tetap lapor?"."""
    alarmed = Talk("emergency")
    alarmed.callback_query.register(take_go_on, Tapped(Verb.GO_ON))
    alarmed.callback_query.register(take_later, Tapped(Verb.LATER))
    return alarmed


async def take_go_on(query: CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """Ya, lanjutkan: the question that stands open."""
    await ask_again(query, by, services, words)


async def take_later(query: CallbackQuery, words: Words) -> None:
    """Nanti saja: what was told is a row already."""
    await show(query, emergency.later(words))
