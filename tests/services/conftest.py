"""A town for the services: Kota Serang with its units, and people who act in it."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import routing
from domain.drafting import FileKind, Purpose
from domain.lifecycle import ClockKind, Kind, Role
from routing.matcher import AgencyMatcher
from services.calendar_keeping import CalendarKeeping
from services.caller import Caller
from services.case_sheets import CaseSheet
from services.correspondence import Correspondence
from services.directory import Directory
from services.draft_sheets import Receipt
from services.evidence import Evidence
from services.explaining import Explaining
from services.handling import Handling
from services.intake import Intake
from services.inviting import Inviting
from services.letter_sheets import Letter
from services.letters import Letters
from services.merging import Merging
from services.office import Office
from services.oversight import Oversight
from services.people import People, TelegramPerson
from services.requests import Requests
from services.seeding import Seeding
from services.shelf import NewFile
from services.staffing import Staffing
from services.supporting import Supporting
from services.teamwork import Teamwork
from services.timekeeping import Timekeeping
from services.tracking import Tracking
from storage.engine import Database
from storage.files import FileStore
from storage.seed.regulation import seed_regulations
from storage.tables_complaints import ClockRow
from tests.conftest import FakeClock, Place

ON_BOTH_ENGINES = {"test_backups", "test_delivery", "test_key_rotation", "test_requests", "test_road", "test_walls"}
"""Where the engine matters most; the others see PostgreSQL in `make proof`, or with LAPOR_EVERY_ENGINE=1."""

SERANG = Path(routing.__file__).parent / "data/directory/kota-serang.yaml"
LAMP = "Lampu jalan di depan SD Negeri 2 sudah seminggu mati, gelap sekali kalau malam"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves rules that do not depend on the engine to SQLite, unless every engine is asked for."""
    if os.environ.get("LAPOR_EVERY_ENGINE"):
        return
    here = Path(__file__).parent
    ruled = (here, here.parent / "scheduler")
    spared = [item for item in items if item.path.parent in ruled and _needs_no_server(item)]
    config.hook.pytest_deselected(items=spared)
    items[:] = [item for item in items if item not in set(spared)]


def _needs_no_server(item: pytest.Item) -> bool:
    return "postgresql" in item.name and item.path.stem not in ON_BOTH_ENGINES


