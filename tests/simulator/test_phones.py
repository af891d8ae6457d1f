"""What a pretend person can do."""

from datetime import timedelta
from typing import Any

import pytest

from simulator import CannotDo, Phone, SimulatedTelegram, Telegram, jpeg
from tests.simulator.bare_bot import MORNING, YES_NO, BareBot, HandClock, asked


async def newest(bot: BareBot, kind: str = "message") -> dict[str, Any]:
    return (await bot.updates())[-1][kind]


async def test_bot_learns_who_writes_and_what(bot: BareBot, siti: Phone) -> None:
    await siti.says("/lapor jalan rusak")
    message = await newest(bot)
    assert message["from"] == {
        "id": siti.id,
        "is_bot": False,
        "first_name": "Siti",
        "last_name": "Aminah",
        "username": "sitiaminah",
        "language_code": "id",
    }
    assert message["chat"]["type"] == "private"
    assert message["date"] == int(MORNING.timestamp())
    assert message["text"] == "/lapor jalan rusak"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_language_may_be_unknown(telegram: SimulatedTelegram, bot: BareBot) -> None:
    await telegram.phone("Budi", language_code=None).says("halo")
    assert "language_code" not in (await newest(bot))["from"]


async def test_start_carries_its_payload(bot: BareBot, siti: Phone) -> None:
    await siti.starts("undangan-1")
    assert (await newest(bot))["text"] == "/start undangan-1"


async def test_long_text_leaves_as_several_messages(bot: BareBot, siti: Phone) -> None:
    await siti.says("👍" * 2500)
    texts = [update["message"]["text"] for update in (await bot.updates())[1:]]
    assert texts == ["👍" * 2048, "👍" * 452]


async def test_nothing_cannot_be_said(siti: Phone) -> None:
    with pytest.raises(CannotDo, match="empty"):
        await siti.says("  ")


async def test_reply_shows_what_it_answers(bot: BareBot, siti: Phone) -> None:
    question = await asked(bot, siti)
    said = await siti.replies(question, "Ya")
    assert said.reply_to == question.id
    assert (await newest(bot))["reply_to_message"]["text"] == "Kirim sekarang?"


async def test_bot_replies_to_a_message(bot: BareBot, siti: Phone) -> None:
    said = await siti.says("halo")
    await bot.does("sendMessage", chat_id=siti.id, text="Ya?", reply_parameters={"message_id": said.id})
    assert (await siti.sees("Ya?")).reply_to == said.id


async def test_edit_is_told_to_the_bot(bot: BareBot, siti: Phone, clock: HandClock) -> None:
    said = await siti.says("jalan rusk")
    clock.moves(minutes=1)
    edited = await siti.edits(said, "jalan rusak")
    told = await newest(bot, "edited_message")
    assert (told["message_id"], told["text"]) == (said.id, "jalan rusak")
    assert told["edit_date"] - told["date"] == 60
    assert edited.edited


async def test_caption_is_edited_too(bot: BareBot, siti: Phone) -> None:
    photo = await siti.sends_photo(caption="lama")
    await siti.edits(photo, "baru")
    assert (await newest(bot, "edited_message"))["caption"] == "baru"


async def test_only_own_messages_are_edited(bot: BareBot, siti: Phone) -> None:
    with pytest.raises(CannotDo, match="wrote no message"):
        await siti.edits(await asked(bot, siti), "x")


async def test_tap_names_the_button_the_message_and_the_person(bot: BareBot, siti: Phone) -> None:
    question = await asked(bot, siti)
    await siti.taps("kirim")
    query = await newest(bot, "callback_query")
    assert query["data"] == "send"
    assert query["from"]["id"] == siti.id
    assert query["message"]["message_id"] == question.id
    assert query["message"]["reply_markup"] == YES_NO
    assert query["chat_instance"]


async def test_tap_finds_the_newest_message_with_the_button(bot: BareBot, siti: Phone) -> None:
    await asked(bot, siti, "lama")
    latest = await asked(bot, siti, "baru")
    await bot.does("sendMessage", chat_id=siti.id, text="tanpa tombol")
    await siti.taps("Kirim")
    assert (await newest(bot, "callback_query"))["message"]["message_id"] == latest.id


