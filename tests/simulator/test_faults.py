"""Faults on order: each goes wrong as often as it was ordered, and then no more."""

import time

import aiohttp
import pytest

from simulator import Phone, SimulatedTelegram
from tests.simulator.bare_bot import BareBot


async def test_next_calls_of_a_method_fail_as_ordered(telegram: SimulatedTelegram, bot: BareBot, siti: Phone) -> None:
    await telegram.faults.fail("sendMessage", times=2, status=502, description="Bad Gateway")
    await bot.does("getMe")
    for _ in range(2):
        assert await bot.refused("sendMessage", chat_id=siti.id, text="x") == (502, "Bad Gateway")
    await bot.does("sendMessage", chat_id=siti.id, text="sampai")
    assert [message.text for message in await siti.messages() if not message.mine] == ["sampai"]


async def test_fault_may_concern_every_method(telegram: SimulatedTelegram, bot: BareBot) -> None:
    await telegram.faults.fail(times=2)
    assert await bot.refused("getMe") == (500, "Internal Server Error")
    assert await bot.refused("getUpdates") == (500, "Internal Server Error")
    await bot.does("getMe")


async def test_fault_may_concern_one_chat(telegram: SimulatedTelegram, bot: BareBot, siti: Phone) -> None:
    budi = telegram.phone("Budi")
    await budi.starts()
    await telegram.faults.fail("sendMessage", chat_id=budi.id)
    await bot.does("sendMessage", chat_id=siti.id, text="x")
    assert (await bot.refused("sendMessage", chat_id=budi.id, text="x"))[0] == 500


async def test_flood_says_when_to_come_again(telegram: SimulatedTelegram, bot: BareBot, siti: Phone) -> None:
    await telegram.faults.flood("sendMessage", retry_after=10_072)
    answer = await bot.call("sendMessage", chat_id=siti.id, text="x")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 10072",
        "parameters": {"retry_after": 10_072},
    }


async def test_delayed_call_is_done_late(telegram: SimulatedTelegram, bot: BareBot, siti: Phone) -> None:
    await telegram.faults.delay("sendMessage", seconds=0.5)
    began = time.monotonic()
    await bot.does("sendMessage", chat_id=siti.id, text="lambat")
    assert time.monotonic() - began >= 0.5
    await siti.sees("lambat")


async def test_dropped_answer_leaves_the_work_done(telegram: SimulatedTelegram, bot: BareBot, siti: Phone) -> None:
    await telegram.faults.drop_answer("sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=siti.id, text="sampai juga")
    await siti.sees("sampai juga")
    assert [call.status for call in await telegram.calls("sendMessage")] == [0]


async def test_dropped_request_leaves_nothing_done(telegram: SimulatedTelegram, bot: BareBot, siti: Phone) -> None:
    await telegram.faults.drop_request("sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=siti.id, text="hilang")
    await siti.does_not_see("hilang")


async def test_update_is_delivered_twice(telegram: SimulatedTelegram, bot: BareBot, siti: Phone) -> None:
    await telegram.faults.deliver_twice()
    first = await bot.updates()
    assert await bot.updates(offset=first[0]["update_id"] + 1) == first
    assert await bot.updates(offset=first[0]["update_id"] + 1) == []


async def test_lost_answer_to_get_updates_loses_no_update(
    telegram: SimulatedTelegram, bot: BareBot, siti: Phone
) -> None:
    await telegram.faults.drop_answer("getUpdates")
    with pytest.raises(aiohttp.ClientError):
        await bot.updates()
    assert len(await bot.updates()) == 1


async def test_download_can_fail(telegram: SimulatedTelegram, bot: BareBot, siti: Phone) -> None:
    photo = await siti.sends_photo()
    path = (await bot.does("getFile", file_id=photo.file_id))["file_path"]
    await telegram.faults.fail("download", status=502)
    statuses = []
    for _ in range(2):
        async with bot.session.get(f"{bot.url}/file/bot{bot.token}/{path}") as response:
            statuses.append(response.status)
    assert statuses == [502, 200]


async def test_orders_can_be_taken_back(telegram: SimulatedTelegram, bot: BareBot) -> None:
    await telegram.faults.fail(times=100)
    await telegram.faults.clear()
    await bot.does("getMe")
