"""How updates wait, are confirmed and are fetched by one poller."""

import asyncio

import aiohttp

from simulator import Phone, SimulatedTelegram
from tests.simulator.bare_bot import BareBot


async def test_update_stays_until_a_later_offset_confirms_it(bot: BareBot, siti: Phone) -> None:
    first = (await bot.updates())[0]["update_id"]
    assert [update["update_id"] for update in await bot.updates()] == [first]
    await siti.says("kedua")
    second = await bot.updates(offset=first + 1)
    assert [update["message"]["text"] for update in second] == ["kedua"]
    assert await bot.updates() == second


async def test_limit_takes_the_oldest(bot: BareBot, siti: Phone) -> None:
    await siti.says("kedua")
    assert [update["message"]["text"] for update in await bot.updates(limit=1)] == ["/start"]


async def test_negative_offset_keeps_only_the_newest(bot: BareBot, siti: Phone) -> None:
    await siti.says("kedua")
    await siti.says("ketiga")
    assert [update["message"]["text"] for update in await bot.updates(offset=-1)] == ["ketiga"]
    assert len(await bot.updates()) == 1


async def test_long_poll_ends_when_an_update_comes(bot: BareBot, telegram: SimulatedTelegram) -> None:
    waiting = asyncio.create_task(bot.updates(timeout=30))
    calls = await telegram.calls("getUpdates", times=1, within=5)
    assert calls[0].status is None
    await telegram.phone("Siti").says("halo")
    assert [update["message"]["text"] for update in await waiting] == ["halo"]


async def test_long_poll_without_updates_ends_empty(bot: BareBot) -> None:
    assert await bot.updates(timeout=1) == []


async def test_older_of_two_pollers_gets_a_conflict(bot: BareBot, telegram: SimulatedTelegram) -> None:
    older = asyncio.create_task(bot.refused("getUpdates", timeout=30))
    await telegram.calls("getUpdates", times=1, within=5)
    newer = asyncio.create_task(bot.updates(timeout=30))
    status, reason = await older
    assert status == 409
    assert reason.startswith("Conflict: terminated by other getUpdates request")
    await telegram.phone("Siti").says("halo")
    assert len(await newer) == 1


async def test_updates_of_kinds_not_asked_for_are_not_kept(bot: BareBot, siti: Phone) -> None:
    await bot.updates(offset=-1, allowed_updates=["message"])
    await siti.forges("x")
    await siti.says("ini saja")
    assert [set(update) - {"update_id"} for update in await bot.updates()] == [{"message"}, {"message"}]


async def test_pending_updates_can_be_dropped(bot: BareBot, siti: Phone, telegram: SimulatedTelegram) -> None:
    assert await telegram.pending_updates() == 1
    await bot.does("deleteWebhook", drop_pending_updates=True)
    assert await telegram.pending_updates() == 0


async def test_waiting_poller_does_not_keep_the_server_from_closing() -> None:
    async with SimulatedTelegram() as telegram, aiohttp.ClientSession() as session:
        bot = BareBot(telegram.url, telegram.token, session)
        waiting = asyncio.create_task(bot.updates(timeout=50))
        await telegram.calls("getUpdates", times=1, within=5)
        async with asyncio.timeout(5):
            await telegram.__aexit__(None, None, None)
            assert await waiting == []
