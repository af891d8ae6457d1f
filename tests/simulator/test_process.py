"""The simulator as a process of its own."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from simulator import TOKEN, Telegram
from tests.simulator.bare_bot import BareBot


@pytest.fixture
async def process() -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    yield process
    if process.returncode is None:
        process.kill()
    await process.wait()


async def address_of(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(20):
        return (await process.stdout.readline()).decode().strip()


async def test_people_and_bots_meet_in_another_process(process: asyncio.subprocess.Process) -> None:
    url = await address_of(process)
    async with Telegram(url) as telegram, aiohttp.ClientSession() as session:
        bot, siti = BareBot(url, TOKEN, session), telegram.phone("Siti")
        await siti.says("halo")
        assert (await bot.updates())[0]["message"]["text"] == "halo"
        await telegram.faults.fail("sendMessage", status=502, description="Bad Gateway")
        assert (await bot.refused("sendMessage", chat_id=siti.id, text="x"))[0] == 502
        before = await telegram.now()
        assert await telegram.moves_clock(timedelta(days=2)) >= before + timedelta(days=2)
        await bot.does("sendMessage", chat_id=siti.id, text="Halo juga")
        assert (await siti.sees("Halo juga")).at >= before + timedelta(days=1)


@pytest.mark.parametrize("order", [signal.SIGTERM, signal.SIGINT])
async def test_process_goes_when_it_is_asked_even_while_a_bot_waits(
    process: asyncio.subprocess.Process, order: signal.Signals
) -> None:
    url = await address_of(process)
    async with Telegram(url) as telegram, aiohttp.ClientSession() as session:
        waiting = asyncio.create_task(BareBot(url, TOKEN, session).updates(timeout=50))
        await telegram.calls("getUpdates", times=1, within=5)
        process.send_signal(order)
        async with asyncio.timeout(10):
            assert await process.wait() == 0
            assert await waiting == []
