"""What Telegram refuses, line by line."""

from typing import Any

import pytest

from simulator import Limits, Phone, SimulatedTelegram
from tests.simulator.bare_bot import BareBot, HandClock


async def test_unknown_method_is_not_found(bot: BareBot) -> None:
    assert await bot.refused("sendPigeon") == (404, "Not Found")


async def test_bad_token_is_unauthorized(bot: BareBot) -> None:
    bot.token = "42:WRONG-token"
    assert await bot.refused("getMe") == (401, "Unauthorized")


async def test_parameters_come_as_query_form_or_json(bot: BareBot, siti: Phone) -> None:
    url, said = f"{bot.url}/bot{bot.token}/sendMessage", {"chat_id": str(siti.id), "text": "halo"}
    for request in ({"params": said}, {"data": said}, {"json": said}):
        async with bot.session.post(url, **request) as response:
            assert (await response.json())["result"]["text"] == "halo"
    async with bot.session.get(url, params=said) as response:
        assert response.status == 200


@pytest.mark.parametrize("body", ["{", "[]"])
async def test_broken_json_is_refused(bot: BareBot, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    async with bot.session.post(f"{bot.url}/bot{bot.token}/getMe", data=body, headers=headers) as response:
        assert response.status == 400


async def test_method_names_may_be_written_in_any_case(bot: BareBot) -> None:
    assert (await bot.does("GETME"))["is_bot"] is True


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "👍" * 2049}, "message is too long"),
        ({"text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
        ({"text": "x", "entities": [{"type": "bold"}]}, "can't parse MessageEntity: offset and length expected"),
        ({"text": "x", "reply_markup": "no json"}, "can't parse reply_markup JSON object"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ],
)
async def test_text_that_cannot_stand_is_refused(
    bot: BareBot, siti: Phone, parameters: dict[str, Any], reason: str
) -> None:
    answer = await bot.refused("sendMessage", chat_id=siti.id, **parameters)
    assert answer == (400, f"Bad Request: {reason}")


@pytest.mark.parametrize("text", ["x" * 4096, "👍" * 2048, "<b>" + "x" * 4096 + "</b>"])
async def test_length_is_counted_after_the_markup_is_read(bot: BareBot, siti: Phone, text: str) -> None:
    await bot.does("sendMessage", chat_id=siti.id, text=text, parse_mode="HTML")


async def test_caption_over_1024_is_refused(bot: BareBot, siti: Phone) -> None:
    photo = await siti.sends_photo()
    parameters = {"chat_id": siti.id, "photo": photo.file_id}
    assert (await bot.does("sendPhoto", caption="x" * 1024, **parameters))["caption"] == "x" * 1024
    answer = await bot.refused("sendPhoto", caption="x" * 1025, **parameters)
    assert answer == (400, "Bad Request: message caption is too long")


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "x", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": " ", "callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        (
            {"text": "x", "url": "http://localhost/"},
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_button_that_cannot_stand_is_refused(
    bot: BareBot, siti: Phone, button: dict[str, str], reason: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    answer = await bot.refused("sendMessage", chat_id=siti.id, text="x", reply_markup=markup)
    assert answer == (400, f"Bad Request: {reason}")


async def test_64_bytes_of_callback_data_stand(bot: BareBot, siti: Phone) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x" * 64}]]}
    await bot.does("sendMessage", chat_id=siti.id, text="x", reply_markup=markup)


async def test_more_than_100_buttons_are_refused(bot: BareBot, siti: Phone) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}
    answer = await bot.refused("sendMessage", chat_id=siti.id, text="x", reply_markup=markup)
    assert answer == (400, "Bad Request: REPLY_MARKUP_TOO_LONG")


async def test_unchanged_edit_is_refused(bot: BareBot, siti: Phone) -> None:
    sent = await bot.does("sendMessage", chat_id=siti.id, text="tetap")
    status, reason = await bot.refused("editMessageText", chat_id=siti.id, message_id=sent["message_id"], text="tetap")
    assert status == 400
    assert reason.startswith("Bad Request: message is not modified: specified new message content")


async def test_edit_of_a_message_that_is_not_there_is_refused(bot: BareBot, siti: Phone) -> None:
    answer = await bot.refused("editMessageText", chat_id=siti.id, message_id=999, text="x")
    assert answer == (400, "Bad Request: message to edit not found")


async def test_edit_of_somebody_elses_message_is_refused(bot: BareBot, siti: Phone) -> None:
    said = await siti.says("punya saya")
    answer = await bot.refused("editMessageText", chat_id=siti.id, message_id=said.id, text="x")
    assert answer == (400, "Bad Request: message can't be edited")


async def test_edit_of_a_message_with_a_reply_keyboard_is_refused(bot: BareBot, siti: Phone) -> None:
    markup = {"keyboard": [["Ya"]]}
    sent = await bot.does("sendMessage", chat_id=siti.id, text="x", reply_markup=markup)
    answer = await bot.refused("editMessageText", chat_id=siti.id, message_id=sent["message_id"], text="y")
    assert answer == (400, "Bad Request: message can't be edited")


async def test_photo_has_no_text_to_edit_and_text_no_caption(bot: BareBot, siti: Phone) -> None:
    photo = (await siti.sends_photo()).file_id
    sent = await bot.does("sendPhoto", chat_id=siti.id, photo=photo)
    written = await bot.does("sendMessage", chat_id=siti.id, text="x")
    assert await bot.refused("editMessageText", chat_id=siti.id, message_id=sent["message_id"], text="x") == (
        400,
        "Bad Request: there is no text in the message to edit",
    )
    assert await bot.refused("editMessageCaption", chat_id=siti.id, message_id=written["message_id"], caption="x") == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )


async def test_message_can_be_deleted_for_48_hours(bot: BareBot, siti: Phone, clock: HandClock) -> None:
    sent = [await bot.does("sendMessage", chat_id=siti.id, text="x") for _ in range(2)]
    clock.moves(hours=48)
    assert await bot.does("deleteMessage", chat_id=siti.id, message_id=sent[0]["message_id"]) is True
    clock.moves(seconds=1)
    answer = await bot.refused("deleteMessage", chat_id=siti.id, message_id=sent[1]["message_id"])
    assert answer == (400, "Bad Request: message can't be deleted for everyone")


async def test_message_is_deleted_once(bot: BareBot, siti: Phone) -> None:
    said = await siti.says("hapus ini")
    await bot.does("deleteMessage", chat_id=siti.id, message_id=said.id)
    answer = await bot.refused("deleteMessage", chat_id=siti.id, message_id=said.id)
    assert answer == (400, "Bad Request: message to delete not found")


async def test_deleting_several_passes_over_what_is_gone(bot: BareBot, siti: Phone) -> None:
    said = await siti.says("hapus ini")
    assert await bot.does("deleteMessages", chat_id=siti.id, message_ids=[said.id, 999]) is True
    assert said.id not in [message.id for message in await siti.messages()]


TOO_OLD = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


async def tapped(bot: BareBot, siti: Phone) -> str:
    await siti.forges("x")
    return (await bot.updates())[-1]["callback_query"]["id"]


async def test_tap_is_answered_once(bot: BareBot, siti: Phone) -> None:
    query = await tapped(bot, siti)
    assert await bot.does("answerCallbackQuery", callback_query_id=query) is True
    assert await bot.refused("answerCallbackQuery", callback_query_id=query) == TOO_OLD


async def test_tap_nobody_made_is_refused(bot: BareBot, siti: Phone) -> None:
    assert await bot.refused("answerCallbackQuery", callback_query_id="1") == TOO_OLD


async def test_tap_cannot_be_answered_late(bot: BareBot, siti: Phone, clock: HandClock) -> None:
    query = await tapped(bot, siti)
    clock.moves(seconds=31)
    assert await bot.refused("answerCallbackQuery", callback_query_id=query) == TOO_OLD


async def test_answer_to_a_tap_has_200_characters(bot: BareBot, siti: Phone) -> None:
    query = await tapped(bot, siti)
    answer = await bot.refused("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert answer == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert await bot.does("answerCallbackQuery", callback_query_id=query, text="x" * 200) is True


async def test_blocked_bot_is_forbidden_until_it_is_unblocked(bot: BareBot, siti: Phone) -> None:
    await siti.blocks()
    answer = await bot.refused("sendMessage", chat_id=siti.id, text="x")
    assert answer == (403, "Forbidden: bot was blocked by the user")
    await siti.unblocks()
    await bot.does("sendMessage", chat_id=siti.id, text="x")


async def test_bot_does_not_speak_first(telegram: SimulatedTelegram, bot: BareBot) -> None:
    budi = telegram.phone("Budi")
    assert await bot.refused("sendMessage", chat_id=budi.id, text="x") == (400, "Bad Request: chat not found")
    await budi.arrives()
    answer = await bot.refused("sendMessage", chat_id=budi.id, text="x")
    assert answer == (403, "Forbidden: bot can't initiate conversation with a user")


async def test_deleted_account_is_forbidden(bot: BareBot, siti: Phone) -> None:
    await siti.deletes_account()
    answer = await bot.refused("sendMessage", chat_id=siti.id, text="x")
    assert answer == (403, "Forbidden: user is deactivated")


@pytest.mark.parametrize(("chat_id", "reason"), [("", "chat_id is empty"), ("@nobody", "chat not found")])
async def test_chat_must_be_named(bot: BareBot, chat_id: str, reason: str) -> None:
    assert await bot.refused("sendMessage", chat_id=chat_id, text="x") == (400, f"Bad Request: {reason}")


async def test_sentence_too_fast_in_one_chat_is_a_flood(telegram: SimulatedTelegram, bot: BareBot, siti: Phone) -> None:
    await telegram.limits(Limits(overall_per_second=None, chat_per_second=0.01, chat_burst=2))
    for _ in range(2):
        await bot.does("sendMessage", chat_id=siti.id, text="x")
    answer = await bot.call("sendMessage", chat_id=siti.id, text="x")
    assert answer["error_code"] == 429
    assert answer["parameters"]["retry_after"] in range(90, 101)
    assert answer["description"] == f"Too Many Requests: retry after {answer['parameters']['retry_after']}"
    await bot.does("sendChatAction", chat_id=siti.id, action="typing")


async def test_too_many_messages_over_all_chats_are_a_flood(
    telegram: SimulatedTelegram, bot: BareBot, siti: Phone
) -> None:
    budi = telegram.phone("Budi")
    await budi.starts()
    await telegram.limits(Limits(overall_per_second=1, chat_per_second=None))
    await bot.does("sendMessage", chat_id=siti.id, text="x")
    status, _ = await bot.refused("sendMessage", chat_id=budi.id, text="x")
    assert status == 429


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ({"command": "Lapor", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "lapor-pak", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "lapor", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_command_that_cannot_stand_is_refused(bot: BareBot, command: dict[str, str], reason: str) -> None:
    assert await bot.refused("setMyCommands", commands=[command]) == (400, f"Bad Request: {reason}")


async def test_commands_for_a_chat_that_is_not_known_are_refused(bot: BareBot) -> None:
    scope = {"type": "chat", "chat_id": 999}
    answer = await bot.refused("setMyCommands", commands=[], scope=scope)
    assert answer == (400, "Bad Request: chat not found")


async def test_unknown_chat_action_is_refused(bot: BareBot, siti: Phone) -> None:
    answer = await bot.refused("sendChatAction", chat_id=siti.id, action="juggling")
    assert answer == (400, "Bad Request: wrong parameter action in request")


async def test_point_off_the_globe_is_refused(bot: BareBot, siti: Phone) -> None:
    answer = await bot.refused("sendLocation", chat_id=siti.id, latitude=91, longitude=0)
    assert answer == (400, "Bad Request: latitude is invalid")
