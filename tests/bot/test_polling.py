"""Polling: nothing is acknowledged before it is stored, whatever happens in between."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from aiogram import Bot

from bot.mend import Mend
from bot.outage import Outage
from bot.polling import Polling
from bot.storing import chat_key, keep
from bot.telegram import open_line
from simulator.server import SimulatedTelegram
from storage.engine import Database
from tests.bot.waiting import until
from tests.bot.wiring import settings_for
from tests.conftest import FakeClock


@dataclass
class Listener:
    """A polling and what it has stored."""

    polling: Polling
    register: Database

    async def stored(self) -> int:
        async with self.register.reading() as unit:
            return await unit.inbox.waiting()


@pytest.fixture
async def bot(telegram: SimulatedTelegram, url: str) -> AsyncIterator[Bot]:
    """The line to Telegram."""
    line = open_line(settings_for(url, telegram.url))
    yield line
    await line.session.close()


@pytest.fixture
def listener(bot: Bot, register: Database, clock: FakeClock) -> Listener:
    """Nobody has written yet."""
    return Listener(Polling(bot, partial(keep, register, clock)), register)


@dataclass
class ForgetfulDatabase:
    """A register that goes away between the last write and its commit, a number of times."""

    register: Database
    failures: int

    def work(self) -> Any:
        unit = self.register.work()
        if self.failures:
            self.failures -= 1
            unit.commit = _gone  # type: ignore[method-assign]
        return unit


async def _gone() -> None:
    raise ConnectionError("the database is away")


async def test_an_update_is_stored_and_then_acknowledged(listener: Listener, telegram: SimulatedTelegram) -> None:
    await telegram.phone("Sari").says("/start")
    await listener.polling.once()
    assert await listener.stored() == 1
    assert await telegram.pending_updates() == 1, "the next poll acknowledges"
    await telegram.phone("Budi").says("/start")
    await listener.polling.once()
    assert await listener.stored() == 2
    assert await telegram.pending_updates() == 1


async def test_what_could_not_be_stored_is_offered_again(
    listener: Listener, telegram: SimulatedTelegram, register: Database, clock: FakeClock
) -> None:
    await telegram.phone("Sari").says("/start")
    listener.polling.keep = partial(keep, ForgetfulDatabase(register, failures=1), clock)  # type: ignore[arg-type]
    with pytest.raises(ConnectionError):
        await listener.polling.once()
    assert await listener.stored() == 0
    await listener.polling.once()
    assert await listener.stored() == 1


async def test_an_update_that_telegram_offers_twice_is_stored_once(
    listener: Listener, telegram: SimulatedTelegram
) -> None:
    await telegram.faults.deliver_twice()
    sari = telegram.phone("Sari")
    await sari.says("/start")
    await listener.polling.once()
    await sari.says("halo")
    await listener.polling.once()
    assert await listener.stored() == 2


async def test_a_webhook_that_somebody_set_is_removed_before_polling(
    listener: Listener, telegram: SimulatedTelegram
) -> None:
    async def listening() -> bool:
        return bool(await telegram.calls("getUpdates"))

    running = asyncio.ensure_future(listener.polling.run())
    await until(listening)
    running.cancel()
    methods = [call.method for call in await telegram.calls()]
    assert methods[:2] == ["deleteWebhook", "getUpdates"]


async def test_a_second_poller_is_named_in_the_log_and_outlived(
    listener: Listener, telegram: SimulatedTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    await telegram.faults.fail("getUpdates", status=409, description="Conflict: terminated by other getUpdates request")
    await telegram.phone("Sari").says("/start")

    async def stored() -> bool:
        return await listener.stored() == 1

    running = asyncio.ensure_future(listener.polling.run())
    await until(stored)
    running.cancel()
    assert "another process polls with this token (409)" in caplog.text
    assert "TEST-token" not in caplog.text


async def test_polling_outlives_a_telegram_that_is_away(listener: Listener, telegram: SimulatedTelegram) -> None:
    await telegram.faults.fail("getUpdates", status=502)
    await telegram.faults.fail("deleteWebhook", status=502)
    await telegram.phone("Sari").says("/start")

    async def stored() -> bool:
        return await listener.stored() == 1

    running = asyncio.ensure_future(listener.polling.run())
    await until(stored)
    running.cancel()


async def test_a_refused_token_stops_with_the_mend(listener: Listener, telegram: SimulatedTelegram) -> None:
    await telegram.faults.fail("deleteWebhook", status=401, description="Unauthorized")
    with pytest.raises(Mend, match="ask @BotFather"):
        await listener.polling.run()


@pytest.mark.parametrize(
    ("update", "key"),
    [
        ({"message": {"chat": {"id": 7}}}, "7"),
        ({"edited_message": {"chat": {"id": 7}}}, "7"),
        ({"my_chat_member": {"chat": {"id": -100}}}, "-100"),
        ({"callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -100}}}}, "-100"),
        ({"callback_query": {"from": {"id": 7}}}, "7"),
        ({"something_new": {}}, "none"),
    ],
)
def test_every_update_belongs_to_the_order_of_one_chat(update: dict[str, Any], key: str) -> None:
    assert chat_key(update) == key


async def test_while_nothing_can_be_kept_people_learn_once_that_it_is_our_fault_and_a_hiccup_is_not_worth_a_word(
    listener: Listener, telegram: SimulatedTelegram, register: Database, clock: FakeClock, bot: Bot
) -> None:
    listener.polling.outage = Outage(bot)
    sari = telegram.phone("Sari")
    await sari.says("/start")
    listener.polling.keep = partial(keep, ForgetfulDatabase(register, failures=4), clock)  # type: ignore[arg-type]
    with pytest.raises(ConnectionError):
        await listener.polling.once()
    await sari.does_not_see("gangguan")
    listener.polling.outage.hiccup_s = 0
    for _ in range(3):
        with pytest.raises(ConnectionError):
            await listener.polling.once()
    await sari.sees("sedang mengalami gangguan", "Pesan Anda tidak hilang")
    await listener.polling.once()
    assert await listener.stored() == 1
    assert len([bubble for bubble in await sari.messages() if not bubble.mine]) == 1
