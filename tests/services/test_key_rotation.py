"""A new key takes the place of an old one: all is sealed anew, the bot may go on, and then the old one may go."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, text

from domain.drafting import FileKind
from domain.evidence import FetchState
from domain.lifecycle import Role
from services.key_rotation import FILES, KeyRotation
from services.people import TelegramPerson
from services.shelf import NewFile
from storage.crypto import Keyring, new_key
from storage.engine import Database
from storage.files import FileStore
from storage.queries.inbox import Arrived
from storage.queries.rotation import Found, sealed_tables
from storage.tables import Base
from storage.tables_evidence import Attachment
from storage.tables_telling import ShownChoices
from tests.conftest import TEST_KEY, FakeClock
from tests.services.conftest import LAMP, Town
from tests.services.pictures import photograph
from tests.storage.rows import claim_next

CHAT, GROUP = 5551234567, -100777
NEW = new_key()
BOTH, ALONE = f"{NEW},{TEST_KEY}", NEW


@pytest.fixture
async def houses(town: Town) -> AsyncIterator["Houses"]:
    opened = Houses(town)
    yield opened
    for each in opened.towns:
        await each.office.database.dispose()


class Houses:
    """The same register and the same files, opened with other keys."""

    def __init__(self, town: Town) -> None:
        self.first = town
        self.towns: list[Town] = []

    def with_keys(self, keys: str) -> Town:
        database = Database(self.first.office.database.url, Keyring.parse(keys), self.first.office.clock)
        self.towns.append(Town(replace(self.first.office, database=database), self.first.folder))
        return self.towns[-1]


def rotation(town: Town) -> KeyRotation:
    return KeyRotation(town.office, FileStore.beside(town.office.database, town.folder))


async def rotates(town: Town) -> dict[str, Found]:
    return await collected(rotation(town).rotate())


async def checks(town: Town) -> dict[str, Found]:
    return await collected(rotation(town).check())


async def collected(walk: AsyncIterator) -> dict[str, Found]:
    met: dict[str, Found] = {}
    async for passed in walk:
        met.setdefault(passed.station, Found()).add(passed.found)
    return met


async def lived_in(town: Town, clock: FakeClock) -> str:
    """A register in which every sealed column holds something; returns a complaint's number."""
    await town.hires(30, Role.COORDINATOR)
    await town.directory.invite(Role.OFFICER, "36.73", "dprkp", "Petugas Baru")
    citizen = await town.people.meet(TelegramPerson(CHAT, "Kartika", "kartika", "id"))
    number = (await town.files(citizen)).number
    await town.intake.begin(citizen, LAMP)
    await town.intake.attach(citizen, NewFile(FileKind.DOCUMENT, "f-2", "u-2", "ktp kartika.jpg", 900, "image/jpeg"))
    for attachment_id, _ in await town.evidence.owed(clock(), 10):
        await town.evidence.keep(attachment_id, photograph())
    async with town.office.database.work() as work:
        for update_id, chat in enumerate((CHAT, CHAT, GROUP), start=1):
            await work.inbox.store([Arrived(update_id, str(chat), json.dumps({"n": update_id}))], clock())
        draft = await work.drafts.open_of(citizen.person_id)
        assert draft is not None
        draft.shown_name_sealed = work.identities._seal("Ibu Kartika")
        [unit, *_] = await work.directory.units()
        await work.groups.connect(unit.id, GROUP, clock(), topics=False)
        sealed = work.evidence.seal_digest("[]")
        work._session.add(ShownChoices(person_id=citizen.person_id, choices_sealed=sealed, shown_at=clock()))
        await work.commit()
    return number


async def sealed_cells(town: Town) -> dict[str, list[bytes]]:
    """Every sealed value of the register by table."""
    found: dict[str, list[bytes]] = {}
    async with town.office.database.session() as session:
        for table in sealed_tables():
            rows = (await session.execute(table.select())).mappings().all()
            names = [column.name for column in table.columns if column.name.endswith("_sealed")]
            found[table.name] = [bytes(row[name]) for row in rows for name in names if row[name] is not None]
    return found


def test_every_column_that_holds_bytes_is_named_so_that_a_rotation_finds_it() -> None:
    bytes_held = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    walked = {
        f"{table.name}.{column.name}"
        for table in sealed_tables()
        for column in table.columns
        if "_sealed" in column.name
    }
    assert bytes_held == walked
    assert all(len(table.primary_key.columns) == 1 for table in sealed_tables())


async def test_after_a_rotation_the_new_key_alone_opens_and_finds_everything(
    town: Town, houses: Houses, clock: FakeClock
) -> None:
    number = await lived_in(town, clock)
    before = await sealed_cells(town)
    assert all(before.values()), {name for name, cells in before.items() if not cells}
    both = houses.with_keys(BOTH)
    met = await rotates(both)
    assert met[FILES].stale == 1
    assert all(met[station].stale for station in met)
    alone = houses.with_keys(ALONE)
    keyring = alone.office.database.keyring
    after = await sealed_cells(alone)
    assert {name: len(cells) for name, cells in after.items()} == {name: len(cells) for name, cells in before.items()}
    assert all(keyring.place_of(cell) == 0 for cells in after.values() for cell in cells)
    assert not any(found.stale or found.lost for found in (await checks(alone)).values())
    citizen = await alone.people.meet(TelegramPerson(CHAT, "Kartika", "kartika", "id"))
    assert Role.CITIZEN in (await alone.tracking.look(citizen, number)).roles
    assert (await alone.intake.current(citizen)) is not None
    async with alone.office.database.reading() as work:
        stored, group = await work.evidence.stored(1), await work.groups.of_chat(GROUP)
    assert stored is not None
    assert group is not None
    assert await alone.evidence.bytes_of(stored.id)