async def test_exact_label_wins_over_a_part_of_another(bot: BareBot, siti: Phone) -> None:
    buttons = [[{"text": "Kirim nanti", "callback_data": "later"}, {"text": "Kirim", "callback_data": "now"}]]
    await bot.does("sendMessage", chat_id=siti.id, text="x", reply_markup={"inline_keyboard": buttons})
    await siti.taps("Kirim")
    assert (await newest(bot, "callback_query"))["data"] == "now"


async def test_stale_button_can_be_tapped(bot: BareBot, siti: Phone) -> None:
    stale = await asked(bot, siti)
    await bot.does("editMessageText", chat_id=siti.id, message_id=stale.id, text="Terkirim")
    await siti.taps("Kirim", message=stale)
    query = await newest(bot, "callback_query")
    assert (query["data"], query["message"]["text"]) == ("send", "Terkirim")


async def test_button_of_a_deleted_message_comes_with_an_inaccessible_one(bot: BareBot, siti: Phone) -> None:
    gone = await asked(bot, siti)
    await bot.does("deleteMessage", chat_id=siti.id, message_id=gone.id)
    await siti.taps("Kirim", message=gone)
    message = (await newest(bot, "callback_query"))["message"]
    assert message == {"message_id": gone.id, "chat": message["chat"], "date": 0}


async def test_two_taps_are_two_queries(bot: BareBot, siti: Phone) -> None:
    await asked(bot, siti)
    await siti.taps("Kirim", times=2)
    queries = [update["callback_query"]["id"] for update in await bot.updates() if "callback_query" in update]
    assert len(set(queries)) == 2


async def test_missing_button_is_told_with_the_screen(bot: BareBot, siti: Phone) -> None:
    await asked(bot, siti)
    with pytest.raises(AssertionError, match=r"a button 'Ubah'(.|\n)*\[ ✅ Kirim \]  \[ Batal \]"):
        await siti.taps("Ubah", within=0.1)
    with pytest.raises(CannotDo, match="No button 'Ubah'"):
        await siti.taps("Ubah", message=await siti.sees("Kirim"))


async def test_link_tells_the_bot_nothing(bot: BareBot, siti: Phone) -> None:
    link = {"inline_keyboard": [[{"text": "Peta", "url": "https://contoh.id/peta"}]]}
    await bot.does("sendMessage", chat_id=siti.id, text="x", reply_markup=link)
    with pytest.raises(CannotDo, match=r"is a link to https://contoh.id/peta"):
        await siti.taps("Peta")


async def test_forged_tap_reaches_the_bot(bot: BareBot, siti: Phone) -> None:
    await siti.forges("admin:delete-all")
    query = await newest(bot, "callback_query")
    assert query["data"] == "admin:delete-all"
    assert "message" not in query


async def test_answer_to_a_tap_is_a_toast(bot: BareBot, siti: Phone) -> None:
    await asked(bot, siti)
    await siti.taps("Kirim")
    assert (await siti.screen()).unanswered_taps == 1
    query = await newest(bot, "callback_query")
    await bot.does("answerCallbackQuery", callback_query_id=query["id"], text="Terkirim")
    assert await siti.sees_toast("kirim") == "Terkirim"
    assert await siti.toasts() == ["Terkirim"]
    assert (await siti.screen()).unanswered_taps == 0


async def test_keys_of_a_reply_keyboard_are_tapped_like_buttons(bot: BareBot, siti: Phone) -> None:
    keys = [[{"text": "Bagikan lokasi", "request_location": True}, {"text": "Nomor", "request_contact": True}]]
    markup = {"keyboard": [["Lewati"], *keys]}
    await bot.does("sendMessage", chat_id=siti.id, text="Di mana?", reply_markup=markup)
    await siti.taps("Lewati")
    assert (await newest(bot))["text"] == "Lewati"
    await siti.taps("Bagikan")
    assert (await newest(bot))["location"] == {"latitude": -6.9108, "longitude": 107.6098}
    await siti.taps("Nomor")
    assert (await newest(bot))["contact"]["user_id"] == siti.id
    await bot.does("sendMessage", chat_id=siti.id, text="Baik", reply_markup={"remove_keyboard": True})
    assert (await siti.screen()).keyboard == []


