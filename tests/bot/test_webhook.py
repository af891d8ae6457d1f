"""The door that updates are brought to: what is kept, what is refused, and what strangers learn."""

from __future__ import annotations

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
import pytest
from aiogram import Bot

from bot import webhook
from bot.settings import Address
from bot.storing import WANTED, Update, keep
from bot.telegram import open_line
from bot.webhook import LARGEST_ID, SECRET_HEADER, Webhook
from simulator.server import SimulatedTelegram
from storage.engine import Database
from tests.bot.waiting import until
from tests.bot.wiring import settings_for
from tests.conftest import FakeClock

SECRET = "rahasia-untuk-uji"
TOO_MANY_BYTES = 1024 * 1024 + 1
PATIENCE_S = 10


def an_update(number: int = 7, said: str = "halo") -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": 701}, "text": said}}


@dataclass
class Doorstep:
    """Somebody before the door."""

    hook: Webhook
    register: Database
    session: aiohttp.ClientSession

    async def brings(self, body: object, secret: str | None = SECRET, path: str = "/masuk") -> tuple[int, str]:
        """The status and the words of the answer."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {} if secret is None else {SECRET_HEADER: secret}
        url = f"http://127.0.0.1:{self.hook.address.port}{path}"
        async with self.session.post(url, data=io.BytesIO(data), headers=headers) as answer:
            return answer.status, await answer.text()

    async def kept(self) -> int:
        async with self.register.reading() as unit:
            return await unit.inbox.waiting()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
async def bot(telegram: SimulatedTelegram, url: str) -> AsyncIterator[Bot]:
    line = open_line(settings_for(url, telegram.url))
    yield line
    await line.session.close()


@asynccontextmanager
async def listening(hook: Webhook) -> AsyncIterator[None]:
    running = asyncio.ensure_future(hook.run())

    async def told() -> bool:
        return running.done() or hook._told

    await until(told)
    yield
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
async def doorstep(bot: Bot, register: Database, clock: FakeClock) -> AsyncIterator[Doorstep]:
    port = free_port()
    address = Address(f"http://127.0.0.1:{port}/masuk", "127.0.0.1", port, SECRET)
    hook = Webhook(bot, address, register, clock, partial(keep, register, clock))
    async with listening(hook), aiohttp.ClientSession() as session:
        yield Doorstep(hook, register, session)


async def test_telegram_is_told_address_secret_and_wishes(doorstep: Doorstep, telegram: SimulatedTelegram) -> None:
    [call] = await telegram.calls("setWebhook")
    assert call.parameters["secret_token"] == SECRET
    assert call.parameters["max_connections"] == "40"
    assert json.loads(call.parameters["allowed_updates"]) == WANTED


async def test_an_update_is_kept_before_it_is_answered_and_only_once(doorstep: Doorstep) -> None:
    assert await doorstep.brings(an_update()) == (200, "")
    assert await doorstep.kept() == 1
    assert await doorstep.brings(an_update(said="lain")) == (200, "")
    assert await doorstep.kept() == 1


async def test_what_people_write_comes_by_the_door(doorstep: Doorstep, telegram: SimulatedTelegram) -> None:
    await telegram.phone("Sari").says("/start")

    async def came() -> bool:
        return await doorstep.kept() == 1

    await until(came)
    assert (await telegram.pending_updates()) == 0


@pytest.mark.parametrize("secret", [None, "", "salah", SECRET[:-1], SECRET + "x", SECRET.upper(), "rahasia-ë"])
async def test_without_the_right_secret_nothing_is_kept_and_nothing_learned(
    doorstep: Doorstep, secret: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    for body in (an_update(said="pungli"), b"x" * TOO_MANY_BYTES):
        assert await doorstep.brings(body, secret) == (401, "")
    for path in ("/", "/lain", "/masuk/.."):
        assert await doorstep.brings(an_update(), secret, path) == (401, ""), "no path is different from another"
    assert await doorstep.kept() == 0
    assert caplog.text.count("refused without the right secret") == 1, "a stranger cannot fill the log"
    assert "pungli" not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"[" * 100_000,
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": "7"}',
        b'{"update_id": 1e400}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
        json.dumps(an_update(LARGEST_ID + 1)).encode(),
    ],
)
async def test_what_is_no_update_is_refused_even_with_the_secret(doorstep: Doorstep, body: bytes) -> None:
    assert await doorstep.brings(body) == (400, "")
    assert await doorstep.kept() == 0


async def test_an_update_from_far_in_the_future_holds_up_nobody(doorstep: Doorstep) -> None:
    assert await doorstep.brings(an_update(LARGEST_ID)) == (200, "")
    assert await doorstep.brings(an_update(8)) == (200, "")
    assert await doorstep.kept() == 2


@pytest.mark.parametrize("message", [{}, {"chat": None}, {"chat": {}}, "halo", {"chat": {"id": "x"}}])
async def test_an_update_of_a_strange_form_is_kept_all_the_same(doorstep: Doorstep, message: object) -> None:
    assert await doorstep.brings({"update_id": 7, "message": message}) == (200, "")
    assert await doorstep.kept() == 1


async def test_too_much_is_refused_unread(doorstep: Doorstep) -> None:
    assert (await doorstep.brings(b" " * TOO_MANY_BYTES))[0] == 413


async def test_other_paths_and_methods_lead_nowhere(doorstep: Doorstep) -> None:
    assert await doorstep.brings(an_update(), path="/lain") == (404, "")
    url = doorstep.hook.address.url
    async with doorstep.session.get(url, headers={SECRET_HEADER: SECRET}) as answer:
        assert (answer.status, await answer.text()) == (404, "")


async def test_while_the_register_is_away_telegram_is_asked_to_come_again(doorstep: Doorstep) -> None:
    async def refuses(_batch: Sequence[Update]) -> None:
        raise ConnectionError

    door = doorstep.hook.door
    real, door.keep = door.keep, refuses
    assert await doorstep.brings(an_update()) == (503, "")
    door.keep = real
    assert await doorstep.brings(an_update()) == (200, "")


@pytest.mark.parametrize("begun", [b"", b"POST /masuk HTTP/1.1\r\nHost: x\r\nX-A: "])
async def test_who_never_ends_a_request_is_hung_up_on(
    bot: Bot, register: Database, clock: FakeClock, begun: bytes
) -> None:
    port = free_port()
    address = Address(f"http://127.0.0.1:{port}/masuk", "127.0.0.1", port, SECRET)
    async with listening(Webhook(bot, address, register, clock, partial(keep, register, clock), idle_s=0.2)):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        async with asyncio.timeout(PATIENCE_S):
            assert await reader.read() == b""
        writer.close()


async def test_who_never_ends_a_body_is_hung_up_on(bot: Bot, register: Database, clock: FakeClock) -> None:
    port = free_port()
    address = Address(f"http://127.0.0.1:{port}/masuk", "127.0.0.1", port, SECRET)
    head = f"POST /masuk HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 9\r\n\r\n{{"
    async with listening(Webhook(bot, address, register, clock, partial(keep, register, clock), body_within_s=0.2)):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode())
        async with asyncio.timeout(PATIENCE_S):
            assert (await reader.read()).startswith(b"HTTP/1.1 408 ")
        writer.close()


async def test_of_several_processes_one_tells_telegram_and_another_when_it_has_ended(
    bot: Bot, register: Database, clock: FakeClock, telegram: SimulatedTelegram
) -> None:
    address = Address("http://127.0.0.1:9/masuk", "127.0.0.1", 9, SECRET)
    first, second = (Webhook(bot, address, register, clock, partial(keep, register, clock)) for _ in range(2))
    await first.look()
    await second.look()
    assert len(await telegram.calls("setWebhook")) == 1
    clock.advance(seconds=webhook.LEASE_TIME.total_seconds())
    await second.look()
    assert len(await telegram.calls("setWebhook")) == 2, "its secret may be a newer one"
    await second.look()
    assert len(await telegram.calls("setWebhook")) == 2


async def test_a_webhook_that_somebody_took_away_is_set_again(
    bot: Bot, register: Database, clock: FakeClock, telegram: SimulatedTelegram
) -> None:
    address = Address("http://127.0.0.1:9/masuk", "127.0.0.1", 9, SECRET)
    hook = Webhook(bot, address, register, clock, partial(keep, register, clock))
    await hook.look()
    await bot.delete_webhook()
    await hook.look()
    assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/masuk"
