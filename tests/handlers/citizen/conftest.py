"""Citizens before the real dispatcher, over a register of Kota Serang."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

import routing
from bot.app import dispatcher
from bot.house import activities
from handlers.showing import SpeakingBot
from routing.matcher import AgencyMatcher
from services.directory import Directory
from services.office import Office
from services.seeding import Seeding
from storage import migrate
from storage.crypto import Keyring
from storage.engine import Database
from storage.files import FileStore
from storage.seed.regulation import seed_regulations
from tests.conftest import TEST_KEY, FakeClock
from tests.handlers.citizen.warga import Desk, Warga

SERANG = Path(routing.__file__).parent / "data/directory/kota-serang.yaml"


@dataclass
class Serang:
    """A register that knows Kota Serang, made once and copied for every test; the matcher is read once."""

    file: Path
    matcher: AgencyMatcher

    @classmethod
    async def make(cls, file: Path, clock: FakeClock) -> "Serang":
        """Migrates, seeds, enters the directory."""
        await migrate.upgrade(f"sqlite:///{file}")
        database = Database.open(f"sqlite:///{file}", Keyring.parse(TEST_KEY), clock)
        office = Office(database, clock, seed_regulations(), AgencyMatcher.load())
        await Seeding(office).seed()
        await Directory(office).load(SERANG)
        await database.dispose()
        return cls(file, office.matcher)


@pytest.fixture(scope="session")
def serang(tmp_path_factory: pytest.TempPathFactory) -> Serang:
    """Kota Serang for the whole session."""
    file = tmp_path_factory.mktemp("serang") / "template.sqlite3"
    return asyncio.run(Serang.make(file, FakeClock(datetime(2025, 1, 6, 2, 0, tzinfo=UTC))))


@dataclass
class Street:
    """Where citizens live: the application without its lines to Telegram."""

    office: Office
    clock: FakeClock
    desk: Desk = field(default_factory=Desk)

    def __post_init__(self) -> None:
        self.services = activities(self.office, FileStore.beside(self.office.database))
        self.restarts()

    def restarts(self) -> None:
        """The process begins anew: what it only remembered is gone."""
        self._bot = SpeakingBot("42:TEST-token", session=self.desk)
        self._dispatcher = dispatcher(self.services)

    def warga(self, chat_id: int = 7001, language: str | None = "id") -> Warga:
        """Somebody who lives here, with a telephone that says its language."""
        return Warga(self._bot, self.desk, self._dispatcher, self.clock, self.office.database, chat_id, language)


@pytest.fixture
async def street(serang: Serang, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Street]:
    """A street of Kota Serang on a Monday morning."""
    file = shutil.copy(serang.file, tmp_path / "street.sqlite3")
    database = Database.open(f"sqlite:///{file}", Keyring.parse(TEST_KEY), clock)
    yield Street(Office(database, clock, seed_regulations(), serang.matcher), clock)
    await database.dispose()


@pytest.fixture
def warga(street: Street) -> Warga:
    """A citizen whom nobody has met."""
    return street.warga()


@pytest.fixture
async def sari(warga: Warga) -> Warga:
    """A citizen who has read the notice."""
    await warga.says("/lapor")
    await warga.taps("Saya mengerti")
    await warga.says("/batal")
    await warga.taps("Buang")
    return warga
