"""Officers, coordinators and a citizen before the real dispatcher, over a register of Kota Serang."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from aiogram.types import Message

from bot.app import dispatcher
from bot.house import House, build
from domain.drafting import Step
from domain.lifecycle import Kind, Role
from handlers.showing import SpeakingBot, keyboard
from locales.translator import words_for
from routing.matcher import AgencyMatcher
from services.caller import Caller
from services.people import TelegramPerson
from services.seeding import Seeding
from storage.engine import Database
from tests.conftest import FakeClock
from tests.handlers.citizen.conftest import SERANG
from tests.handlers.citizen.warga import Desk, Warga
from tests.storage.places import SqlitePlace
from views.letters import render
from views.spoken import noted

LAMP = "Lampu jalan di depan SD Negeri 2 sudah seminggu mati, gelap sekali kalau malam"
LEVY = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"
SARI, RINA, BUDI, DEWI, AGUS = 7001, 7002, 7003, 7004, 7005


@dataclass
class Town:
    """Where officers work: people with phones, and a courier who can be told to go round."""

    house: House
    clock: FakeClock
    desk: Desk = field(default_factory=Desk)

    def __post_init__(self) -> None:
        self._bot = SpeakingBot("42:TEST-token", session=self.desk)
        self._dispatcher = dispatcher(self.house.services)

    def phone(self, chat_id: int) -> Warga:
        """Somebody with a phone."""
        return Warga(self._bot, self.desk, self._dispatcher, self.clock, self.house.database, chat_id)

    async def hires(self, chat_id: int, role: Role, unit: str | None = None, government: str | None = "36.73") -> Warga:
        """Somebody is invited and comes."""
        directory = self.house.services.directory
        await directory.redeem(
            await self.caller(chat_id), await directory.invite(role, government, unit, f"Staf {chat_id}")
        )
        return self.phone(chat_id)

    async def caller(self, chat_id: int) -> Caller:
        """Somebody as the services know them."""
        return await self.house.services.people.meet(
            TelegramPerson(chat_id, "Sari Dewi Rahasia", f"user{chat_id}", "id")
        )

    async def files(self, text: str = LAMP, place: str = "Cipocok Jaya, Kota Serang", chat_id: int = SARI) -> str:
        """A citizen has filed a complaint; returns its number."""
        intake, by = self.house.services.intake, await self.caller(chat_id)
        sheet = await intake.begin(by, text)
        sheet = await intake.choose_kind(by, sheet.id, Kind.COMPLAINT)
        if sheet.place_choices:
            sheet = await intake.pick_place(by, sheet.id, None)
        sheet = await intake.place(by, place)
        if sheet.step is Step.TIME:
            await intake.pick_time(by, sheet.id, "yesterday")
        await intake.finish_evidence(by, sheet.id)
        await intake.finish_privacy(by, sheet.id)
        await intake.name(by, "Ibu Sari", sheet.id)
        await intake.pick_agency(by, sheet.id, 0)
        return (await intake.submit(by, sheet.id)).number

    async def forwards(self, number: str, coordinator: int = DEWI) -> None:
        """The coordinator has forwarded it, as proposed."""
        oversight, by = self.house.services.oversight, await self.caller(coordinator)
        await oversight.forward(by, (await oversight.propose(by, number)).serial)

    async def delivers(self) -> dict[int, list[Message]]:
        """Brings everything that is owed just now; returns who got which messages."""
        brought: dict[int, list[Message]] = {}
        while True:
            async with self.house.database.work() as work:
                rows = await work.outbox.claim_due("test", self.clock(), 50, timedelta(seconds=30))
                await work.commit()
            if not rows:
                return brought
            for row in rows:
                letter = await self.house.letters.open(row)
                if letter is None:
                    continue
                screen = render(letter, words_for(letter.locale))
                message = await self._bot.send_message(
                    letter.chat_id, screen.text, parse_mode="HTML", reply_markup=keyboard(screen)
                )
                brought.setdefault(letter.chat_id, []).append(message)
                async with self.house.database.work() as work:
                    await work.outbox.sent({row.id: message.message_id}, self.clock())
                    await work.shown.keep({row.person_id: noted(screen.choices)}, self.clock())
                    await work.commit()
            self.clock.advance(seconds=2)


async def turns_to(person: Warga, label: str) -> None:
    """Turns the pages of a list until a button is there."""
    while label not in person.labels():
        await person.taps("Berikutnya")


@pytest.fixture
def place(sqlite_place: SqlitePlace) -> SqlitePlace:
    """Conversations do not depend on the engine: SQLite alone."""
    return sqlite_place


@pytest.fixture
def clock() -> FakeClock:
    """Tuesday 7 April 2026, 09:00 in Jakarta."""
    return FakeClock(datetime(2026, 4, 7, 2, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def matcher() -> AgencyMatcher:
    """The matcher, read once."""
    return AgencyMatcher.load()


@pytest.fixture
async def town(
    place: SqlitePlace, database_url: str, database: Database, clock: FakeClock, matcher: AgencyMatcher
) -> Town:
    """Kota Serang with nobody at work yet."""
    house = build(database, clock)
    house.office.matcher = matcher
    morning = f"Serang at {clock()}"
    if place.restored(database_url, morning):
        house.office.matcher = await house.services.directory.matcher()
    else:
        await Seeding(house.office).seed()
        await house.services.directory.load(SERANG)
        place.keep(database_url, morning)
    return Town(house, clock)


@pytest.fixture
async def dewi(town: Town) -> Warga:
    """The coordinator of the city."""
    return await town.hires(DEWI, Role.COORDINATOR)


@pytest.fixture
async def rina(town: Town) -> Warga:
    """An officer of the department that answers for the street lamps."""
    return await town.hires(RINA, Role.OFFICER, "dprkp")


@pytest.fixture
async def budi(town: Town) -> Warga:
    """An officer of another department."""
    return await town.hires(BUDI, Role.OFFICER, "dishub")


@pytest.fixture
async def forwarded(town: Town, dewi: Warga, rina: Warga) -> str:
    """The number of a complaint that lies with the department of housing."""
    number = await town.files()
    await town.forwards(number)
    return number
