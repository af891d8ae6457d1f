"""The simulator as seen by the unmodified aiogram: its Bot, and its Dispatcher polling."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.filters import Command, CommandStart
from aiogram.methods import GetMe, SendMessage
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)

from simulator import Phone, SimulatedTelegram, jpeg

SEND = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Kirim", callback_data="send")]])


def bot_of(telegram: SimulatedTelegram, token: str | None = None) -> Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    return Bot(token or telegram.token, session=session)


@pytest.fixture
async def aiogram_bot(telegram: SimulatedTelegram) -> AsyncIterator[Bot]:
    async with bot_of(telegram).context() as bot:
        yield bot


@asynccontextmanager
async def polling(dispatcher: Dispatcher, bot: Bot) -> AsyncIterator[None]:
    task = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False, polling_timeout=5)
    )
    try:
        yield
    finally:
        await dispatcher.stop_polling()
        await task


async def test_conversation_runs_by_long_polling(telegram: SimulatedTelegram, aiogram_bot: Bot) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart(deep_link=True))
    async def greet(message: Message) -> None:
        await message.answer("<b>Halo</b>", parse_mode="HTML", reply_markup=SEND)

    @dispatcher.callback_query()
    async def send(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.answer("Sebentar")
        await query.message.edit_text("Terkirim")

    siti = telegram.phone("Siti")
    async with polling(dispatcher, aiogram_bot):
        await siti.starts("undangan")
        await siti.taps("Kirim")
        assert (await siti.sees("Terkirim")).edited
        await siti.sees_toast("Sebentar")
    assert await telegram.pending_updates() == 0


async def test_every_kind_of_update_is_understood(telegram: SimulatedTelegram, aiogram_bot: Bot) -> None:
    siti = telegram.phone("Siti", language_code=None)
    said = await siti.says("/lapor")
    await siti.edits(said, "/lacak")
    await siti.replies(said, "balasan")
    await siti.sends_photo(caption="foto")
    await siti.sends_album()
    await siti.sends_document("surat.pdf")
    await siti.sends_video()
    await siti.sends_video_note()
    await siti.sends_voice()
    await siti.sends_sticker()
    await siti.sends_location()
    await siti.sends_contact()
    await siti.sends_poll("Setuju?", "Ya", "Tidak")
    await siti.forwards("kabar", siti)
    await siti.forges("x")
    await siti.blocks()
    updates = await aiogram_bot.get_updates(allowed_updates=["message", "edited_message"])
    assert [update.event_type for update in updates] == [
        "message",
        "edited_message",
        *["message"] * 14,
        "callback_query",
        "my_chat_member",
    ]
    contents = [update.message.content_type for update in updates if update.message]
    assert contents[2:] == [
        *["photo"] * 4,
        "document",
        "video",
        "video_note",
        "voice",
        "sticker",
        "location",
        "contact",
        "poll",
        "text",
    ]


async def test_commands_and_membership_are_routed(telegram: SimulatedTelegram, aiogram_bot: Bot) -> None:
    dispatcher, heard = Dispatcher(), asyncio.Queue[str]()

    @dispatcher.message(Command("lapor"))
    async def report(message: Message) -> None:
        await heard.put(message.text or "")

    @dispatcher.my_chat_member()
    async def membership(change: ChatMemberUpdated) -> None:
        await heard.put(change.new_chat_member.status)

    siti = telegram.phone("Siti")
    async with polling(dispatcher, aiogram_bot), asyncio.timeout(10):
        await siti.says("/lapor@lapor_uji_bot jalan")
        assert await heard.get() == "/lapor@lapor_uji_bot jalan"
        await siti.blocks()
        assert await heard.get() == "kicked"


async def test_deleted_message_of_a_tap_is_inaccessible(aiogram_bot: Bot, siti: Phone) -> None:
    await aiogram_bot.send_message(siti.id, "Kirim?", reply_markup=SEND)
    gone = await siti.sees("Kirim?")
    await aiogram_bot.delete_message(siti.id, gone.id)
    await siti.taps("Kirim", message=gone)
    query = (await aiogram_bot.get_updates())[-1].callback_query
    assert query is not None
    assert isinstance(query.message, InaccessibleMessage)


async def test_files_travel_both_ways(aiogram_bot: Bot, siti: Phone) -> None:
    await siti.sends_photo(jpeg(shade=33))
    message = (await aiogram_bot.get_updates())[-1].message
    assert message is not None
    assert message.photo is not None
    fetched = await aiogram_bot.download(message.photo[-1])
    assert fetched is not None
    assert fetched.read() == jpeg(shade=33)
    photo = BufferedInputFile(jpeg(shade=99), "bukti.jpg")
    await aiogram_bot.send_photo(siti.id, photo, caption="Bukti")
    assert await siti.downloads(await siti.sees("Bukti")) == jpeg(shade=99)
    await aiogram_bot.send_document(siti.id, BufferedInputFile(b"isi", "surat.pdf"), caption="Surat")
    assert (await siti.sees("Surat")).content["document"]["file_name"] == "surat.pdf"
    await aiogram_bot.send_media_group(
        siti.id, [InputMediaPhoto(media=BufferedInputFile(jpeg(shade=n), f"{n}.jpg")) for n in (1, 2)]
    )
    assert [message.kind for message in await siti.messages()][-2:] == ["photo", "photo"]


async def test_everyday_methods_answer_as_aiogram_expects(aiogram_bot: Bot, siti: Phone) -> None:
    assert (await aiogram_bot.get_me()).is_bot
    sent = await aiogram_bot.send_location(siti.id, -6.9, 107.6)
    assert sent.location is not None
    assert await aiogram_bot.send_chat_action(siti.id, "typing")
    assert await aiogram_bot.delete_webhook(drop_pending_updates=True)
    assert (await aiogram_bot.get_webhook_info()).pending_update_count == 0
    assert (await aiogram_bot.get_chat(siti.id)).first_name == "Siti"
    menu = [BotCommand(command="lapor", description="Buat laporan")]
    scope = BotCommandScopeChat(chat_id=siti.id)
    assert await aiogram_bot.set_my_commands(menu, scope=scope)
    assert [command.command for command in await aiogram_bot.get_my_commands(scope=scope)] == ["lapor"]
    assert await siti.commands() == {"lapor": "Buat laporan"}
    copied = await aiogram_bot.copy_message(siti.id, siti.id, sent.message_id)
    assert copied.message_id == sent.message_id + 1
    replied = await aiogram_bot.send_message(siti.id, "Ini", reply_to_message_id=sent.message_id)
    assert replied.reply_to_message is not None
    assert await aiogram_bot.edit_message_reply_markup(
        chat_id=siti.id, message_id=replied.message_id, reply_markup=SEND
    )


async def test_refusals_become_aiograms_exceptions(telegram: SimulatedTelegram, aiogram_bot: Bot, siti: Phone) -> None:
    hello = SendMessage(chat_id=siti.id, text="halo")
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await aiogram_bot.send_message(siti.id, "<b>", parse_mode="HTML")
    await telegram.faults.flood("sendMessage", retry_after=7)
    with pytest.raises(TelegramRetryAfter) as flood:
        await aiogram_bot(hello)
    assert flood.value.retry_after == 7
    await telegram.faults.fail("sendMessage", status=502)
    with pytest.raises(TelegramServerError):
        await aiogram_bot(hello)
    await telegram.faults.drop_answer("sendMessage")
    with pytest.raises(TelegramNetworkError):
        await aiogram_bot(hello)
    await siti.blocks()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await aiogram_bot(hello)
    with pytest.raises(TelegramEntityTooLarge):
        await aiogram_bot.send_document(siti.id, BufferedInputFile(bytes(51 * 1024 * 1024), "berat.bin"))
    with pytest.raises(TelegramNotFound):
        await aiogram_bot.get_sticker_set("nobody")


async def test_wrong_token_is_unauthorized(telegram: SimulatedTelegram) -> None:
    async with bot_of(telegram, "42:WRONG-token").context() as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger(GetMe())


async def test_slow_answer_becomes_a_timeout(telegram: SimulatedTelegram, aiogram_bot: Bot, siti: Phone) -> None:
    await telegram.faults.delay("sendMessage", seconds=1)
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await aiogram_bot.send_message(siti.id, "Tetap sampai", request_timeout=0.2)
    await siti.sees("Tetap sampai")


async def test_second_poller_takes_over(telegram: SimulatedTelegram, aiogram_bot: Bot) -> None:
    async with bot_of(telegram).context() as other:
        older = asyncio.create_task(aiogram_bot.get_updates(timeout=30))
        await telegram.calls("getUpdates", times=1, within=5)
        newer = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(TelegramConflictError):
            await older
        await telegram.phone("Siti").says("halo")
        assert len(await newer) == 1
