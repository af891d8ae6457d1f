"""Column types mean the same on both engines."""

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from domain.lifecycle import Status
from storage.engine import Database
from storage.tables_offices import Government
from storage.tables_people import Person
from storage.types import enum_column
from tests.storage.rows import a_complaint, a_person

JAKARTA = timezone(timedelta(hours=7))


async def test_an_instant_comes_back_aware_and_in_utc_with_its_microseconds(database: Database):
    written = datetime(2025, 1, 6, 9, 30, 1, 123456, tzinfo=JAKARTA)
    async with database.work() as work:
        person = await work.identities.meet(5551, written)
        await work.commit()
    async with database.reading() as read:
        found = (await read.people.get(person.id)).created_at
    assert found == written
    assert found.tzinfo is UTC


async def test_a_naive_instant_is_refused(database: Database):
    async with database.work() as work:
        with pytest.raises(StatementError, match="must be aware"):
            await work.identities.meet(5551, datetime(2025, 1, 6, 9, 30))  # noqa: DTZ001


async def test_an_enum_comes_back_as_its_member_and_a_document_as_it_was(database: Database, clock):
    async with database.work() as work:
        person = await a_person(work, clock.now())
        complaint = a_complaint(person, clock.now(), suggestions=[{"unit": 3, "why": ["jalan", "berlubang"]}])
        await work.complaints.add(complaint)
        await work.commit()
    async with database.reading() as read:
        found = await read.complaints.get(complaint.id)
    assert found.status is Status.SUBMITTED
    assert found.suggestions == [{"unit": 3, "why": ["jalan", "berlubang"]}]


async def test_the_database_itself_refuses_a_word_outside_the_set(database: Database, clock):
    async with database.work() as work:
        complaint = a_complaint(await a_person(work, clock.now()), clock.now(), round=0)
        with pytest.raises(IntegrityError):
            await work.complaints.add(complaint)


async def test_the_program_refuses_a_word_outside_the_set(database: Database, clock):
    async with database.work() as work:
        complaint = a_complaint(await a_person(work, clock.now()), clock.now(), status="lost")
        with pytest.raises(StatementError, match="lost"):
            await work.complaints.add(complaint)


async def test_a_row_that_points_at_nothing_is_refused(database: Database, clock):
    async with database.work() as work:
        with pytest.raises(IntegrityError):
            await work.complaints.add(a_complaint(Person(id=999), clock.now()))


async def test_a_missing_document_is_null_and_an_empty_one_is_empty(database: Database):
    async with database.work() as work:
        government = Government(code="kota", name="Kota", level="city", time_zone="Asia/Jakarta")
        await work.directory.add(government)
        await work.commit()
    async with database.reading() as read:
        found = await read.directory.government_by_code("kota")
    assert found is not None
    assert found.aliases == []


def test_an_enum_with_a_word_too_long_for_its_column_is_refused():
    class Long(StrEnum):
        WORD = "x" * 41

    with pytest.raises(ValueError, match="longer than 40"):
        enum_column(Long)
