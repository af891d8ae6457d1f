"""A group that asks and asks is shown no more for a while; whatever is work there is done all the same."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Message, Update

from bot.app import dispatcher
from bot.inbox import Inbox
from bot.storing import keep
from domain.lifecycle import Action
from handlers.showing import SpeakingBot
from storage.unit_of_work import Cause
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import RINA, Town
from tests.handlers.staff.group_room import CHAT, GroupRoom
from tests.handlers.staff.test_groups import ANSWER, TINA, card, connected, desk, room

__all__ = ["card", "connected", "desk", "room"]

LIMIT = 10
HERE = {"id": CHAT, "type": "supergroup", "title": "Dinas"}


class Queue:
    """What comes from the group through the inbox, in its order, all in one minute."""

    def __init__(self, town: Town) -> None:
        self._town, self._numbers = town, count(1_000)
        self._bot: Bot = SpeakingBot("42:TEST-token", session=town.desk)
        self._dispatcher = dispatcher(town.house.services)
        self._inbox = Inbox(town.house.database, town.clock, self._work, "group", at_once=1)
        town.house.office.limits = replace(town.house.office.limits, messages_per_minute=LIMIT)

    async def brings(self, *said: dict[str, Any]) -> list[str]:
        """Everything arrives at once and is worked; returns what is answered in the group."""
        before = len(self._town.desk.shown)
        await keep(self._town.house.database, self._town.clock, [self._update(**each) for each in said])
        await self._inbox.empty()
        return [each.text or "" for each in self._town.desk.shown[before:] if each.chat.id == CHAT]

    async def _work(self, payload: str, cause: Cause) -> None:
        update = Update.model_validate_json(payload, context={"bot": self._bot})
        await self._dispatcher.feed_update(self._bot, update, cause=cause)

    def _update(self, who: int, **content: Any) -> dict[str, Any]:
        number = next(self._numbers)
        spoken = {
            "message_id": number,
            "date": int(self._town.clock().timestamp()),
            "chat": HERE,
            "from": {"id": who, "is_bot": False, "first_name": "Seseorang", "language_code": "id"},
        }
        if "data" in content:
            query = {"id": str(number), "from": spoken["from"], "chat_instance": "1"}
            return {"update_id": number, "callback_query": query | content}
        return {"update_id": number, "message": spoken | content}


@pytest.fixture
def queue(town: Town) -> Queue:
    return Queue(town)


def asks(who: int = RINA, text: str = "/antrean") -> dict[str, Any]:
    return {"who": who, "text": text}


def as_said(message: Message) -> dict[str, Any]:
    return message.model_dump(mode="json", exclude_none=True) | {"chat": HERE}


async def test_who_asks_for_the_queue_a_hundred_times_is_told_once_to_wait(
    card: Message, queue: Queue, town: Town
) -> None:
    assert sum("Laporan terbuka" in each for each in await queue.brings(*[asks()] * LIMIT)) == LIMIT
    [said] = await queue.brings(*[asks()] * 100, asks(text="/cek"), asks(text="/lapor"))
    assert "Terlalu banyak permintaan" in said
    town.clock.advance(seconds=61)
    [again] = await queue.brings(asks())
    assert "Laporan terbuka" in again


async def test_in_a_flood_of_questions_a_colleagues_answer_and_a_tap_that_takes_are_work(
    connected: GroupRoom, card: Message, queue: Queue, town: Town
) -> None:
    take = next(b.callback_data for row in card.reply_markup.inline_keyboard for b in row if b.text == "Tangani")  # type: ignore[union-attr]  # a card has buttons
    reply = {"who": TINA, "text": ANSWER, "reply_to_message": as_said(card)}
    flood = [asks()] * 50
    answered = await queue.brings(*flood, {"who": RINA, "data": take, "message": as_said(card)}, *flood, reply)
    assert any(ANSWER in each and "Dibaca oleh: pelapor" in each for each in answered)
    assert not any("Laporan terbuka" in each for each in answered)
    number = (card.text or "").split()[0]
    sheet = await town.house.services.handling.look(await town.caller(RINA), number)
    assert sheet.taken_by_me
    assert [event.action for event in sheet.timeline][-1] is Action.TAKE


async def test_a_flood_in_the_group_costs_nobody_the_private_chat(
    connected: GroupRoom, queue: Queue, rina: Warga
) -> None:
    await queue.brings(*[asks()] * 50)
    assert "terlalu cepat" not in await rina.says("/antrean")


async def test_whoever_taps_for_a_card_again_and_again_reads_why_none_comes(
    connected: GroupRoom, card: Message, queue: Queue, town: Town
) -> None:
    show = next(b.callback_data for row in card.reply_markup.inline_keyboard for b in row if "pribadi" in b.text)  # type: ignore[union-attr]  # a card has buttons
    await queue.brings(*[{"who": RINA, "data": show, "message": as_said(card)}] * 50)
    assert "Terlalu banyak permintaan" in connected.desk.windows[-1]
    assert RINA not in await town.delivers()
