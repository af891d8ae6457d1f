"""Groups as they are at Telegram: what a bot hears there, who belongs, and how they become supergroups."""

from typing import Any

import pytest

from simulator import CannotDo, GroupPhone, Phone, SimulatedTelegram
from tests.simulator.bare_bot import YES_NO, BareBot


@pytest.fixture
async def desk(telegram: SimulatedTelegram, bot: BareBot) -> GroupPhone:
    """Budi's phone in a supergroup with the bot in it; what was told until then is forgotten."""
    desk = await telegram.group("Dinas PU", telegram.phone("Budi"))
    await desk.admits()
    await bot.catches_up()
    return desk


async def told(bot: BareBot, kind: str = "message") -> list[dict[str, Any]]:
    return [update[kind] for update in await bot.updates() if kind in update]


async def texts(bot: BareBot) -> list[str]:
    return [message["text"] for message in await told(bot) if "text" in message]


async def test_the_bot_learns_that_it_was_let_in_and_put_out(telegram: SimulatedTelegram, bot: BareBot) -> None:
    desk = await telegram.group("Dinas PU", telegram.phone("Budi"))
    await desk.admits()
    await desk.removes()
    changes = await told(bot, "my_chat_member")
    places = [(each["old_chat_member"]["status"], each["new_chat_member"]["status"]) for each in changes]
    assert places == [("left", "member"), ("member", "kicked")]
    assert changes[0]["chat"] == {"id": desk.room.id, "type": "supergroup", "title": "Dinas PU"}
    assert str(desk.room.id).startswith("-100")
    refused = await bot.refused("sendMessage", chat_id=desk.room.id, text="x")
    assert refused == (403, "Forbidden: bot was kicked from the supergroup chat")


async def test_a_group_without_the_bot_is_none_of_its_business(telegram: SimulatedTelegram, bot: BareBot) -> None:
    desk = await telegram.group("Dinas PU", telegram.phone("Budi"))
    await desk.says("/cek")
    assert await bot.updates() == []
    refused = await bot.refused("sendMessage", chat_id=desk.room.id, text="x")
    assert refused == (403, "Forbidden: bot is not a member of the supergroup chat")


async def test_privacy_mode_hides_plain_messages_but_not_commands_mentions_and_answers(
    desk: GroupPhone, bot: BareBot
) -> None:
    card = await bot.does("sendMessage", chat_id=desk.room.id, text="Laporan baru")
    seen = await desk.sees("Laporan baru")
    await desk.says("selamat pagi semua")
    await desk.sends_photo(caption="rapat")
    for heard in ("/antrean", "/antrean@lapor_uji_bot", "/antrean@bot_lain", "tolong @lapor_uji_bot"):
        await desk.says(heard)
    await desk.replies(seen, "Sudah kami kerjakan")
    assert await texts(bot) == ["/antrean", "/antrean@lapor_uji_bot", "tolong @lapor_uji_bot", "Sudah kami kerjakan"]
    assert (await told(bot))[-1]["reply_to_message"]["message_id"] == card["message_id"]


async def test_an_edited_plain_message_stays_hidden_too(desk: GroupPhone, bot: BareBot) -> None:
    await desk.edits(await desk.says("selamat pagi"), "selamat siang")
    await desk.edits(await desk.says("/antran"), "/antrean")
    assert [message["text"] for message in await told(bot, "edited_message")] == ["/antrean"]


async def test_an_administrator_hears_everything(desk: GroupPhone, bot: BareBot) -> None:
    await desk.promotes(can_delete_messages=True)
    await desk.says("selamat pagi semua")
    assert await texts(bot) == ["selamat pagi semua"]
    (change,) = await told(bot, "my_chat_member")
    assert change["new_chat_member"]["can_delete_messages"] is True
    assert change["new_chat_member"]["can_manage_topics"] is False


async def test_an_anonymous_administrator_writes_as_the_group(desk: GroupPhone, bot: BareBot) -> None:
    await desk.promotes(desk, anonymous=True)
    said = await desk.says("/selesai")
    (message,) = await told(bot)
    assert message["from"] == {
        "id": 1087968824,
        "is_bot": True,
        "first_name": "Group",
        "username": "GroupAnonymousBot",
    }
    assert message["sender_chat"]["id"] == desk.room.id
    assert (said.sender, said.mine) == ("Dinas PU", True)


async def test_a_tap_in_a_group_names_who_tapped_and_answers_only_them(
    telegram: SimulatedTelegram, desk: GroupPhone, bot: BareBot
) -> None:
    rina = telegram.phone("Rina")
    await desk.admits(rina)
    there = GroupPhone(rina, desk.room)
    await bot.does("sendMessage", chat_id=desk.room.id, text="Ambil?", reply_markup=YES_NO)
    await there.taps("Kirim")
    query = (await told(bot, "callback_query"))[-1]
    assert query["from"]["id"] == rina.id
    assert query["message"]["chat"]["id"] == desk.room.id
    await bot.does("answerCallbackQuery", callback_query_id=query["id"], text="Laporan milik Anda")
    await there.sees_toast("milik Anda")
    assert await desk.toasts() == []


