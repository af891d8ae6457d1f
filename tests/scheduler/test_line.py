"""The line of delivery over real sockets: however a road fails, it is told whether a request may have left."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.ext import ExtBot
from telegram.request import RequestData

from scheduler.delivery_line import Line
from scheduler.delivery_outcome import NoRoad, Outcome, Uncertain, outcome_of
from simulator.server import TOKEN

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

NOBODY = "127.0.0.1:9"


@asynccontextmanager
async def somebody(behaves: Behaviour) -> AsyncIterator[str]:
    """A server on a port of its own."""
    at_rest = asyncio.Event()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await behaves(reader, writer)
        finally:
            writer.close()
            at_rest.set()

    async with await asyncio.start_server(meet, "127.0.0.1", 0) as server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        server.close()
        await at_rest.wait()


async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def breaks_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"ok": true')
    await writer.drain()


async def speaks_something_else(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(8)
    writer.write(b"220 mail.example ESMTP\r\n")
    await writer.drain()


async def sends_elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(f"HTTP/1.1 302 Found\r\nLocation: http://{NOBODY}/\r\nContent-Length: 0\r\n\r\n".encode())
    await writer.drain()


async def refuses_the_proxied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


async def outcome_at(address: str, proxy: str | None = None) -> tuple[Outcome, str]:
    line = Line(connections=1, patience=0.3, proxy=proxy)
    try:
        with pytest.raises(NetworkError) as met:
            await line.post(f"{address}/bot{TOKEN}/sendMessage", RequestData([]))
    finally:
        await line.shutdown()
    return outcome_of(met.value), f"{met.value!r}"


@pytest.mark.parametrize(
    ("behaviour", "scheme", "outcome"),
    [
        (hangs_up, "http", Uncertain),
        (says_nothing, "http", Uncertain),
        (breaks_off, "http", Uncertain),
        (speaks_something_else, "http", Uncertain),
        (speaks_something_else, "https", NoRoad),
        (says_nothing, "https", NoRoad),
    ],
)
async def test_what_may_have_left_is_uncertain(behaviour: Behaviour, scheme: str, outcome: type[Outcome]) -> None:
    async with somebody(behaviour) as address:
        met, said = await outcome_at(f"{scheme}://{address}")
    assert isinstance(met, outcome)
    assert TOKEN not in said


@pytest.mark.parametrize("proxy", [None, f"http://{NOBODY}", f"socks5://{NOBODY}"])
async def test_where_nobody_listens_nothing_has_left(proxy: str | None) -> None:
    met, said = await outcome_at(f"http://{NOBODY}", proxy)
    assert isinstance(met, NoRoad)
    assert TOKEN not in said


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize("behaviour", [refuses_the_proxied, says_nothing])
async def test_through_a_proxy_that_opens_no_road_nothing_has_left(behaviour: Behaviour, scheme: str) -> None:
    async with somebody(behaviour) as proxy:
        met, said = await outcome_at(f"http://{NOBODY}", f"{scheme}://{proxy}")
    assert isinstance(met, NoRoad)
    assert TOKEN not in said


async def test_a_call_without_files_is_written_as_json() -> None:
    heard: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def listens(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        heard.set_result(await reader.readuntil(b"}"))

    async with somebody(listens) as address:
        line = Line(connections=1, patience=5)
        with pytest.raises(NetworkError):
            await ExtBot(TOKEN, base_url=f"http://{address}/bot", request=line).send_message(
                7, "Jalan & \u201clampu\u201d"
            )
        await line.shutdown()
    head, _, body = (await heard).partition(b"\r\n\r\n")
    assert b"Content-Type: application/json" in head
    assert json.loads(body) == {"text": "Jalan & \u201clampu\u201d", "chat_id": "7"}


async def test_a_call_is_not_sent_elsewhere() -> None:
    async with somebody(sends_elsewhere) as address:
        line = Line(connections=1, patience=5)
        status, _ = await line.do_request(f"http://{address}/", "POST")
        await line.shutdown()
    assert status == 302


async def test_a_line_that_was_hung_up_can_be_used_again() -> None:
    line = Line(connections=1, patience=5)
    async with somebody(sends_elsewhere) as address:
        assert (await line.do_request(f"http://{address}/", "POST"))[0] == 302
        await line.shutdown()
    with pytest.raises((NetworkError, TimedOut)):
        await line.do_request(f"http://{NOBODY}/", "POST")
    await line.shutdown()