@dataclass
class Town:
    """The whole of the services on one database."""

    office: Office
    folder: Path
    people: People = field(init=False)
    intake: Intake = field(init=False)
    tracking: Tracking = field(init=False)
    correspondence: Correspondence = field(init=False)
    handling: Handling = field(init=False)
    oversight: Oversight = field(init=False)
    directory: Directory = field(init=False)
    letters: Letters = field(init=False)
    timekeeping: Timekeeping = field(init=False)
    explaining: Explaining = field(init=False)
    requests: Requests = field(init=False)
    supporting: Supporting = field(init=False)
    merging: Merging = field(init=False)
    teamwork: Teamwork = field(init=False)
    evidence: Evidence = field(init=False)
    holidays: CalendarKeeping = field(init=False)
    inviting: Inviting = field(init=False)
    staffing: Staffing = field(init=False)

    def __post_init__(self) -> None:
        for name, kind in (
            ("people", People),
            ("intake", Intake),
            ("tracking", Tracking),
            ("correspondence", Correspondence),
            ("handling", Handling),
            ("oversight", Oversight),
            ("directory", Directory),
            ("letters", Letters),
            ("timekeeping", Timekeeping),
            ("explaining", Explaining),
            ("requests", Requests),
            ("supporting", Supporting),
            ("merging", Merging),
            ("teamwork", Teamwork),
            ("holidays", CalendarKeeping),
            ("inviting", Inviting),
            ("staffing", Staffing),
        ):
            setattr(self, name, kind(self.office))
        self.evidence = Evidence(self.office, FileStore.beside(self.office.database, self.folder))

    async def meets(self, chat_id: int, name: str = "Warga") -> Caller:
        """Somebody writes."""
        return await self.people.meet(TelegramPerson(chat_id, name, f"user{chat_id}", "id"))

    async def hires(
        self, chat_id: int, role: Role, unit: str | None = None, government: str | None = "36.73"
    ) -> Caller:
        """Somebody is invited and comes."""
        token = await self.directory.invite(role, government, unit, f"Staf {chat_id}")
        await self.directory.redeem(await self.meets(chat_id), token)
        return await self.meets(chat_id)

    async def files(
        self, by: Caller, text: str = LAMP, place: str = "Cipocok Jaya, Kota Serang", **how: bool
    ) -> Receipt:
        """A citizen files a complaint from beginning to end."""
        sheet = await self.intake.begin(by, text)
        sheet = await self.intake.choose_kind(by, sheet.id, Kind.COMPLAINT)
        if sheet.place_choices:
            sheet = await self.intake.pick_place(by, sheet.id, None)
        sheet = await self.intake.place(by, place)
        sheet = await self.intake.pick_time(by, sheet.id, "yesterday")
        await self.intake.attach(by, a_photo())
        sheet = await self.intake.finish_evidence(by, sheet.id)
        for switch in ("anonymous", "secret"):
            if how.get(switch):
                sheet = await self.intake.switch(by, sheet.id, switch)
        sheet = await self.intake.finish_privacy(by, sheet.id)
        if not how.get("anonymous"):
            sheet = await self.intake.name(by, "Ibu Sari", sheet.id)
        sheet = await self.intake.pick_agency(by, sheet.id, None if how.get("undecided") else 0)
        return await self.intake.submit(by, sheet.id)

    async def owed(self, clock: FakeClock) -> list[Letter]:
        """Opens everything that is owed just now, as delivery would, and marks it sent."""
        letters = []
        while True:
            async with self.office.database.work() as work:
                rows = await work.outbox.claim_due("test", clock(), 50, timedelta(seconds=30))
                await work.commit()
            if not rows:
                return letters
            opened = await self.letters.together(rows)
            letters += [letter for row in rows if (letter := opened[row.id]) is not None]
            async with self.office.database.work() as work:
                await work.outbox.sent({row.id: 1000 + row.id for row in rows}, clock())
                await work.commit()
            clock.advance(seconds=2)

    async def at_work(self, clock: FakeClock, unit: str = "dprkp") -> "AtWork":
        """A complaint that lies with a staffed unit since Tuesday 7 April 2026, everybody told."""
        officer = await self.hires(20, Role.OFFICER, unit)
        coordinator = await self.hires(30, Role.COORDINATOR)
        citizen = await self.meets(10)
        receipt = await self.files(citizen)
        proposal = await self.oversight.propose(coordinator, receipt.number)
        await self.oversight.forward(coordinator, proposal.serial)
        await self.owed(clock)
        return AtWork(citizen, officer, coordinator, receipt.number)

    async def does(self, by: Caller, number: str, purpose: Purpose, words: str, **data: object) -> CaseSheet:
        """Writes and sends in one go."""
        sheet = await self.correspondence.at_once(by, number, purpose, words, data)
        if sheet.held:
            sheet = await self.correspondence.as_is(by, sheet.serial)
            sheet = await self.correspondence.write(by, "Pekerjaan lapangan masih berjalan")
        return await self.correspondence.send(by, sheet.serial)

    async def due(self, number: str, kind: ClockKind) -> datetime:
        """When the clock of a kind that started last is due."""
        return (await self.runs(number, kind)).due_at

    async def runs(self, number: str, kind: ClockKind) -> ClockRow:
        """The clock of a kind that started last."""
        async with self.office.database.reading() as work:
            complaint = await work.complaints.by_number(number)
            assert complaint is not None
            row = await work.clocks.latest(complaint.id, kind)
            assert row is not None
            return row


@dataclass(frozen=True)
class AtWork:
    """A complaint and the people around it."""

    citizen: Caller
    officer: Caller
    coordinator: Caller
    number: str


def jakarta(local: str) -> datetime:
    """An instant by the clocks of Jakarta."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Asia/Jakarta"))


def a_photo(unique: str = "u1") -> NewFile:
    """A photo as Telegram names it."""
    return NewFile(FileKind.PHOTO, f"file-{unique}", unique, None, 1000)


@pytest.fixture(scope="session")
def matcher() -> AgencyMatcher:
    """The matcher, read once."""
    return AgencyMatcher.load()


@pytest.fixture
def clock() -> FakeClock:
    """Tuesday 7 April 2026, 09:00 in Jakarta."""
    return FakeClock(datetime(2026, 4, 7, 2, 0, tzinfo=UTC))


@pytest.fixture
async def town(
    place: Place, database_url: str, database: Database, clock: FakeClock, matcher: AgencyMatcher, tmp_path: Path
) -> Town:
    """Kota Serang, enrolled and seeded, with nobody working there yet."""
    town = Town(Office(database, clock, seed_regulations(), matcher), tmp_path / "files")
    morning = f"Serang at {clock()}"
    if place.restored(database_url, morning):
        town.office.matcher = await town.directory.matcher()
    else:
        await Seeding(town.office).seed()
        await town.directory.load(SERANG)
        place.keep(database_url, morning)
    return town
