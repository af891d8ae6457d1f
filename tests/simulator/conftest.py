"""A Telegram with one citizen, and a bot that speaks bare HTTP."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from simulator import Limits, Phone, SimulatedTelegram
from tests.simulator.bare_bot import BareBot, HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def telegram(clock: HandClock) -> AsyncIterator[SimulatedTelegram]:
    async with SimulatedTelegram(clock=clock, limits=Limits.off()) as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: SimulatedTelegram) -> AsyncIterator[BareBot]:
    async with aiohttp.ClientSession() as session:
        yield BareBot(telegram.url, telegram.token, session)


@pytest.fixture
async def siti(telegram: SimulatedTelegram) -> Phone:
    """A citizen who has pressed START."""
    siti = telegram.phone("Siti", "Aminah", username="sitiaminah")
    await siti.starts()
    return siti
