"""Groups and topics as both unmodified libraries see them."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat, TelegramRetryAfter
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, ChatMemberAdministrator, ChatMemberOwner
from telegram import ChatMemberRestricted as PtbRestricted
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter
from telegram.ext import ExtBot

from simulator import GroupPhone, Limits, SimulatedTelegram


@pytest.fixture
async def aiogram_bot(telegram: SimulatedTelegram) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot(telegram.token, session=session).context() as bot:
        yield bot


@pytest.fixture
async def ptb_bot(telegram: SimulatedTelegram) -> AsyncIterator[ExtBot[None]]:
    async with ExtBot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        yield bot


@pytest.fixture
async def forum(telegram: SimulatedTelegram) -> GroupPhone:
    """Budi's phone in a forum whose topics the bot may manage."""
    forum = await telegram.group("Dinas PU", telegram.phone("Budi"), forum=True)
    await forum.admits()
    await forum.promotes(can_manage_topics=True)
    return forum


async def test_aiogram_reads_every_line_of_a_group(
    telegram: SimulatedTelegram, forum: GroupPhone, aiogram_bot: Bot
) -> None:
    rina = telegram.phone("Rina")
    await forum.admits(rina)
    topic = await forum.opens_topic("Lampu mati")
    await forum.renames_topic(topic, "Lampu menyala")
    await forum.closes_topic(topic)
    await forum.reopens_topic(topic)
    await forum.in_topic(topic).says("sudah")
    await forum.promotes(forum, anonymous=True)
    await forum.says("/cek")
    await GroupPhone(rina, forum.room).removes(rina)
    updates = await aiogram_bot.get_updates()
    kinds = [update.message.content_type for update in updates if update.message]
    assert kinds == [
        "new_chat_members",
        "new_chat_members",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "text",
        "text",
        "left_chat_member",
    ]
    said, masked = (update.message for update in updates if update.message and update.message.text)
    assert (said.message_thread_id, said.is_topic_message) == (topic, True)
    assert masked.from_user is not None
    assert masked.sender_chat is not None
    assert (masked.from_user.id, masked.sender_chat.id) == (1087968824, forum.room.id)
    places = [update.my_chat_member.new_chat_member for update in updates if update.my_chat_member]
    assert isinstance(places[-1], ChatMemberAdministrator)
    assert places[-1].can_manage_topics


async def test_aiogram_works_with_topics_and_members(forum: GroupPhone, aiogram_bot: Bot) -> None:
    topic = await aiogram_bot.create_forum_topic(forum.room.id, "Lampu mati")
    sent = await aiogram_bot.send_message(forum.room.id, "Laporan baru", message_thread_id=topic.message_thread_id)
    assert sent.message_thread_id == topic.message_thread_id
    assert await aiogram_bot.close_forum_topic(forum.room.id, topic.message_thread_id)
    chat = await aiogram_bot.get_chat(forum.room.id)
    assert (chat.type, chat.is_forum, chat.title) == ("supergroup", True, "Dinas PU")
    owner, _ = await aiogram_bot.get_chat_administrators(forum.room.id)
    assert isinstance(owner, ChatMemberOwner)
    commands = [BotCommand(command="antrean", description="x")]
    assert await aiogram_bot.set_my_commands(commands, BotCommandScopeAllGroupChats())
    await forum.deletes_topic(topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await aiogram_bot.send_message(forum.room.id, "x", message_thread_id=topic.message_thread_id)
    await forum.removes()
    with pytest.raises(TelegramForbiddenError, match="kicked"):
        await aiogram_bot.send_message(forum.room.id, "x")


async def test_python_telegram_bot_works_with_topics_and_members(forum: GroupPhone, ptb_bot: ExtBot[None]) -> None:
    topic = await ptb_bot.create_forum_topic(forum.room.id, "Lampu mati")
    sent = await ptb_bot.send_message(forum.room.id, "Laporan baru", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message
    await forum.deletes_topic(topic.message_thread_id)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await ptb_bot.send_message(forum.room.id, "x", message_thread_id=topic.message_thread_id)
    assert [member.status for member in await ptb_bot.get_chat_administrators(forum.room.id)] == [
        "creator",
        "administrator",
    ]
    await forum.silences()
    assert isinstance(await ptb_bot.get_chat_member(forum.room.id, ptb_bot.id), PtbRestricted)
    with pytest.raises(BadRequest, match="Not enough rights"):
        await ptb_bot.send_message(forum.room.id, "x")
    await forum.removes()
    with pytest.raises(Forbidden):
        await ptb_bot.send_message(forum.room.id, "x")
    kinds = [update for update in await ptb_bot.get_updates() if update.my_chat_member]
    assert len(kinds) == 4


async def test_both_libraries_name_the_new_id_of_an_upgraded_group(
    telegram: SimulatedTelegram, aiogram_bot: Bot, ptb_bot: ExtBot[None]
) -> None:
    small = await telegram.group("Dinas PU", telegram.phone("Budi"), supergroup=False)
    await small.admits()
    large = await small.upgrades()
    with pytest.raises(TelegramMigrateToChat) as moved:
        await aiogram_bot.send_message(small.room.id, "x")
    assert moved.value.migrate_to_chat_id == large.id
    with pytest.raises(ChatMigrated) as migrated:
        await ptb_bot.send_message(small.room.id, "x")
    assert migrated.value.new_chat_id == large.id
    updates = await aiogram_bot.get_updates()
    assert [update.message.content_type for update in updates[-2:] if update.message] == [
        "migrate_to_chat_id",
        "migrate_from_chat_id",
    ]


async def test_the_twenty_first_message_of_a_minute_is_a_flood_to_both(
    telegram: SimulatedTelegram,
    forum: GroupPhone,
    aiogram_bot: Bot,
    ptb_bot: ExtBot[None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    await telegram.limits(Limits(overall_per_second=None))
    for number in range(20):
        await aiogram_bot.send_message(forum.room.id, f"{number}")
    with pytest.raises(TelegramRetryAfter) as flood:
        await aiogram_bot.send_message(forum.room.id, "x")
    assert 0 < flood.value.retry_after <= 3
    with pytest.raises(RetryAfter):
        await ptb_bot.send_message(forum.room.id, "x")
