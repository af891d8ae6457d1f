"""Topics of a forum: opened, written in, closed and lost."""

import pytest

from simulator import CannotDo, GroupPhone, SimulatedTelegram
from tests.simulator.bare_bot import BareBot
from tests.simulator.test_groups import told


@pytest.fixture
async def forum(telegram: SimulatedTelegram, bot: BareBot) -> GroupPhone:
    """Budi's phone in a forum where the bot may manage topics."""
    forum = await telegram.group("Dinas PU", telegram.phone("Budi"), forum=True)
    await forum.admits()
    await forum.promotes(can_manage_topics=True, can_delete_messages=True)
    await bot.catches_up()
    return forum


async def test_the_bot_opens_a_topic_and_writes_in_it(forum: GroupPhone, bot: BareBot) -> None:
    topic = await bot.does("createForumTopic", chat_id=forum.room.id, name="7K3-M9P-2QX Lampu mati")
    assert (topic["name"], topic["icon_color"]) == ("7K3-M9P-2QX Lampu mati", 7322096)
    thread = topic["message_thread_id"]
    sent = await bot.does("sendMessage", chat_id=forum.room.id, text="Laporan baru", message_thread_id=thread)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    await bot.does("sendMessage", chat_id=forum.room.id, text="Untuk semua")
    inside = [bubble.text for bubble in await forum.in_topic(thread).messages() if bubble.text]
    assert inside == ["Laporan baru"]
    assert (await forum.sees("Untuk semua")).thread is None


async def test_what_is_written_in_a_topic_seems_to_answer_the_message_that_opened_it(
    forum: GroupPhone, bot: BareBot
) -> None:
    topic = await forum.opens_topic("Lampu mati")
    await forum.in_topic(topic).says("sedang dikerjakan")
    opened, said = (await told(bot))[-2:]
    assert opened["forum_topic_created"] == {"name": "Lampu mati", "icon_color": 7322096}
    assert (said["text"], said["message_thread_id"], said["is_topic_message"]) == ("sedang dikerjakan", topic, True)
    assert said["reply_to_message"]["forum_topic_created"]["name"] == "Lampu mati"


async def test_plain_words_in_a_topic_of_the_bot_are_no_answer_to_it(
    telegram: SimulatedTelegram, forum: GroupPhone, bot: BareBot
) -> None:
    topic = await bot.does("createForumTopic", chat_id=forum.room.id, name="Lampu mati")
    await forum.demotes()
    await bot.catches_up()
    inside = forum.in_topic(topic["message_thread_id"])
    await inside.says("siapa yang berangkat?")
    await inside.says("/selesai")
    assert [message.get("text") for message in await told(bot)][-1:] == ["/selesai"]
    assert "siapa yang berangkat?" not in [message.get("text") for message in await told(bot)]


async def test_an_answer_goes_into_the_topic_of_what_it_answers(forum: GroupPhone, bot: BareBot) -> None:
    topic = await forum.opens_topic("Lampu mati")
    said = await forum.in_topic(topic).says("/ambil")
    answer = {"text": "Diambil", "reply_parameters": {"message_id": said.id}}
    sent = await bot.does("sendMessage", chat_id=forum.room.id, **answer)
    assert sent["message_thread_id"] == topic


async def test_a_deleted_topic_takes_its_messages_along_and_is_not_found(forum: GroupPhone, bot: BareBot) -> None:
    topic = await forum.opens_topic("Lampu mati")
    inside = {"chat_id": forum.room.id, "message_thread_id": topic}
    card = await bot.does("sendMessage", text="Laporan baru", **inside)
    before = len(await bot.updates())
    await forum.deletes_topic(topic)
    assert len(await bot.updates()) == before
    assert await bot.refused("sendMessage", text="x", **inside) == (400, "Bad Request: message thread not found")
    assert await bot.refused("sendChatAction", action="typing", **inside) == (
        400,
        "Bad Request: message thread not found",
    )
    edit = {"chat_id": forum.room.id, "message_id": card["message_id"], "text": "y"}
    assert (await bot.refused("editMessageText", **edit))[1] == "Bad Request: message to edit not found"
    assert (await bot.refused("closeForumTopic", **inside))[1] == "Bad Request: TOPIC_ID_INVALID"


async def test_a_closed_topic_is_for_those_who_manage_topics(
    telegram: SimulatedTelegram, forum: GroupPhone, bot: BareBot
) -> None:
    rina = telegram.phone("Rina")
    await forum.admits(rina)
    topic = await forum.opens_topic("Lampu mati")
    inside = {"chat_id": forum.room.id, "message_thread_id": topic}
    await bot.does("closeForumTopic", **inside)
    assert (await bot.refused("closeForumTopic", **inside))[1] == "Bad Request: TOPIC_NOT_MODIFIED"
    await bot.does("sendMessage", text="Selesai", **inside)
    with pytest.raises(CannotDo, match="closed"):
        await GroupPhone(rina, forum.room, topic).says("halo")
    await forum.demotes()
    assert (await bot.refused("sendMessage", text="x", **inside))[1] == "Bad Request: TOPIC_CLOSED"
    await forum.reopens_topic(topic)
    await bot.does("sendMessage", text="Dibuka lagi", **inside)


async def test_people_rename_close_and_reopen_and_the_bot_is_told(forum: GroupPhone, bot: BareBot) -> None:
    topic = await forum.opens_topic("Lampu mati")
    await forum.renames_topic(topic, "Lampu menyala")
    await forum.closes_topic(topic)
    await forum.reopens_topic(topic)
    lines = (await told(bot))[-3:]
    assert lines[0]["forum_topic_edited"] == {"name": "Lampu menyala"}
    assert [key for line in lines[1:] for key in line if key.startswith("forum")] == [
        "forum_topic_closed",
        "forum_topic_reopened",
    ]


async def test_topics_want_a_forum_a_right_and_a_name(
    telegram: SimulatedTelegram, forum: GroupPhone, bot: BareBot
) -> None:
    new = {"chat_id": forum.room.id, "name": "Lampu mati"}
    assert (await bot.refused("createForumTopic", **(new | {"name": ""})))[0] == 400
    await forum.demotes()
    assert (await bot.refused("createForumTopic", **new))[1] == "Bad Request: not enough rights to manage topics"
    await forum.promotes(can_manage_topics=True)
    await forum.switches_topics(on=False)
    assert (await bot.refused("createForumTopic", **new))[1] == "Bad Request: the chat is not a forum"
    with pytest.raises(CannotDo, match="Only a supergroup"):
        await telegram.group("Kecil", telegram.phone("Budi"), forum=True, supergroup=False)


async def test_a_private_chat_has_no_topics(telegram: SimulatedTelegram, bot: BareBot) -> None:
    siti = telegram.phone("Siti")
    await siti.starts()
    refused = await bot.refused("sendMessage", chat_id=siti.id, text="x", message_thread_id=7)
    assert refused == (400, "Bad Request: message thread not found")
