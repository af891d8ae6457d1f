"""People and the house that answers them, over HTTP against the simulated Telegram.

`house` is the running application on a register with Kota Serang in it. `warga` is a citizen, `petugas` an officer of
the department of public works, `koordinator` the coordinator of the city, `nasional` reads the desk of SP4N.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.beginnings import bring_up
from bot.house import open_house
from domain.lifecycle import Role
from simulator.phone import Phone
from tests.e2e.house import DIRECTORIES, RunningClock, RunningHouse, running_house, settings_for


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with Kota Serang, nobody working there yet; every test gets a copy."""
    file = tmp_path_factory.mktemp("e2e") / "template.sqlite3"
    asyncio.run(_furnish(file))
    return file


async def _furnish(file: Path) -> None:
    settings = settings_for(f"sqlite:///{file}", "http://127.0.0.1:1")
    await bring_up(settings, RunningClock())
    async with open_house(settings, RunningClock()) as house:
        await house.services.directory.load(DIRECTORIES / "kota-serang.yaml")


@pytest.fixture
def register(template: Path, tmp_path: Path) -> str:
    """The URL of a register of its own."""
    return f"sqlite:///{shutil.copy(template, tmp_path / 'register.sqlite3')}"


@pytest.fixture
def clock() -> RunningClock:
    """Tuesday 7 April 2026, 09:00 in Jakarta, and going."""
    return RunningClock()


@pytest.fixture
async def house(register: str, clock: RunningClock) -> AsyncIterator[RunningHouse]:
    """The running application."""
    async with running_house(register, clock) as running:
        yield running


@pytest.fixture
def warga(house: RunningHouse) -> Phone:
    """A citizen."""
    return house.phone("Sari")


@pytest.fixture
async def petugas(house: RunningHouse) -> Phone:
    """An officer of the department that answers for the street lamps."""
    return await house.hires(house.phone("Rina"), Role.OFFICER, "dprkp")


@pytest.fixture
async def koordinator(house: RunningHouse) -> Phone:
    """The coordinator of the city."""
    return await house.hires(house.phone("Dewi"), Role.COORDINATOR)


@pytest.fixture
async def nasional(house: RunningHouse) -> Phone:
    """Whoever reads the desk that forwards to SP4N."""
    return await house.hires(house.phone("Agus"), Role.NATIONAL_ADMIN, government=None)
