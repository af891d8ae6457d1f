"""Drafts, complaints, staff, invitations, clocks, free days: kept and found."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from domain.drafting import DraftState, FileKind
from domain.lifecycle import Action, ClockKind, Role, Status
from domain.messages import Visibility
from domain.permissions import SYSTEM
from storage.engine import Database
from storage.queries.desk_days import Desk
from storage.queries.inbox import Arrived
from storage.tables import Base
from storage.tables_complaints import ClockRow, Event
from storage.tables_drafts import Draft
from storage.tables_evidence import Attachment
from storage.tables_offices import Government, Invite, StaffMembership, Unit
from storage.tables_time import HolidayRow
from storage.unit_of_work import UnitOfWork
from tests.conftest import FakeClock
from tests.storage.rows import a_complaint, a_person


async def a_unit(work: UnitOfWork, code: str = "dinas-pu") -> Unit:
    """A unit of the city, which is made with it at first."""
    city = await work.directory.government_by_code("kota")
    if city is None:
        city = Government(code="kota", name="Kota", level="city", time_zone="Asia/Jakarta")
        await work.directory.add(city)
    unit = Unit(government_id=city.id, code=code, name=code.title(), kind="dinas")
    await work.directory.add(unit)
    return unit


async def test_a_person_has_one_draft_under_way(database: Database, clock: FakeClock):
    async with database.work() as work:
        person = await a_person(work, clock.now())
        assert await work.drafts.open_of(person.id) is None
        for state in (DraftState.SENT, DraftState.OPEN, DraftState.DISCARDED):
            work.drafts.add(Draft(person_id=person.id, state=state, created_at=clock.now(), updated_at=clock.now()))
        await work.commit()
    async with database.reading() as read:
        found = await read.drafts.open_of(person.id)
    assert found is not None
    assert found.state is DraftState.OPEN


async def test_complaints_are_found_by_number_by_person_and_by_desk(database: Database, clock: FakeClock):
    async with database.work() as work:
        unit = await a_unit(work)
        siti, budi = await a_person(work, clock.now()), await a_person(work, clock.now())
        rows = [
            a_complaint(siti, clock.now(), number="AAA"),
            a_complaint(siti, clock.now(), number="BBB", government_id=unit.government_id),
            a_complaint(budi, clock.now(), number="CCC", government_id=unit.government_id, status=Status.CLOSED),
        ]
        for row in rows:
            await work.complaints.add(row)
        await work.commit()
    async with database.reading() as read:
        found = await read.complaints.by_number("BBB")
        assert found is not None
        assert found.person_id == siti.id
        assert await read.complaints.by_number("ZZZ") is None
        assert [row.number for row in await read.complaints.of_person(siti.id, 9)] == ["BBB", "AAA"]
        for government_id, number in ((unit.government_id, "BBB"), (None, "AAA")):
            found_at = await read.desk_days.waiting(Desk(government_id, SYSTEM), 9)
            assert [row.number for row, _ in found_at.rows] == [number]


async def test_each_line_of_the_timeline_is_shown_to_those_who_may_see_it(database: Database, clock: FakeClock):
    async with database.work() as work:
        complaint = await work.complaints.add(a_complaint(await a_person(work, clock.now()), clock.now()))
        for visibility in (Visibility.PUBLIC, Visibility.STAFF):
            await work.timeline.add(
                Event(
                    complaint_id=complaint.id,
                    at=clock.now(),
                    action=Action.NOTE,
                    role=Role.OFFICER,
                    to_status=Status.FORWARDED,
                    visibility=visibility,
                    text=visibility.value,
                )
            )
        await work.commit()
    async with database.reading() as read:
        everything = await read.timeline.of(complaint.id)
        public = await read.timeline.of(complaint.id, [Visibility.PUBLIC])
    assert [event.text for event in everything] == ["public", "staff"]
    assert [event.text for event in public] == ["public"]


async def test_due_clocks_are_those_that_run_and_are_not_paused(database: Database, clock: FakeClock):
    now = clock.now()

    def ticking(complaint_id: int, days: int, **marks) -> ClockRow:
        due = now + timedelta(days=days)
        return ClockRow(
            complaint_id=complaint_id,
            kind=ClockKind.RESOLVE,
            limit_days=14,
            regulation_version="test",
            time_zone="Asia/Jakarta",
            started_at=now,
            due_at=due,
            original_due_at=due,
            **marks,
        )

    async with database.work() as work:
        complaint = await work.complaints.add(a_complaint(await a_person(work, now), now))
        work.clocks.add(ticking(complaint.id, 3))
        work.clocks.add(ticking(complaint.id, 1))
        work.clocks.add(ticking(complaint.id, 9))
        work.clocks.add(ticking(complaint.id, 1, paused_at=now))
        work.clocks.add(ticking(complaint.id, 1, stopped_at=now))
        await work.commit()
    async with database.reading() as read:
        due = await read.running.late(set(ClockKind), now + timedelta(days=5))
    assert [(row.due_at - now).days for row in due] == [1, 3]


async def test_a_revoked_member_of_staff_works_nowhere(database: Database, clock: FakeClock):
    async with database.work() as work:
        staffed, deserted, empty = [await a_unit(work, code) for code in ("a", "b", "c")]
        for unit, revoked_at in ((staffed, None), (deserted, clock.now())):
            person = await a_person(work, clock.now())
            work.staff.add(
                StaffMembership(
                    person_id=person.id,
                    role=Role.OFFICER,
                    government_id=unit.government_id,
                    unit_id=unit.id,
                    since=clock.now(),
                    revoked_at=revoked_at,
                )
            )
        await work.commit()
    async with database.reading() as read:
        assert len(await read.staff.of_unit(staffed.id)) == 1
        assert await read.staff.of_unit(deserted.id) == []
        assert [unit.id for unit in await read.staff.units_without_anybody()] == [deserted.id, empty.id]


@pytest.mark.parametrize(("days_later", "gets_in"), [(6, True), (7, False)])
async def test_an_invitation_lets_one_in_and_expires(
    database: Database, clock: FakeClock, days_later: int, gets_in: bool
):
    async with database.work() as work:
        one, other = await a_person(work, clock.now()), await a_person(work, clock.now())
        invite = Invite(
            token_hash="a" * 64,
            role=Role.OFFICER,
            created_at=clock.now(),
            expires_at=clock.now() + timedelta(days=7),
        )
        await work.invites.add(invite, staff_name="Budi Santoso")
        await work.commit()
    now = clock.advance(days=days_later)
    async with database.work() as work:
        used = await work.invites.use("a" * 64, one.id, now)
        assert (used is not None) is gets_in
        assert await work.invites.use("a" * 64, other.id, now) is None
        assert used is None or work.invites.open_name(used) == "Budi Santoso"


async def test_a_free_day_entered_twice_stands_once_as_last_written(database: Database, clock: FakeClock):
    def idul_fitri(estimated: bool) -> HolidayRow:
        return HolidayRow(
            on=date(2025, 3, 31),
            name="Idulfitri",
            kind="national",
            estimated=estimated,
            source="test",
            added_at=clock.now(),
        )

    for estimated in (True, False):
        async with database.work() as work:
            await work.holidays.put(idul_fitri(estimated))
            await work.commit()
    async with database.reading() as read:
        days = await read.holidays.between(date(2025, 3, 31), date(2025, 3, 31))
    assert [day.estimated for day in days] == [False]


async def test_nothing_that_names_a_person_lies_readable_in_any_table(database: Database, clock: FakeClock):
    now = clock.now()
    async with database.work() as work:
        await work.inbox.store([Arrived(1, "628123456", '{"first_name": "Siti"}')], now)
        siti = await work.identities.meet(628123456, now, name="Siti", username="sitirahma")
        await work.identities.name_staff(siti.id, "Dra. Siti")
        draft = Draft(
            person_id=siti.id, created_at=now, updated_at=now, shown_name_sealed=work.drafts.seal_name("Ibu Siti")
        )
        work.drafts.add(draft)
        await work.flush()
        file = Attachment(person_id=siti.id, kind=FileKind.PHOTO, file_id="f", file_unique_id="u", added_at=now)
        file.draft_id, file.fetch_at = draft.id, now
        file.file_name_sealed = work.evidence.seal_name("KTP Siti.jpg")
        work.evidence.add(file)
        invite = Invite(token_hash="a" * 64, role=Role.OFFICER, created_at=now, expires_at=now)
        await work.invites.add(invite, staff_name="Siti")
        await work.commit()
    async with database.reading() as read:
        everything = [
            str((await read._session.execute(text(f"SELECT * FROM {table}"))).all()) for table in Base.metadata.tables
        ]
        assert read.drafts.open_name(draft) == "Ibu Siti"
    assert not [rows for rows in everything if "Siti" in rows or "siti" in rows or "628123456" in rows]
