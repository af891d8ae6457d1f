"""A register on SQLite with nobody in it, and a Telegram over HTTP."""

from collections.abc import AsyncIterator

import pytest

from simulator.limits import Limits
from simulator.server import SimulatedTelegram
from storage.crypto import Keyring
from storage.engine import Database
from tests.conftest import FakeClock
from tests.storage.places import SqlitePlace


@pytest.fixture
async def url(sqlite_place: SqlitePlace) -> AsyncIterator[str]:
    """The URL of a migrated, empty register."""
    fresh = await sqlite_place.fresh()
    yield fresh
    await sqlite_place.forget(fresh)


@pytest.fixture
async def register(url: str, keyring: Keyring, clock: FakeClock) -> AsyncIterator[Database]:
    """The register, open."""
    opened = Database.open(url, keyring, clock)
    yield opened
    await opened.dispose()


@pytest.fixture
async def telegram() -> AsyncIterator[SimulatedTelegram]:
    """A Telegram of our own."""
    async with SimulatedTelegram(limits=Limits.off()) as running:
        yield running
