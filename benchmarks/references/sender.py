"""Reference: a raw ExtBot that sends as fast as it is answered, with as many in flight as delivery has."""

import asyncio
import sys
import time
import warnings

import uvloop
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

IN_FLIGHT = 8


async def main(url: str, token: str, count: str, first: str) -> None:
    """Prints the seconds that it took, by the clock and of the processor; keeps nothing."""
    warnings.simplefilter("ignore")
    request = HTTPXRequest(connection_pool_size=8, httpx_kwargs={"trust_env": False})
    numbers = iter(range(int(first), int(first) + int(count)))
    async with ExtBot(token, base_url=f"{url}/bot", request=request) as bot:

        async def hand() -> None:
            for number in numbers:
                await bot.send_message(number, f"Laporan Anda nomor {number} kami terima.\n" * 6)

        began, worked = time.perf_counter(), time.process_time()
        async with asyncio.TaskGroup() as hands:
            for _ in range(IN_FLIGHT):
                hands.create_task(hand())
        print(time.perf_counter() - began, time.process_time() - worked, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:5]))
