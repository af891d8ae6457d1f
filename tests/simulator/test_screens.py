"""What a pretend person sees."""

import pytest

from simulator import Phone, SimulatedTelegram
from tests.simulator.bare_bot import MORNING, BareBot, asked


async def test_sees_waits_for_the_newest_message_of_the_bot(bot: BareBot, siti: Phone) -> None:
    await siti.says("Nomor berapa?")
    await bot.does("sendMessage", chat_id=siti.id, text="Nomor 1, <b>diterima</b>", parse_mode="HTML")
    seen = await siti.sees("Nomor", "diterima")
    assert str(seen) == "LaporBot: Nomor 1, diterima"
    assert seen.entities == [{"type": "bold", "offset": 9, "length": 8}]
    assert seen.at == MORNING


async def test_what_is_not_seen_is_told_with_the_transcript(bot: BareBot, siti: Phone) -> None:
    await asked(bot, siti)
    with pytest.raises(AssertionError) as failure:
        await siti.sees("Nomor", within=0.1)
    assert str(failure.value) == (
        "Siti waited 0.1 s for 'Nomor':\n"
        "── the phone of Siti ──\n"
        "Siti: /start\n"
        "LaporBot: Kirim sekarang?\n"
        "    [ ✅ Kirim ]  [ Batal ]"
    )


async def test_new_is_what_came_or_changed_after_the_last_act(bot: BareBot, siti: Phone) -> None:
    old = await asked(bot, siti)
    await siti.says("hm")
    with pytest.raises(AssertionError):
        await siti.sees_new("Kirim", within=0.1)
    with pytest.raises(AssertionError):
        await siti.sees(within=0.1)
    await bot.does("editMessageText", chat_id=siti.id, message_id=old.id, text="Kirim besok?")
    assert (await siti.sees_new("Kirim")).edited
    assert "besok" in await siti.sees()


async def test_silence_is_noticed_and_so_is_its_end(bot: BareBot, siti: Phone) -> None:
    await asked(bot, siti)
    await siti.sees_nothing_new(within=0.1)
    await bot.does("sendMessage", chat_id=siti.id, text="Halo lagi")
    with pytest.raises(AssertionError, match="sees something new:\nLaporBot: Halo lagi"):
        await siti.sees_nothing_new(within=0.1)
    with pytest.raises(AssertionError, match="sees 'Halo'"):
        await siti.does_not_see("Halo")
    await siti.does_not_see("Selamat")


async def test_edit_of_buttons_alone_is_no_edited_message(bot: BareBot, siti: Phone) -> None:
    question = await asked(bot, siti)
    await bot.does("editMessageReplyMarkup", chat_id=siti.id, message_id=question.id)
    seen = await siti.sees("Kirim")
    assert (seen.labels, seen.edited) == ([], False)


async def test_edit_without_buttons_takes_them_away(bot: BareBot, siti: Phone) -> None:
    question = await asked(bot, siti)
    await bot.does("editMessageText", chat_id=siti.id, message_id=question.id, text="Sudah")
    assert (await siti.sees("Sudah")).labels == []


async def test_caption_is_rewritten_by_the_bot(bot: BareBot, siti: Phone) -> None:
    photo = (await siti.sends_photo()).file_id
    sent = await bot.does("sendPhoto", chat_id=siti.id, photo=photo, caption="lama")
    await bot.does("editMessageCaption", chat_id=siti.id, message_id=sent["message_id"], caption="baru")
    assert (await siti.sees("baru")).kind == "photo"


async def test_deleted_message_is_no_longer_visible(bot: BareBot, siti: Phone) -> None:
    question = await asked(bot, siti)
    await bot.does("deleteMessage", chat_id=siti.id, message_id=question.id)
    assert question.id not in [message.id for message in await siti.messages()]


async def test_button_appears_while_it_is_waited_for(bot: BareBot, siti: Phone) -> None:
    await asked(bot, siti)
    assert (await siti.sees_button("Batal")).labels == ["✅ Kirim", "Batal"]


async def test_commands_of_the_chat_win_over_those_of_everybody(
    telegram: SimulatedTelegram, bot: BareBot, siti: Phone
) -> None:
    budi = telegram.phone("Budi", language_code="jv")
    await budi.arrives()
    await bot.does("setMyCommands", commands=[{"command": "lapor", "description": "Buat laporan"}])
    await bot.does("setMyCommands", commands=[{"command": "/lapor", "description": "Gawe laporan"}], language_code="jv")
    chat = {"type": "chat", "chat_id": siti.id}
    queue = [{"command": "antrean", "description": "Antrean unit"}]
    await bot.does("setMyCommands", commands=queue, scope=chat)
    assert await siti.commands() == {"antrean": "Antrean unit"}
    assert await budi.commands() == {"lapor": "Gawe laporan"}
    assert await bot.does("getMyCommands", scope=chat) == queue
    await bot.does("deleteMyCommands", scope=chat)
    assert await siti.commands() == {"lapor": "Buat laporan"}


async def test_two_phones_of_one_person_are_one_chat(telegram: SimulatedTelegram, siti: Phone) -> None:
    tablet = telegram.phone("Siti", user_id=siti.id)
    assert [message.text for message in await tablet.messages()] == ["/start"]