async def test_every_kind_of_content_can_be_sent(bot: BareBot, siti: Phone) -> None:
    await siti.sends_document("surat.pdf", b"%PDF", caption="Surat")
    await siti.sends_video()
    await siti.sends_video_note()
    await siti.sends_voice(duration=12)
    await siti.sends_sticker("👍")
    await siti.sends_location(-7.25, 112.75)
    await siti.sends_contact("+6281200000002", "Budi")
    await siti.sends_poll("Setuju?", "Ya", "Tidak")
    messages = [update["message"] for update in (await bot.updates())[1:]]
    assert [bubble.kind for bubble in (await siti.messages())[1:]] == [
        "document",
        "video",
        "video_note",
        "voice",
        "sticker",
        "location",
        "contact",
        "poll",
    ]
    assert messages[0]["document"]["file_name"] == "surat.pdf"
    assert messages[3]["voice"]["duration"] == 12
    assert messages[6]["contact"] == {"phone_number": "+6281200000002", "first_name": "Budi"}


async def test_album_is_several_messages_of_one_group(bot: BareBot, siti: Phone) -> None:
    await siti.sends_album([jpeg(shade=1), jpeg(shade=2)], caption="Dua sisi")
    album = [update["message"] for update in (await bot.updates())[1:]]
    assert [message.get("caption") for message in album] == ["Dua sisi", None]
    assert len({message["media_group_id"] for message in album}) == 1


async def test_forwarded_message_names_its_origin(telegram: SimulatedTelegram, bot: BareBot, siti: Phone) -> None:
    await siti.forwards("tolong sebarkan", "Hamba Allah")
    hidden = (await newest(bot))["forward_origin"]
    assert (hidden["type"], hidden["sender_user_name"]) == ("hidden_user", "Hamba Allah")
    await siti.forwards("kata Budi", telegram.phone("Budi"))
    assert (await newest(bot))["forward_origin"]["sender_user"]["first_name"] == "Budi"


async def test_block_and_unblock_are_told_to_the_bot(bot: BareBot, siti: Phone) -> None:
    await siti.blocks()
    blocked = await newest(bot, "my_chat_member")
    assert blocked["new_chat_member"]["status"] == "kicked"
    with pytest.raises(CannotDo, match="unblocks"):
        await siti.says("halo?")
    await siti.starts()
    told = [update for update in await bot.updates() if "my_chat_member" in update]
    assert told[-1]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert (await newest(bot))["text"] == "/start"


async def test_bot_may_ask_for_the_chat(bot: BareBot, siti: Phone) -> None:
    assert (await bot.does("getChat", chat_id=siti.id))["username"] == "sitiaminah"


async def test_clock_can_be_moved_from_outside(telegram: SimulatedTelegram, siti: Phone, clock: HandClock) -> None:
    assert await telegram.moves_clock(timedelta(days=3)) == MORNING + timedelta(days=3)
    clock.moves(hours=1)
    assert await telegram.now() == MORNING + timedelta(days=3, hours=1)
    assert (await siti.says("x")).at == MORNING + timedelta(days=3, hours=1)


async def test_phone_needs_an_open_line() -> None:
    with pytest.raises(CannotDo, match="Enter this Telegram first"):
        await Telegram("http://127.0.0.1:9").phone("Siti").says("halo")


async def test_deep_link_is_opened(bot: BareBot, siti: Phone) -> None:
    await siti.opens("https://t.me/lapor_uji_bot?start=undangan-1")
    assert (await newest(bot))["text"] == "/start undangan-1"
    for link in ("https://t.me/lapor_uji_bot?start=a.b", "https://contoh.id/?start=x"):
        with pytest.raises(CannotDo):
            await siti.opens(link)
