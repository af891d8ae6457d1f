"""What every test may ask for: a settable clock, keys, and a fresh database on each engine.

`pytest -k sqlite` and `pytest -k postgresql` choose an engine.
"""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.logs import NOISY
from storage.crypto import Keyring
from storage.engine import Database
from tests.eavesdropping import Ear, from_elsewhere
from tests.planted import KEY
from tests.storage.places import PostgresPlace, SqlitePlace
from tests.storage.postgres import NoPostgres, OwnServer, Server

Place = SqlitePlace | PostgresPlace

TEST_KEY = KEY


def pytest_configure() -> None:
    """Hears Ctrl-C: what a shell starts in the background does not, nor does any process that a test starts then."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Spares the collector what the libraries leave behind at import: every full collection would walk it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


class FakeClock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, start: datetime) -> None:
        """Shows an aware instant."""
        self._now = start.astimezone(UTC)

    def __call__(self) -> datetime:
        """The instant that it shows, in UTC."""
        return self._now

    def now(self) -> datetime:
        """The same, for whoever reads rather than passes the clock on."""
        return self._now

    def advance(self, **units: float) -> datetime:
        """Moves forward: `advance(days=1, hours=2)`."""
        self._now += timedelta(**units)
        return self._now

    def set(self, instant: datetime) -> None:
        """Moves to an aware instant, forward or back."""
        self._now = instant.astimezone(UTC)


@pytest.fixture(scope="session")
def ear() -> Iterator[Ear]:
    """Listens from the first test to the last."""
    ear, root = Ear(), logging.getLogger()
    root.addHandler(ear)
    root.setLevel(logging.INFO)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    yield ear
    root.removeHandler(ear)


@pytest.fixture(autouse=True)
def _nobody_is_named_in_a_log(ear: Ear) -> Iterator[None]:
    """Every test is also a test of what it makes the program log."""
    yield
    caught, ear.caught = ear.caught, []
    caught += from_elsewhere()
    assert not caught, f"a log names somebody or tells a secret: {caught}"


@pytest.fixture
def clock() -> FakeClock:
    """Monday 6 January 2025, 09:00 in Jakarta."""
    return FakeClock(datetime(2025, 1, 6, 2, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    """One key that is known to be worthless."""
    return Keyring.parse(TEST_KEY)


@pytest.fixture(scope="session")
def sqlite_place(tmp_path_factory: pytest.TempPathFactory) -> SqlitePlace:
    """The folder of the session's SQLite files."""
    return SqlitePlace(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_place() -> Iterator[PostgresPlace]:
    """The server of the session: `TEST_DATABASE_URL`, else our own, else the test is skipped and says why."""
    url = os.environ.get("TEST_DATABASE_URL")
    try:
        server = Server(url) if url else OwnServer()
    except NoPostgres as reason:
        pytest.skip(f"NO POSTGRESQL: {reason}. Set TEST_DATABASE_URL to a server where databases may be made.")
    place = PostgresPlace(server)
    yield place
    asyncio.run(place.close())
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """Where databases come from, once per engine."""
    found: Place = request.getfixturevalue(f"{request.param}_place")
    return found


@pytest.fixture
async def database_url(place: Place) -> AsyncIterator[str]:
    """The URL of a migrated, empty database: for tests that start processes of their own."""
    url = await place.fresh()
    yield url
    await place.forget(url)


@pytest.fixture
async def database(database_url: str, keyring: Keyring, clock: FakeClock) -> AsyncIterator[Database]:
    """A migrated, empty database, open."""
    opened = Database.open(database_url, keyring, clock)
    yield opened
    await opened.dispose()