async def test_only_members_write_and_who_left_does_not(
    telegram: SimulatedTelegram, desk: GroupPhone, bot: BareBot
) -> None:
    rina = telegram.phone("Rina")
    there = GroupPhone(rina, desk.room)
    with pytest.raises(CannotDo, match="is not in Dinas PU"):
        await there.says("/cek")
    await desk.admits(rina)
    await there.says("/cek")
    await there.removes(rina)
    with pytest.raises(CannotDo, match="is not in Dinas PU"):
        await there.says("/cek")
    lines = [message for message in await told(bot) if "text" not in message]
    assert [lines[0]["new_chat_members"][0]["id"], lines[1]["left_chat_member"]["id"]] == [rina.id, rina.id]


async def test_members_and_administrators_can_be_asked_for(
    telegram: SimulatedTelegram, desk: GroupPhone, bot: BareBot
) -> None:
    rina, stranger = telegram.phone("Rina"), telegram.phone("Orang Lain")
    await stranger.arrives()
    await desk.admits(rina)
    await desk.promotes(can_manage_topics=True)
    here = {"chat_id": desk.room.id}
    statuses = [
        (await bot.does("getChatMember", user_id=each, **here))["status"] for each in (desk.id, rina.id, stranger.id)
    ]
    assert statuses == ["creator", "member", "left"]
    rulers = await bot.does("getChatAdministrators", **here)
    assert [(each["user"]["first_name"], each["status"]) for each in rulers] == [
        ("Budi", "creator"),
        ("LaporBot", "administrator"),
    ]
    assert await bot.does("getChatMemberCount", **here) == 3
    assert (await bot.does("getChat", **here))["permissions"]["can_send_messages"] is True


async def test_a_silenced_bot_is_told_that_it_has_no_right_to_write(desk: GroupPhone, bot: BareBot) -> None:
    await desk.silences()
    refused = await bot.refused("sendMessage", chat_id=desk.room.id, text="x")
    assert refused == (400, "Bad Request: not enough rights to send text messages to the chat")
    me = await bot.does("getChatMember", chat_id=desk.room.id, user_id=42)
    assert (me["status"], me["can_send_messages"]) == ("restricted", False)


async def test_messages_of_others_are_deleted_by_right_only(desk: GroupPhone, bot: BareBot) -> None:
    said = await desk.says("/lapor nama lengkap saya ...")
    message = {"chat_id": desk.room.id, "message_id": said.id}
    assert (await bot.refused("deleteMessage", **message))[1] == "Bad Request: message can't be deleted for everyone"
    await desk.promotes(can_delete_messages=True)
    await bot.does("deleteMessage", **message)
    assert said.id not in [bubble.id for bubble in await desk.messages()]


async def test_a_group_that_becomes_a_supergroup_says_so_on_both_sides_and_its_old_id_names_the_new(
    telegram: SimulatedTelegram, bot: BareBot
) -> None:
    budi = telegram.phone("Budi")
    small = await telegram.group("Dinas PU", budi, supergroup=False)
    await small.admits()
    await bot.catches_up()
    large = GroupPhone(budi, await small.upgrades())
    lines = (await told(bot))[-2:]
    assert [line["chat"]["type"] for line in lines] == ["group", "supergroup"]
    assert lines[0]["migrate_to_chat_id"] == lines[1]["chat"]["id"] == large.room.id
    assert lines[1]["migrate_from_chat_id"] == small.room.id
    answer = await bot.call("sendMessage", chat_id=small.room.id, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": large.room.id}
    await bot.does("sendMessage", chat_id=large.room.id, text="Di sini sekarang")
    await large.sees("Di sini sekarang")


async def test_the_bot_can_leave(desk: GroupPhone, bot: BareBot) -> None:
    await bot.does("leaveChat", chat_id=desk.room.id)
    refused = await bot.refused("sendMessage", chat_id=desk.room.id, text="x")
    assert refused == (403, "Forbidden: bot is not a member of the supergroup chat")


async def test_each_group_and_its_administrators_can_have_a_menu_of_their_own(
    telegram: SimulatedTelegram, desk: GroupPhone, bot: BareBot
) -> None:
    rina = telegram.phone("Rina")
    await desk.admits(rina)
    for scope, name in (("all_group_chats", "antrean"), ("all_chat_administrators", "cek")):
        commands = [{"command": name, "description": "x"}]
        await bot.does("setMyCommands", commands=commands, scope={"type": scope})
    assert list(await desk.commands()) == ["cek"]
    assert list(await GroupPhone(rina, desk.room).commands()) == ["antrean"]
    assert await rina.commands() == {}


async def test_what_belongs_to_groups_is_refused_elsewhere(bot: BareBot, siti: Phone) -> None:
    for method in ("getChatAdministrators", "leaveChat", "getChatMemberCount"):
        assert (await bot.refused(method, chat_id=siti.id))[0] == 400
    assert (await bot.does("getChatMember", chat_id=siti.id, user_id=siti.id))["status"] == "member"
