"""The simulator as seen by the unmodified python-telegram-bot: its ExtBot with the rate limiter."""

from collections.abc import AsyncIterator

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import AIORateLimiter, ExtBot

from simulator import Phone, SimulatedTelegram, jpeg


def bot_of(telegram: SimulatedTelegram, token: str | None = None) -> ExtBot[int]:
    return ExtBot(
        token or telegram.token,
        base_url=f"{telegram.url}/bot",
        base_file_url=f"{telegram.url}/file/bot",
        rate_limiter=AIORateLimiter(max_retries=0),
    )


@pytest.fixture
async def ptb_bot(telegram: SimulatedTelegram) -> AsyncIterator[ExtBot[int]]:
    async with bot_of(telegram) as bot:
        yield bot


async def test_messages_are_sent_edited_and_deleted(ptb_bot: ExtBot[int], siti: Phone) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Nilai", callback_data="rate:1")]])
    sent = await ptb_bot.send_message(siti.id, "Laporan <b>diterima</b>", parse_mode="HTML", reply_markup=keys)
    assert sent.text == "Laporan diterima"
    assert (await siti.sees("diterima")).labels == ["Nilai"]
    await ptb_bot.edit_message_text("Laporan selesai", siti.id, sent.message_id)
    assert (await siti.sees("selesai")).labels == []
    assert await ptb_bot.delete_message(siti.id, sent.message_id)
    await siti.does_not_see("selesai")


async def test_taps_are_answered(ptb_bot: ExtBot[int], siti: Phone) -> None:
    await siti.forges("rate:1")
    query = (await ptb_bot.get_updates())[-1].callback_query
    assert query is not None
    assert await query.answer("Terima kasih", show_alert=True)
    await siti.sees_toast("Terima kasih")


async def test_every_kind_of_update_is_understood(telegram: SimulatedTelegram, ptb_bot: ExtBot[int]) -> None:
    siti = telegram.phone("Siti", language_code=None)
    said = await siti.says("/lapor")
    await siti.edits(said, "/lacak")
    await siti.sends_photo(caption="foto")
    await siti.sends_document("surat.pdf")
    await siti.sends_video()
    await siti.sends_video_note()
    await siti.sends_voice()
    await siti.sends_sticker()
    await siti.sends_location()
    await siti.sends_contact()
    await siti.sends_poll("Setuju?", "Ya", "Tidak")
    await siti.forwards("kabar")
    await siti.blocks()
    updates = await ptb_bot.get_updates()
    assert all(isinstance(update, Update) and update.effective_user for update in updates)
    message = updates[-2].message
    assert message is not None
    assert message.forward_origin is not None
    assert updates[-1].my_chat_member is not None


async def test_files_travel_both_ways(ptb_bot: ExtBot[int], siti: Phone) -> None:
    await siti.sends_photo(jpeg(shade=33))
    message = (await ptb_bot.get_updates())[-1].message
    assert message is not None
    offered = await ptb_bot.get_file(message.photo[-1].file_id)
    assert bytes(await offered.download_as_bytearray()) == jpeg(shade=33)
    sent = await ptb_bot.send_photo(siti.id, jpeg(shade=99), caption="Bukti")
    assert sent.photo[-1].width == 1280
    assert await siti.downloads(await siti.sees("Bukti")) == jpeg(shade=99)
    await ptb_bot.send_document(siti.id, b"isi", filename="surat.pdf", caption="Surat")
    assert (await siti.sees("Surat")).content["document"]["file_name"] == "surat.pdf"
    await ptb_bot.send_document(siti.id, (await siti.sees("Surat")).file_id or "", caption="Lagi")
    assert await siti.downloads(await siti.sees("Lagi")) == b"isi"


async def test_everyday_methods_answer_as_the_library_expects(ptb_bot: ExtBot[int], siti: Phone) -> None:
    assert (await ptb_bot.get_me()).username == "lapor_uji_bot"
    sent = await ptb_bot.send_location(siti.id, -6.9, 107.6)
    assert sent.location is not None
    assert await ptb_bot.send_chat_action(siti.id, "typing")
    assert (await ptb_bot.get_webhook_info()).url == ""
    assert (await ptb_bot.get_chat(siti.id)).first_name == "Siti"
    assert await ptb_bot.set_my_commands([("lapor", "Buat laporan")], language_code="id")
    assert (await ptb_bot.get_my_commands(language_code="id"))[0].command == "lapor"
    assert (await ptb_bot.copy_message(siti.id, siti.id, sent.message_id)).message_id


async def test_refusals_become_the_librarys_exceptions(
    telegram: SimulatedTelegram, ptb_bot: ExtBot[int], siti: Phone
) -> None:
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await ptb_bot.send_message(siti.id, "<b>", parse_mode="HTML")
    await telegram.faults.fail("sendMessage", status=502)
    with pytest.raises(NetworkError):
        await ptb_bot.send_message(siti.id, "halo")
    await telegram.faults.drop_answer("sendMessage")
    with pytest.raises(NetworkError):
        await ptb_bot.send_message(siti.id, "halo")
    await telegram.faults.delay("sendMessage", seconds=1)
    with pytest.raises(TimedOut):
        await ptb_bot.send_message(siti.id, "halo", read_timeout=0.2)
    await siti.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await ptb_bot.send_message(siti.id, "halo")
    await telegram.faults.fail("getUpdates", status=409, description="Conflict: terminated")
    with pytest.raises(Conflict):
        await ptb_bot.get_updates()


async def test_flood_names_the_seconds(
    telegram: SimulatedTelegram, ptb_bot: ExtBot[int], siti: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Otherwise every RetryAfter warns that its seconds will become a timedelta.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    await telegram.faults.flood("sendMessage", retry_after=1)
    with pytest.raises(RetryAfter, match="Retry in 0:00:01"):
        await ptb_bot.send_message(siti.id, "halo")


async def test_wrong_token_is_an_invalid_token(telegram: SimulatedTelegram) -> None:
    with pytest.raises(InvalidToken):
        async with bot_of(telegram, "42:WRONG-token"):
            pass
