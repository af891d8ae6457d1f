"""The whole house in this process: the application, its register, and a Telegram with phones."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import routing
from bot.app import Application
from bot.beginnings import bring_up
from bot.house import House, open_house
from bot.settings import Settings
from domain.lifecycle import Role
from domain.ticket import find_numbers
from simulator.limits import Limits
from simulator.phone import Phone
from simulator.server import TOKEN, SimulatedTelegram
from tests.conftest import TEST_KEY

DIRECTORIES = Path(routing.__file__).parent / "data/directory"
SERANG = "36.73"
MORNING = datetime(2026, 4, 7, 2, 0, tzinfo=UTC)
"""Tuesday 7 April 2026, 09:00 in Jakarta."""

LAMP = "Lampu jalan di depan SD Negeri 2 sudah seminggu mati, gelap sekali kalau malam"


@dataclass
class RunningClock:
    """Goes on by itself as every clock does, and can be moved forward."""

    start: datetime = MORNING
    _shift: timedelta = timedelta()
    _began: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        """The instant that it shows."""
        return self.start + timedelta(seconds=time.monotonic() - self._began) + self._shift

    def advance(self, **units: float) -> None:
        """Moves forward: `advance(days=1)`."""
        self._shift += timedelta(**units)


@dataclass
class RunningHouse:
    """What a test says to the house; people speak through their phones."""

    telegram: SimulatedTelegram
    application: Application
    inside: House
    clock: RunningClock

    def phone(self, name: str) -> Phone:
        """Somebody with a phone."""
        return self.telegram.phone(name)

    async def hires(self, phone: Phone, role: Role, unit: str | None = None, government: str | None = SERANG) -> Phone:
        """Invites somebody, as `lapor staff invite` does; they open the link."""
        token = await self.inside.services.directory.invite(role, government, unit, phone.person.first_name)
        await phone.starts(token)
        await phone.sees_new()
        return phone

    async def passes(self, **units: float) -> None:
        """Lets time pass: what falls due meanwhile happens now."""
        self.clock.advance(**units)
        await self.application.timetable.tick()
        self.application.delivery.wake()

    async def files(
        self, phone: Phone, text: str = LAMP, place: str = "Cipocok Jaya, Kota Serang", *, taps_kirim: int = 1
    ) -> str:
        """A citizen files a complaint without evidence from the first word to the receipt; returns its number."""
        await phone.says(text)
        await phone.taps("Saya mengerti")
        await phone.taps("Pengaduan")
        await phone.sees_new("Di mana kejadiannya")
        await phone.says(place)
        await phone.sees_new("Kapan")
        for choice in ("Kemarin", "Tidak ada", "Lanjut", "Lewati"):
            await phone.taps(choice)
        await phone.sees_new("Tidak tahu")
        await phone.says("1")
        await phone.taps("Kirim", times=taps_kirim)
        receipt = await phone.sees("/lacak")
        return find_numbers(receipt.text)[0]


def settings_for(url: str, telegram_url: str, **more: Any) -> Settings:
    """Settings that owe nothing to the environment of the test; its people type faster than people can."""
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it
        telegram_token=TOKEN,
        telegram_api_url=telegram_url,
        database_url=url,
        lapor_keys=TEST_KEY,
        lapor_messages_per_minute=10_000,
        lapor_complaints_per_day=1_000,
        lapor_drafts_per_day=1_000,
        lapor_undo_seconds=0,
        **more,
    )


@asynccontextmanager
async def running_house(url: str, clock: RunningClock) -> AsyncIterator[RunningHouse]:
    """Runs the application on a register against a Telegram of its own, and ends both."""
    async with SimulatedTelegram(limits=Limits.off()) as telegram:
        settings = settings_for(url, telegram.url)
        await bring_up(settings, clock)
        async with open_house(settings, clock) as inside, asyncio.TaskGroup() as group:
            application = Application(settings, inside, between=timedelta(milliseconds=50))
            stop = asyncio.Event()
            group.create_task(application.run(stop))
            try:
                yield RunningHouse(telegram, application, inside, clock)
            finally:
                stop.set()
