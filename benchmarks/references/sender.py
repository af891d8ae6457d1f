"""Reference: a raw ExtBot that sends receipts, ready-made, as fast as it is answered. More in flight make it slower."""

import asyncio
import sys
import time
import warnings

import uvloop
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

IN_FLIGHT = 8

RECEIPT = """<b>Tanda terima laporan Anda</b>

Nomor laporan: <code>{number}</code>

Laporan Anda sudah kami proses. Kabar berikutnya segera menyusul.

Anda tidak perlu mendaftar atau membuat akun. Setiap perkembangan kami kabarkan di percakapan ini. Untuk memeriksanya \
kapan saja, ketik:
<code>/lacak {number}</code>

1. Tambah keterangan
2. Lihat laporan"""


async def main(url: str, token: str, count: str, first: str) -> None:
    """Prints the seconds that it took, by the clock and of the processor; keeps nothing."""
    warnings.simplefilter("ignore")
    request = HTTPXRequest(connection_pool_size=8, httpx_kwargs={"trust_env": False})
    numbers = iter(range(int(first), int(first) + int(count)))
    labels = ("Tambah keterangan", "Lihat laporan")
    async with ExtBot(token, base_url=f"{url}/bot", request=request) as bot:

        async def hand() -> None:
            for number in numbers:
                rows = [[InlineKeyboardButton(label, callback_data=f"show:{number}")] for label in labels]
                words = RECEIPT.format(number=f"B{number:08}")
                await bot.send_message(number, words, parse_mode="HTML", reply_markup=InlineKeyboardMarkup(rows))

        began, worked = time.perf_counter(), time.process_time()
        async with asyncio.TaskGroup() as hands:
            for _ in range(IN_FLIGHT):
                hands.create_task(hand())
        print(time.perf_counter() - began, time.process_time() - worked, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:5]))
