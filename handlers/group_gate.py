"""The door of every group: plain talk passes by unread, strangers are shown the way, people of the unit come in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from domain.groups import ANONYMOUS_ADMINISTRATOR
from domain.lifecycle import WORKERS
from handlers.activities import Services
from handlers.group_showing import hint, tell
from locales.translator import Words, locale_of, words_for
from services.group_sheets import Encounter
from views import group_desk
from views.menus import group_answer

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

CONNECT, DISCONNECT, CHECK, QUEUE, REPLY = "hubungkan", "putuskan", "cek", "antrean", "balas"
OURS = frozenset({CONNECT, DISCONNECT, CHECK, QUEUE, REPLY})
"""What makes sense in a group; everything else is answered with the way to the private chat."""


class Gate(BaseMiddleware):
    """Stands before every handler of groups. Nothing of a stranger is kept, and nobody is met as in a private chat."""

    def __init__(self, services: Services) -> None:
        """Asks `services.groups`."""
        self._services = services

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Lets through what the unit's own people do, and what Telegram itself tells of the group."""
        if not isinstance(event, Update):
            return None
        asked = event.callback_query or event.message
        if event.my_chat_member or (event.message and moves(event.message)):
            return await handler(event, data)
        if asked is None or not await concerns_us(asked, data["bot"]):
            return None
        user = account_of(asked)
        met = await self._services.groups.meet(data["event_chat"].id, user.id if user else None, data.get("cause"))
        # In place: who explains a refusal is given the same.
        data |= {"met": met, "room": met.room, "by": met.by, "words": _words(met, asked.from_user)}
        if met.member or _begins(asked, met):
            return await handler(event, data)
        return await self._show_the_way(asked, met, data["words"], data["bot"], masked=user is None)

    async def _show_the_way(
        self, asked: Message | CallbackQuery, met: Encounter, words: Words, bot: Bot, *, masked: bool
    ) -> None:
        if isinstance(asked, CallbackQuery):
            unit = met.room.unit if met.room else ""
            return await tell(asked, words("group.tap_stranger", unit=unit) if unit else words("group.tap_unconnected"))
        command = command_of(asked)
        if command is None and met.room is None:
            return None
        groups = self._services.groups
        if not (await groups.may_hint(met.room) if met.room else groups.may_hint_at(asked.chat.id)):
            return None
        username = (await bot.me()).username or ""
        if masked and (met.room or command in OURS):
            return await hint(asked, group_desk.masked(username, words))
        if command is None and met.room is not None:
            return await hint(asked, group_desk.only_staff(met.room.unit, username, words))
        return await hint(asked, group_answer(words, username))


def moves(message: Message) -> bool:
    """Whether a group says that it has become another one."""
    return message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None


async def concerns_us(asked: Message | CallbackQuery, bot: Bot) -> bool:
    """Whether it is a tap, a command for us, or a reply to what we wrote; all else is talk among people."""
    if isinstance(asked, CallbackQuery):
        return True
    text = asked.text or asked.caption or ""
    if text.startswith("/"):
        _, at, addressed = text.split(maxsplit=1)[0].partition("@")
        return not at or addressed.lower() == ((await bot.me()).username or "").lower()
    return replies_to(asked, bot) is not None


def replies_to(message: Message, bot: Bot) -> Message | None:
    """Our message that is replied to. Whatever is written in a topic seems to answer the line that opened it."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != bot.id:
        return None
    return None if replied.forum_topic_created else replied


def account_of(asked: Message | CallbackQuery) -> User | None:
    """Who it is; None for whoever writes in the name of a group or a channel: that may be anybody."""
    user = asked.from_user
    masked = isinstance(asked, Message) and asked.sender_chat is not None
    if masked or user is None or user.is_bot or user.id == ANONYMOUS_ADMINISTRATOR:
        return None
    return user


def command_of(message: Message) -> str | None:
    """The name of a command, without what it is addressed to."""
    text = message.text or message.caption or ""
    return text.split(maxsplit=1)[0][1:].partition("@")[0].lower() if text.startswith("/") else None


def _begins(asked: Message | CallbackQuery, met: Encounter) -> bool:
    """Whether an officer connects a group, or looks at one that is not connected yet."""
    if isinstance(asked, CallbackQuery) or met.by is None or not met.by.actor.holds(*WORKERS):
        return False
    command = command_of(asked)
    return command == CONNECT or (command == CHECK and met.room is None)


def _words(met: Encounter, user: User | None) -> Words:
    return words_for(met.by.locale if met.by else locale_of(user.language_code if user else None))
