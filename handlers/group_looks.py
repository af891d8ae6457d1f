"""What an officer only looks at in the unit's group: the queue, how the group does, a card for the private chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.activities import Services
from handlers.group_desk import check
from handlers.group_gate import CHECK, QUEUE
from handlers.group_showing import TYPED, answer, hint, redraw, settle, tell
from handlers.incoming import Said
from handlers.showing import bot_of
from handlers.talk import Talk
from handlers.taps import Tapped, whole, word
from locales.translator import Words
from services.caller import Caller
from services.group_sheets import RoomSheet
from storage.unit_of_work import Cause
from views import groups
from views.menus import group_answer
from views.screen import Screen
from views.taps import Tap, Verb

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Unhurried(BaseMiddleware):
    """Shows nothing while a group sends too much; who taps reads why, who writes once a minute. Work goes on."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Lets through what is within the limit."""
        services: Services = data["services"]
        cause: Cause | None = data.get("cause")
        if await services.fairness.may_look(cause):
            return await handler(event, data)
        query = event if isinstance(event, CallbackQuery) else None
        if query is not None and query.id != TYPED:
            return await tell(query, data["words"]("group.slow"))
        message, room = query.message if query else event, data["room"]
        if not isinstance(message, Message):
            return None
        known = services.groups
        if await known.may_hint(room) if room else known.may_hint_at(message.chat.id):
            await hint(message, Screen(data["words"]("group.slow")))
        return None


def router() -> Talk:
    """Stands behind what is work, and answers whatever else is said or tapped."""
    looks = Talk("group_looks")
    looks.message.middleware(Unhurried())
    looks.callback_query.middleware(Unhurried())
    looks.message.register(show_queue, Command(QUEUE))
    looks.message.register(check, Command(CHECK))
    looks.message.register(show_the_way, ~Said())
    looks.callback_query.register(bring, Tapped(Verb.SHOW))
    looks.callback_query.register(turn_queue, Tapped(Verb.QUEUE))
    looks.callback_query.register(refer)
    return looks


async def show_queue(message: Message, room: RoomSheet, services: Services, words: Words) -> None:
    """/antrean: what the unit has to do, whatever else the officer works on."""
    await answer(message, groups.queue(await services.groups.queue(room), words))


async def turn_queue(query: CallbackQuery, tap: Tap, room: RoomSheet, services: Services, words: Words) -> None:
    """Another page of it."""
    await redraw(query, groups.queue(await services.groups.queue(room, whole(tap, 0)), words))
    await settle(query)


async def show_the_way(message: Message, words: Words) -> None:
    """A command that makes no sense here."""
    await hint(message, group_answer(words, (await bot_of(message).me()).username or ""))


async def bring(query: CallbackQuery, tap: Tap, room: RoomSheet, by: Caller, services: Services, words: Words) -> None:
    """Buka di obrolan pribadi."""
    await services.groups.bring(by, room, word(tap, 0))
    await tell(query, words("group.brought"))


async def refer(query: CallbackQuery, words: Words) -> None:
    """A button of the private chat, an old one, a forged one."""
    await tell(query, words("group.tap_private"))
