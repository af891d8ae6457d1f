"""The process is killed between a citizen's tap on "Kirim" and the receipt, at one write after the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from simulator.limits import Limits
from simulator.phone import Phone
from simulator.screen import Bubble
from simulator.server import SimulatedTelegram
from storage.crypto import Keyring
from storage.engine import Database
from tests.conftest import TEST_KEY
from tests.e2e.house import LAMP, RunningClock
from tests.e2e.killable import PATIENCE_S, Killable, Orders, Plan

POINTS = (1, 2, 4, 8, 12, 16, 20, 24)
"""The write or commit after the tap at which the process ends; the last ones may lie beyond the receipt."""

AT_LEAST = 5

QUESTION_POINTS = (3, 4, 5)
"""The same for a tap that only answers a question: before its effect is committed, and between that and its screen."""


@asynccontextmanager
async def killable(url: str, database_url: str, folder: Path) -> AsyncIterator[Killable]:
    """The application running, and stopped in the end."""
    application = Killable(Plan("run", database_url, url, Orders(folder)))
    try:
        await application.starts()
        yield application
    finally:
        await application.stops()


ANSWERS = (
    ("Kapan kejadiannya", "Kemarin"),
    ("Ada foto", "Tidak ada"),
    ("Siapa yang boleh tahu", "Lanjut"),
    ("Nama apa yang boleh dilihat", "Lewati"),
    ("instansi mana", "Tidak tahu"),
)
"""Each answer is tapped on its own question: a screen that came twice after a death keeps its old buttons."""


async def reaches_the_review(phone: Phone) -> Bubble:
    """Tells a whole complaint up to its last screen, and returns that."""
    await phone.says("/lapor")
    await phone.sees_new("Apa yang ingin Anda laporkan", within=PATIENCE_S)
    await phone.says(LAMP)
    await phone.taps("Pengaduan")
    await phone.sees_new("Di mana kejadiannya")
    await phone.says("Cipocok Jaya, Kota Serang")
    for question, answer in ANSWERS:
        await phone.taps(answer, message=await phone.sees_new(question, within=PATIENCE_S))
    return await phone.sees_new("Periksa dahulu sebelum dikirim", within=PATIENCE_S)


async def filed_within(database_url: str, wanted: int, person_id: int = 1) -> list[str]:
    """The numbers in the register, newest first, as soon as there are enough; all there are when patience ends."""
    database = Database.open(database_url, Keyring.parse(TEST_KEY), RunningClock())
    numbers: list[str] = []
    try:
        for _ in range(PATIENCE_S * 5):
            async with database.reading() as work:
                numbers = [row.number for row in await work.complaints.of_person(person_id, limit=1000)]
            if len(numbers) >= wanted:
                break
            await asyncio.sleep(0.2)
        return numbers
    finally:
        await database.dispose()


async def test_a_kill_at_any_write_loses_nothing_and_files_nothing_twice(register: str, tmp_path: Path) -> None:
    deaths = 0
    async with (
        SimulatedTelegram(limits=Limits.off()) as telegram,
        killable(telegram.url, register, tmp_path) as application,
    ):
        warga = telegram.phone("Sari")
        await warga.says("/lapor")
        await warga.taps("Saya mengerti", within=PATIENCE_S)
        for filed, point in enumerate(POINTS, start=1):
            review = await reaches_the_review(warga)
            application.will_die_at(point)
            await warga.taps("Kirim laporan", message=review)
            deaths += await application.died()
            await application.stops()
            await application.starts()
            numbers = await filed_within(register, filed)
            assert len(numbers) == filed, f"killed at write {point}: {numbers}"
            await warga.sees("Nomor", numbers[0], within=PATIENCE_S)
    assert deaths >= AT_LEAST


async def test_a_question_that_died_with_its_process_comes_by_itself(register: str, tmp_path: Path) -> None:
    deaths = 0
    async with (
        SimulatedTelegram(limits=Limits.off()) as telegram,
        killable(telegram.url, register, tmp_path) as application,
    ):
        warga = telegram.phone("Sari")
        await warga.says("/lapor")
        await warga.taps("Saya mengerti", within=PATIENCE_S)
        for point in QUESTION_POINTS:
            await warga.says("/lapor")
            await warga.sees_new("Apa yang ingin Anda laporkan", within=PATIENCE_S)
            await warga.says(LAMP)
            await warga.sees_new("termasuk yang mana", within=PATIENCE_S)
            application.will_die_at(point)
            await warga.taps("Pengaduan")
            deaths += await application.died()
            await application.stops()
            await application.starts()
            await warga.sees_new("Di mana kejadiannya", within=PATIENCE_S)
            await warga.says("/batal")
            await warga.taps("Buang")
            await warga.sees_new("sudah dibuang")
    assert deaths >= len(QUESTION_POINTS) - 1
