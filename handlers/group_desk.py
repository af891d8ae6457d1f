"""A unit connects its group, looks whether it is well, and leaves it; Telegram tells of rights and of new ids."""

from __future__ import annotations

from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import (
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    ResultChatMemberUnion,
)

from domain.lifecycle import WORKERS
from handlers.activities import Services
from handlers.desks import Holds
from handlers.group_gate import CHECK, CONNECT, DISCONNECT, moves
from handlers.group_showing import answer
from handlers.showing import bot_of, show
from handlers.talk import Talk
from locales.translator import Words
from services.caller import Caller
from services.group_sheets import RoomSheet, SightSheet
from storage.unit_of_work import Cause
from views import group_desk, queue
from views.screen import Screen

RULERS = (ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR)
OUTSIDE = (ChatMemberStatus.LEFT, ChatMemberStatus.KICKED)


class Moves(Filter):
    """Passes the lines by which a group says that it is a supergroup now."""

    async def __call__(self, message: Message) -> bool:
        """Both chats say so."""
        return moves(message)


def in_groups() -> Talk:
    """What is done in the group itself."""
    desk = Talk("group_desk")
    desk.my_chat_member.register(note_place)
    desk.message.register(note_move, Moves())
    desk.message.register(connect, Command(CONNECT))
    desk.message.register(disconnect, Command(DISCONNECT))
    return desk


def router() -> Talk:
    """The same commands in the private chat: where the code comes from."""
    desk = Talk("group_codes")
    desk.message.register(show_codes, Command(CONNECT), Holds(*WORKERS))
    desk.message.register(leave, Command(DISCONNECT), Holds(*WORKERS))
    desk.message.register(check_own, Command(CHECK), Holds(*WORKERS))
    desk.message.register(refuse_stranger, Command(CONNECT, DISCONNECT, CHECK))
    return desk


async def show_codes(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/hubungkan: how to connect a group, with a code that works once."""
    username = (await bot_of(message).me()).username or ""
    await show(message, group_desk.codes(await services.groups.codes(by), username, words))


async def connect(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/hubungkan KODE in the group."""
    sight = await look(bot_of(message), message.chat.id)
    topics = sight.topics and sight.manages_topics
    code = command.args or ""
    room = await services.groups.connect(by, message.chat.id, code, topics=topics, public=sight.public)
    sheet = await services.groups.check(by, room.unit_id, sight)
    await answer(message, group_desk.connected(room, sheet, words))


async def disconnect(message: Message, room: RoomSheet, by: Caller, services: Services, words: Words) -> None:
    """/putuskan in the group."""
    left = await services.groups.disconnect(by, room.unit_id)
    await answer(message, group_desk.disconnected(left.unit, words))


async def leave(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/putuskan in the private chat: of a group that cannot be reached nothing can be typed there."""
    rooms = [room for room in await services.groups.own(by) if room.chat_id is not None]
    if len(rooms) > 1:
        await show(message, Screen(words("group.disconnect_which")))
        return
    unit_id = rooms[0].unit_id if rooms else 0
    await show(message, group_desk.disconnected((await services.groups.disconnect(by, unit_id)).unit, words))


async def check(message: Message, room: RoomSheet | None, by: Caller, services: Services, words: Words) -> None:
    """/cek in the group."""
    sight = await look(bot_of(message), message.chat.id)
    if room is None:
        await answer(message, group_desk.not_connected(sight, words))
        return
    await answer(message, group_desk.check(await services.groups.check(by, room.unit_id, sight), words))


async def check_own(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/cek in the private chat: the group of each of one's units."""
    for room in await services.groups.own(by):
        if room.chat_id is None:
            await show(message, group_desk.no_group(room.unit, words))
        else:
            sight = await look(bot_of(message), room.chat_id)
            await show(message, group_desk.check(await services.groups.check(by, room.unit_id, sight), words))


async def refuse_stranger(message: Message, words: Words) -> None:
    """A command of the units by somebody who works in none."""
    await show(message, queue.no_office(words))


async def note_place(update: ChatMemberUpdated, services: Services, cause: Cause) -> None:
    """We were let in, put out, given or denied rights."""
    place = update.new_chat_member
    if place.status in OUTSIDE or _is_mute(place):
        await services.groups.lost(update.chat.id, f"our place there: {place.status}", cause)
    elif update.chat.username:
        await services.groups.lost(update.chat.id, "everybody may read there", cause)
    else:
        topics = bool(update.chat.is_forum) and _manages_topics(place)
        await services.groups.regained(update.chat.id, topics=topics, cause=cause)


async def note_move(message: Message, services: Services, cause: Cause) -> None:
    """The group has become a supergroup: told in the old chat and in the new one."""
    old = message.migrate_from_chat_id or message.chat.id
    await services.groups.moved(old, message.migrate_to_chat_id or message.chat.id, cause)


async def look(bot: Bot, chat_id: int) -> SightSheet:
    """Asks Telegram how we stand in a chat."""
    try:
        chat = await bot.get_chat(chat_id)
        me = await bot.get_me()
        place = await bot.get_chat_member(chat_id, me.id)
    except TelegramMigrateToChat as moved:
        return await look(bot, moved.migrate_to_chat_id)
    except (TelegramForbiddenError, TelegramBadRequest):
        return SightSheet(present=False)
    if place.status in OUTSIDE:
        return SightSheet(present=False)
    rules = place.status in RULERS
    everybody_may = chat.permissions is None or chat.permissions.can_send_messages is not False
    return SightSheet(
        may_send=rules or (everybody_may and not _is_mute(place)),
        admin=rules,
        topics=bool(chat.is_forum),
        manages_topics=_manages_topics(place),
        reads_everything=bool(me.can_read_all_group_messages),
        # The talk below a channel's posts is open to whoever reads the channel.
        public=bool(chat.username or chat.linked_chat_id),
    )


def _is_mute(place: ResultChatMemberUnion) -> bool:
    """Whether we are in a chat and may not write."""
    return isinstance(place, ChatMemberRestricted) and not (place.is_member and place.can_send_messages)


def _manages_topics(place: ResultChatMemberUnion) -> bool:
    return place.status == ChatMemberStatus.CREATOR or (
        isinstance(place, ChatMemberAdministrator) and bool(place.can_manage_topics)
    )
