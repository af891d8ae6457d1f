"""Delivery alone, at any rate: `python -m benchmarks.kit.post A_SECOND`; all else is that of `lapor scheduler`."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import timedelta

import uvloop

from bot.app import settle_memory
from bot.house import open_house
from bot.settings import Settings
from scheduler.delivery import Delivery
from scheduler.delivery_courier import Courier
from scheduler.delivery_patience import Pace

PACE = Pace(in_flight=128, poll=timedelta(milliseconds=20))
"""Eight in hand hold the rate that Telegram grants; as fast as can be takes more, and each claim opens more of them.

It looks often, since what is measured is owed by another process, which cannot wake it.
"""


async def main(a_second: float) -> None:
    """Delivers until it is told to end."""
    settings = Settings.read()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with open_house(settings) as house:
        courier = Courier(settings.token, settings.telegram_api_url, a_second=a_second)
        delivery = Delivery(house.database, house.letters, courier, house.office.clock, PACE)
        settle_memory()
        async with asyncio.TaskGroup() as group:
            group.create_task(delivery.run())
            await stop.wait()
            delivery.stop()
        await courier.close()


if __name__ == "__main__":
    uvloop.run(main(float(sys.argv[1])))
