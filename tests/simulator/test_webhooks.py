"""Updates that are brought to an address: taken, refused, repeated, swapped; by bare HTTP and by both libraries."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from telegram import Update
from telegram.error import Conflict
from telegram.ext import ExtBot

from simulator import Phone, SimulatedTelegram
from tests.simulator.bare_bot import BareBot

SECRET = "rahasia-uji_1"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
WITHIN_S = 10


@dataclass
class Doorstep:
    """Where updates are brought: takes them, or answers with the next status that was laid out."""

    url: str = ""
    brought: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def takes(self, request: web.Request) -> web.Response:
        self.brought.append(await request.json())
        self.secrets.append(request.headers.get(HEADER))
        self._news.set()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def until(self, happened: Callable[["Doorstep"], bool]) -> None:
        """Waits until what was brought is as wanted."""
        async with asyncio.timeout(WITHIN_S):
            while not happened(self):
                self._news.clear()
                await self._news.wait()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.brought]


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


@pytest.fixture
async def doorstep() -> AsyncIterator[Doorstep]:
    doorstep, app = Doorstep(), web.Application()
    app.router.add_post("/hook", doorstep.takes)
    async with listening(app) as doorstep.url:
        yield doorstep


async def test_updates_are_brought_with_the_secret_and_then_forgotten(
    telegram: SimulatedTelegram, bot: BareBot, siti: Phone, doorstep: Doorstep
) -> None:
    await bot.does("setWebhook", url=doorstep.url, secret_token=SECRET, max_connections=1)
    await siti.says("halo")
    await doorstep.until(lambda door: len(door.brought) == 2)
    assert doorstep.texts == ["/start", "halo"]
    assert doorstep.secrets == [SECRET, SECRET]
    await siti.says("lagi")
    await doorstep.until(lambda door: len(door.brought) == 3)
    assert len({update["update_id"] for update in doorstep.brought}) == 3


async def test_what_is_not_taken_is_brought_again_and_the_error_is_told(
    bot: BareBot, siti: Phone, doorstep: Doorstep
) -> None:
    doorstep.answers = [500, 302]
    await bot.does("setWebhook", url=doorstep.url, max_connections=1)
    await doorstep.until(lambda door: len(door.brought) == 3)
    assert doorstep.texts == ["/start"] * 3
    assert doorstep.secrets == [None] * 3
    info = await bot.does("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert info["max_connections"] == 1


async def test_a_house_that_nobody_opens_keeps_its_updates_waiting(bot: BareBot, siti: Phone) -> None:
    async with listening(web.Application()) as url:
        empty = url
    await bot.does("setWebhook", url=empty)
    async with asyncio.timeout(WITHIN_S):
        while "last_error_message" not in (info := await bot.does("getWebhookInfo")):
            await siti.says("halo")
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] >= 1
    await bot.does("deleteWebhook")
    assert (await bot.updates())[0]["message"]["text"] == "/start"


async def test_an_update_can_come_twice_or_after_the_one_that_follows_it(
    telegram: SimulatedTelegram, bot: BareBot, doorstep: Doorstep
) -> None:
    await bot.does("setWebhook", url=doorstep.url, max_connections=1)
    siti = telegram.phone("Siti")
    await telegram.faults.deliver_swapped()
    await siti.says("satu")
    await siti.says("dua")
    await doorstep.until(lambda door: len(door.brought) == 2)
    assert doorstep.texts == ["dua", "satu"]
    await telegram.faults.deliver_twice()
    await siti.says("tiga")
    await doorstep.until(lambda door: len(door.brought) == 4)
    assert doorstep.brought[2] == doorstep.brought[3]


async def test_nobody_fetches_while_updates_are_brought(
    telegram: SimulatedTelegram, bot: BareBot, siti: Phone, doorstep: Doorstep
) -> None:
    await bot.catches_up()
    offset = 999_999
    waiting = asyncio.create_task(bot.refused("getUpdates", offset=offset, timeout=30))
    await telegram.calls("getUpdates", times=3, within=5)
    await bot.does("setWebhook", url=doorstep.url)
    assert await waiting == (409, "Conflict: terminated by setWebhook request")
    status, words = await bot.refused("getUpdates")
    assert (status, words.partition(";")[0]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active",
    )
    await bot.does("setWebhook", url="")
    assert await bot.updates() == []


async def test_only_kinds_that_were_asked_for_are_brought_and_old_ones_can_be_dropped(
    bot: BareBot, siti: Phone, doorstep: Doorstep
) -> None:
    wanted = {"allowed_updates": ["message"], "drop_pending_updates": True}
    await bot.does("setWebhook", url=doorstep.url, **wanted)
    await siti.edits(await siti.says("satu"), "satu, diubah")
    await siti.says("dua")
    await doorstep.until(lambda door: "dua" in door.texts)
    assert doorstep.texts == ["satu", "dua"]
    assert (await bot.does("getWebhookInfo"))["allowed_updates"] == ["message"]


async def test_what_telegram_would_not_call_is_refused(bot: BareBot) -> None:
    for url in ("ftp://contoh.id/hook", "hook", "http://contoh.id/hook"):
        assert (await bot.refused("setWebhook", url=url))[1].startswith("Bad Request: bad webhook")
    spaces = await bot.refused("setWebhook", url="https://contoh.id/hook", secret_token="dua kata")
    assert spaces == (400, "Bad Request: secret token contains unallowed characters")
    assert (await bot.does("getWebhookInfo"))["url"] == ""


async def test_aiogram_answers_over_its_webhook(telegram: SimulatedTelegram) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())
    async def greet(message: Message) -> None:
        await message.answer("Halo")

    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot(telegram.token, session=session).context() as bot:
        app = web.Application()
        SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET).register(app, "/hook")
        async with listening(app) as url:
            siti = telegram.phone("Siti")
            await bot.set_webhook(url, secret_token="lain")
            await siti.starts()
            async with asyncio.timeout(WITHIN_S):
                while not (info := await bot.get_webhook_info()).last_error_message:
                    await siti.arrives()
            assert "401" in info.last_error_message
            await bot.set_webhook(url, secret_token=SECRET)
            await siti.sees("Halo")


async def test_python_telegram_bot_knows_its_webhook_and_reads_what_is_brought(
    telegram: SimulatedTelegram, doorstep: Doorstep
) -> None:
    async with ExtBot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        await bot.set_webhook(doorstep.url, secret_token=SECRET, max_connections=1)
        with pytest.raises(Conflict):
            await bot.get_updates()
        await telegram.phone("Siti").starts("undangan")
        await doorstep.until(lambda door: len(door.brought) == 1)
        update = Update.de_json(doorstep.brought[0], bot)
        assert update.message is not None
        assert update.message.text == "/start undangan"
        info = await bot.get_webhook_info()
        assert (info.url, info.max_connections) == (doorstep.url, 1)
        assert await bot.delete_webhook()
        assert await bot.get_updates() == ()
