"""The process is killed between a citizen's tap on "Kirim" and the receipt, at one write after the other."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from simulator.limits import Limits
from simulator.phone import Phone
from simulator.server import TOKEN, SimulatedTelegram
from storage.crypto import Keyring
from storage.engine import Database
from tests.conftest import TEST_KEY
from tests.e2e.house import LAMP, RunningClock

HARNESS = Path(__file__).with_name("killable.py")
ROOT = HARNESS.parents[2]
POINTS = (1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24)
"""The write or commit after the tap at which the process ends; the last ones lie beyond the receipt."""

PATIENCE_S = 60
AT_LEAST = 10


class Killable:
    """The application in a process that can be told to die at a write."""

    def __init__(self, url: str, database_url: str, order: Path) -> None:
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "DATABASE_URL": database_url,
            "LAPOR_KEYS": TEST_KEY,
            "LAPOR_LOG_LEVEL": "ERROR",
        }
        self._order = order
        self._process: asyncio.subprocess.Process | None = None

    async def starts(self) -> None:
        """A fresh process, harmless so far."""
        self._order.unlink(missing_ok=True)
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, str(HARNESS), str(self._order), env=self._environment, cwd=self._order.parent
        )

    def will_die_at(self, point: int) -> None:
        """From now on writes are counted."""
        fresh = self._order.with_suffix(".new")
        fresh.write_text(str(point))
        fresh.replace(self._order)

    async def died(self) -> bool:
        """Waits for the end, or for the receipt to have gone out without it."""
        assert self._process is not None
        try:
            return await asyncio.wait_for(self._process.wait(), 4) == -signal.SIGKILL
        except TimeoutError:
            return False

    async def stops(self) -> None:
        """Ends it politely."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await asyncio.wait_for(self._process.wait(), PATIENCE_S)


@asynccontextmanager
async def killable(url: str, database_url: str, order: Path) -> AsyncIterator[Killable]:
    application = Killable(url, database_url, order)
    try:
        await application.starts()
        yield application
    finally:
        await application.stops()


async def reaches_the_review(phone: Phone) -> None:
    """Tells a whole complaint up to its last screen."""
    await phone.says("/lapor")
    await phone.sees_new("Apa yang ingin Anda laporkan", within=PATIENCE_S)
    await phone.says(LAMP)
    await phone.taps("Pengaduan")
    await phone.sees_new("Di mana kejadiannya")
    await phone.says("Cipocok Jaya, Kota Serang")
    await phone.sees_new("Kapan")
    for choice in ("Kemarin", "Tidak ada", "Lanjut", "Lewati", "Tidak tahu"):
        await phone.taps(choice)
    await phone.sees_button("Kirim laporan")


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
        killable(telegram.url, register, tmp_path / "order") as application,
    ):
        warga = telegram.phone("Sari")
        await warga.says("/lapor")
        await warga.taps("Saya mengerti", within=PATIENCE_S)
        for filed, point in enumerate(POINTS, start=1):
            await reaches_the_review(warga)
            application.will_die_at(point)
            await warga.taps("Kirim laporan")
            if await application.died():
                deaths += 1
                await application.starts()
            else:
                await application.stops()
                await application.starts()
            numbers = await filed_within(register, filed)
            assert len(numbers) == filed, f"killed at write {point}: {numbers}"
            await warga.sees("Nomor", numbers[0], within=PATIENCE_S)
    assert deaths >= AT_LEAST
