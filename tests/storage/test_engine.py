"""Opening the database, and what its units of work promise."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import engine
from storage.crypto import Keyring
from storage.engine import BadDatabaseUrl, Database, async_url
from storage.unit_of_work import Stale
from tests.storage.places import PostgresPlace, SqlitePlace
from tests.storage.rows import a_complaint, a_person


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("sqlite:///lapor.sqlite3", "sqlite+aiosqlite:///lapor.sqlite3"),
        ("postgresql://lapor@db/lapor", "postgresql+asyncpg://lapor@db/lapor"),
        ("postgres://lapor@db/lapor", "postgresql+asyncpg://lapor@db/lapor"),
        ("postgresql://lapor@/lapor?host=/run/pg", "postgresql+asyncpg://lapor@/lapor?host=%2Frun%2Fpg"),
        ("postgresql://db/lapor?sslmode=require", "postgresql+asyncpg://db/lapor?ssl=require"),
    ],
)
def test_a_url_is_read_as_people_write_it(written: str, read: str):
    assert str(async_url(written)) == read


@pytest.mark.parametrize("written", ["", "lapor.sqlite3", "sqlite://", "sqlite:///:memory:", "mysql://root:word@db/x"])
def test_a_url_that_cannot_serve_says_the_mend_and_hides_the_password(written: str):
    with pytest.raises(BadDatabaseUrl, match="write sqlite:///") as refusal:
        async_url(written)
    assert "word" not in str(refusal.value)


async def test_leaving_without_commit_keeps_nothing(database: Database, clock):
    async with database.work() as work:
        await a_person(work, clock.now(), chat_id=5551)
    async with database.reading() as read:
        assert await read.identities.person_of(5551) is None


async def test_an_error_on_the_way_keeps_nothing(database: Database, clock):
    async def stumble() -> None:
        async with database.work() as work:
            await a_person(work, clock.now(), chat_id=5551)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stumble()
    async with database.reading() as read:
        assert await read.identities.person_of(5551) is None


async def test_a_commit_keeps_everything(database: Database, clock):
    async with database.work() as work:
        await a_person(work, clock.now(), chat_id=5551)
        await work.commit()
    async with database.reading() as read:
        assert await read.identities.person_of(5551) is not None


async def test_a_reading_unit_cannot_write(database: Database, clock):
    async with database.reading() as read:
        with pytest.raises(DBAPIError, match=r"read-?only"):
            await a_person(read, clock.now())


async def test_no_update_is_lost_when_many_read_then_write_at_once(database: Database, clock):
    async with database.work() as work:
        complaint = await work.complaints.add(a_complaint(await a_person(work, clock.now()), clock.now()))
        await work.commit()

    async def add_one() -> None:
        while True:
            with suppress(Stale):
                async with database.work() as work:
                    found = await work.complaints.get(complaint.id)
                    await asyncio.sleep(0)
                    found.returns += 1
                    await work.commit()
                    return

    await asyncio.gather(*(add_one() for _ in range(20)))
    async with database.reading() as read:
        assert (await read.complaints.get(complaint.id)).returns == 20


async def test_who_changes_what_somebody_else_has_just_changed_is_refused(
    postgresql_place: PostgresPlace, keyring: Keyring, clock
):
    # Only here: on SQLite the second would wait until the first has left.
    url = await postgresql_place.fresh()
    database = Database.open(url, keyring, clock)
    try:
        async with database.work() as work:
            complaint = await work.complaints.add(a_complaint(await a_person(work, clock.now()), clock.now()))
            await work.commit()
        async with database.work() as slow:
            mine = await slow.complaints.get(complaint.id)
            async with database.work() as fast:
                (await fast.complaints.get(complaint.id)).returns = 7
                await fast.commit()
            mine.returns = 1
            with pytest.raises(Stale):
                await slow.commit()
        async with database.reading() as read:
            assert (await read.complaints.get(complaint.id)).returns == 7
    finally:
        await database.dispose()
        await postgresql_place.forget(url)


async def test_a_lost_race_has_its_name_wherever_in_the_unit_it_shows(
    postgresql_place: PostgresPlace, keyring: Keyring, clock
):
    url = await postgresql_place.fresh()
    database = Database.open(url, keyring, clock)
    try:
        async with database.work() as work:
            complaint = await work.complaints.add(a_complaint(await a_person(work, clock.now()), clock.now()))
            await work.commit()

        async def lose() -> None:
            async with database.work() as slow:
                mine = await slow.complaints.get(complaint.id)
                async with database.work() as fast:
                    (await fast.complaints.get(complaint.id)).returns = 7
                    await fast.commit()
                mine.returns = 1
                await slow.complaints.by_number(complaint.number)

        with pytest.raises(Stale):
            await lose()
    finally:
        await database.dispose()
        await postgresql_place.forget(url)


CUT_OTHERS = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


@pytest.mark.parametrize("rest", [engine.REST_S, -1], ids=["fresh", "rested"])
async def test_who_works_after_all_lines_were_cut_does_not_notice(
    postgresql_place: PostgresPlace, keyring: Keyring, clock, monkeypatch: pytest.MonkeyPatch, rest: float
):
    monkeypatch.setattr(engine, "REST_S", rest)
    url = await postgresql_place.fresh()
    database, elsewhere = Database.open(url, keyring, clock), Database.open(url, keyring, clock)
    try:
        async with database.reading() as one, database.reading() as other:
            assert await one.complaints.by_number("7KM-3QX-PW9") is await other.complaints.by_number("7KM-3QX-PW9")
        async with elsewhere.session() as session:
            cut = (await session.scalars(text(CUT_OTHERS))).all()
        assert cut == [True, True]
        for _ in cut:
            async with database.reading() as read:
                assert await read.complaints.by_number("7KM-3QX-PW9") is None
    finally:
        await database.dispose()
        await elsewhere.dispose()
        await postgresql_place.forget(url)


async def test_a_unit_that_is_cancelled_keeps_nothing_and_gives_its_connection_back(database: Database, clock):
    inside = asyncio.Event()

    async def interrupted() -> None:
        async with database.work() as work:
            await a_person(work, clock.now(), chat_id=5551)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(interrupted())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.work() as work:
        assert await work.identities.person_of(5551) is None


async def test_sqlite_is_opened_for_safety(sqlite_place: SqlitePlace, keyring: Keyring, clock):
    url = await sqlite_place.fresh()
    database = Database.open(url, keyring, clock)
    try:
        async with database._writer.connect() as connection:
            found = {
                name: (await connection.execute(text(f"PRAGMA {name}"))).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
    finally:
        await database.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


async def test_two_processes_write_one_sqlite_file_without_losing_an_update(
    sqlite_place: SqlitePlace, keyring: Keyring, clock
):
    url = await sqlite_place.fresh()
    here, there = Database.open(url, keyring, clock), Database.open(url, keyring, clock)

    async def write(database: Database, first: int) -> None:
        for chat_id in range(first, first + 20):
            async with database.work() as work:
                await a_person(work, clock.now(), chat_id=chat_id)
                await work.commit()

    try:
        await asyncio.gather(write(here, 100), write(there, 200))
        async with here.reading() as read:
            assert all([await read.identities.person_of(n) for n in (*range(100, 120), *range(200, 220))])
    finally:
        await here.dispose()
        await there.dispose()


async def test_a_question_of_its_own_begins_no_transaction_and_cannot_write(database: Database):
    async with database.asking() as unit:
        await unit.people.unreachable()
        line = (await (await unit._session.connection()).get_raw_connection()).driver_connection
        if database.url.get_backend_name() == "postgresql":
            assert not line.is_in_transaction()
        with pytest.raises(DBAPIError):
            await unit._session.execute(text("DELETE FROM people"))


async def test_several_questions_see_one_state_and_cannot_write(database: Database, clock):
    async with database.reading() as unit:
        assert await unit.people.unreachable() == []
        async with database.work() as other:
            await other.people.mark_unreachable((await a_person(other, clock())).id, clock())
            await other.commit()
        assert await unit.people.unreachable() == []
        with pytest.raises(DBAPIError):
            await unit._session.execute(text("DELETE FROM people"))