async def test_the_same_picture_is_known_again_under_the_new_key(town: Town, houses: Houses, clock: FakeClock) -> None:
    await lived_in(town, clock)
    await rotates(houses.with_keys(BOTH))
    alone = houses.with_keys(ALONE)
    await alone.files(await alone.meets(77))
    async with alone.office.database.work() as work:
        file = Attachment(
            person_id=1,
            kind=FileKind.PHOTO,
            file_id="again",
            file_unique_id="again",
            added_at=clock(),
            fetch_at=clock(),
            state=FetchState.OWED,
        )
        work.evidence.add(file)
        await work.commit()
    await alone.evidence.keep(file.id, photograph())
    assert len(list(FileStore.beside(alone.office.database, alone.folder).keys())) == 1


async def test_what_waits_in_a_chat_is_worked_in_order_after_the_rotation(
    town: Town, houses: Houses, clock: FakeClock
) -> None:
    await lived_in(town, clock)
    both = houses.with_keys(BOTH)
    await rotates(both)
    alone = houses.with_keys(ALONE)
    async with alone.office.database.work() as work:
        assert await work.inbox.store([Arrived(9, str(CHAT), '{"n": 9}')], clock())
        await work.commit()
    worked = []
    for _ in range(4):
        async with alone.office.database.work() as work:
            claim = await claim_next(work, "w", clock(), timedelta(minutes=1))
            await work.commit()
        async with alone.office.database.work(claim.cause) as work:  # type: ignore[union-attr]
            await work.inbox.release([claim])  # type: ignore[arg-type]
            await work.commit()
        worked.append(claim.update_id)  # type: ignore[union-attr]
        async with alone.office.database.reading() as work:
            person_id = await work.identities.behind(claim.chat_index)  # type: ignore[union-attr]
        assert (person_id is not None) is (claim.update_id != 3)  # type: ignore[union-attr]
    assert worked == [1, 2, 3, 9]


async def test_a_chat_that_is_being_worked_is_left_until_it_is_free(
    town: Town, houses: Houses, clock: FakeClock
) -> None:
    await lived_in(town, clock)
    both = houses.with_keys(BOTH)
    async with both.office.database.work() as work:
        claim = await claim_next(work, "w", clock(), timedelta(minutes=1))
        await work.commit()
    assert (await rotates(both))["index of chats"].busy == 1
    assert (await checks(both))["index of chats"].stale == 1
    async with both.office.database.reading() as work:
        assert await work.identities.behind(claim.chat_index) is not None  # type: ignore[union-attr]
    async with both.office.database.work(claim.cause) as work:  # type: ignore[union-attr]
        await work.inbox.release([claim])  # type: ignore[arg-type]
        await work.commit()
    assert (await rotates(both))["index of chats"].stale == 1
    assert (await checks(both))["index of chats"].stale == 0


async def test_a_rotation_that_was_broken_off_goes_on_where_it_stopped(
    town: Town, houses: Houses, clock: FakeClock
) -> None:
    await lived_in(town, clock)
    both = houses.with_keys(BOTH)
    walk = rotation(both).rotate()
    for _ in range(3):
        await anext(walk)
    await walk.aclose()  # type: ignore[attr-defined]  # an async generator
    half = await checks(both)
    assert any(found.stale for found in half.values())
    assert not all(found.stale for found in half.values())
    await rotates(both)
    again = await rotates(both)
    assert not any(found.stale for found in again.values())


async def test_while_it_runs_people_write_and_nothing_is_lost(town: Town, houses: Houses, clock: FakeClock) -> None:
    await lived_in(town, clock)
    both = houses.with_keys(BOTH)

    async def writes(number: int) -> None:
        async with both.office.database.work() as work:
            assert await work.inbox.store([Arrived(100 + number, str(CHAT if number % 2 else GROUP), "{}")], clock())
            await work.commit()
        await both.people.meet(TelegramPerson(CHAT, f"Kartika {number}", "kartika", "id"))

    await asyncio.gather(rotates(both), *(writes(number) for number in range(8)))
    await rotates(both)
    alone = houses.with_keys(ALONE)
    assert not any(found.stale or found.lost for found in (await checks(alone)).values())
    async with alone.office.database.session() as session:
        adrift = "SELECT count(*) FROM inbox WHERE chat_index NOT IN (SELECT chat_index FROM chat_leases)"
        assert await session.scalar(text(adrift)) == 0
        assert await session.scalar(text("SELECT count(*) FROM chat_leases")) == 2


async def test_what_no_key_opens_is_counted_and_stops_nothing(town: Town, houses: Houses, clock: FakeClock) -> None:
    await lived_in(town, clock)
    stranger = houses.with_keys(new_key())
    async with stranger.office.database.work() as work:
        await work.inbox.store([Arrived(50, "99", "{}")], clock())
        await work.commit()
    met = await rotates(houses.with_keys(BOTH))
    assert met["inbox"].lost == 1
    assert (await checks(houses.with_keys(BOTH)))["identities"].stale == 0


async def test_whoever_is_erased_leaves_no_chat_behind_for_a_rotation(
    town: Town, houses: Houses, clock: FakeClock, tmp_path: Path
) -> None:
    await lived_in(town, clock)
    async with town.office.database.work() as work:
        await work.erasures.chat(str(CHAT))
        await work.commit()
    cells = (await sealed_cells(town))["chat_leases"]
    assert [town.office.database.keyring.decrypt(cell) for cell in cells] == [str(GROUP)]
