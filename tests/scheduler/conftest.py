"""A post office on each engine, and people with phones."""

from collections.abc import AsyncIterator

import pytest

from simulator import Limits, Phone, SimulatedTelegram
from storage.engine import Database
from tests.conftest import FakeClock
from tests.scheduler.office import PostOffice


@pytest.fixture
async def telegram() -> AsyncIterator[SimulatedTelegram]:
    async with SimulatedTelegram(limits=Limits.off()) as telegram:
        yield telegram


@pytest.fixture
def post(telegram: SimulatedTelegram, database: Database, clock: FakeClock) -> PostOffice:
    return PostOffice(telegram, database, clock)


@pytest.fixture
async def siti(telegram: SimulatedTelegram) -> Phone:
    """A citizen who has pressed START."""
    siti = telegram.phone("Siti")
    await siti.starts()
    return siti


@pytest.fixture
async def budi(telegram: SimulatedTelegram) -> Phone:
    """Another one."""
    budi = telegram.phone("Budi")
    await budi.starts()
    return budi
