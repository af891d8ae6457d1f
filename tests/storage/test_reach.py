"""The conditions that queries put on complaints say what the rules say, for every sort of person and complaint."""

from itertools import product

from sqlalchemy import select

from domain.examination import INSPECTORATE
from domain.lifecycle import DESK, WORKERS, Role
from domain.permissions import SYSTEM, Actor, Membership, Subject, may_read, standings
from domain.staffing import may_appoint
from storage.engine import Database
from storage.queries.reach import appointed, at_desks, at_units, reach
from storage.tables_complaints import Complaint
from storage.tables_offices import Government, StaffMembership, Unit
from storage.tables_teamwork import Participation
from tests.conftest import FakeClock
from tests.storage.rows import a_complaint, a_person

KINDS = ("dinas", "badan", INSPECTORATE)
AT_UNITS = WORKERS | {Role.PARTICIPANT}


def subject_of(row: Complaint) -> Subject:
    """What the rules need to know of a row."""
    return Subject(
        status=row.status,
        citizen_id=row.person_id,
        government_id=row.government_id,
        unit_ids=frozenset({row.unit_id} - {None}),
        accused_unit_ids=frozenset(row.accused_unit_ids),
        at_arbiter=row.at_arbiter,
        helping_unit_ids=frozenset(each.unit_id for each in row.participations),
    )


def everybody(person_id: int, governments: list[int], units: dict[int, list[int]]) -> list[Actor]:
    """Who holds one office, and who holds two."""
    offices = [Membership(role, home, unit) for role in sorted(WORKERS) for home in governments for unit in units[home]]
    offices += [Membership(Role.COORDINATOR, home) for home in governments]
    offices += [
        Membership(Role.NATIONAL_ADMIN),
        Membership(Role.OBSERVER),
        Membership(Role.PROVINCE_HUB, province="36"),
    ]
    pairs = [(one, other) for one in offices[::3] for other in offices if one != other]
    held = [(), *((office,) for office in offices), *pairs]
    return [Actor(person_id, memberships) for memberships in held]


async def test_a_query_finds_exactly_what_the_rules_let_its_caller_read(database: Database, clock: FakeClock) -> None:
    async with database.work() as work:
        governments, units = [], {}
        for code in ("kota", "kabupaten"):
            home = Government(code=code, name=code, level="regency", time_zone="Asia/Jakarta")
            await work.directory.add(home)
            rows = [Unit(government_id=home.id, code=f"{code}-{at}", name=str(at), kind="dinas") for at in range(3)]
            for row in rows:
                await work.directory.add(row)
            governments.append(home.id)
            units[home.id] = [row.id for row in rows]
        owner, stranger = await a_person(work, clock.now()), await a_person(work, clock.now())
        lead, helper, accused = units[governments[0]]
        holders = [
            (None, None),
            (governments[0], None),
            (governments[0], lead),
            (governments[1], units[governments[1]][0]),
        ]
        for place, (holder, wall, helped, arbiter) in enumerate(
            product(holders, ([], [accused], [helper, accused]), (False, True), (False, True))
        ):
            row = a_complaint(owner, clock.now(), number=f"N{place}", government_id=holder[0], unit_id=holder[1])
            row.accused_unit_ids, row.at_arbiter = wall, arbiter
            await work.complaints.add(row)
            # A row has its helpers once it is there.
            row.participations = [Participation(unit_id=helper, since=clock.now())] if helped else []
        await work.commit()
    async with database.reading() as read:
        known = {row.number: subject_of(row) for row in await read.complaints.of_person(owner.id, 999)}
    assert len(known) == 48
    async with database.session() as session:
        for actor in (SYSTEM, Actor(owner.id), *everybody(stranger.id, governments, units)):
            stands = {number: standings(actor, subject) for number, subject in known.items()}
            for scope, ours in (
                (reach(actor), {number for number, subject in known.items() if may_read(actor, subject)}),
                (at_units(actor), {number for number, roles in stands.items() if roles & AT_UNITS}),
                (at_desks(actor), {number for number, roles in stands.items() if roles & DESK}),
            ):
                assert set(await session.scalars(select(Complaint.number).where(scope))) == ours, actor


async def test_a_query_finds_exactly_the_offices_about_which_the_rules_let_its_caller_decide(
    database: Database, clock: FakeClock
) -> None:
    async with database.work() as work:
        governments, units = [], {}
        for code in ("kota", "kabupaten"):
            home = Government(code=code, name=code, level="regency", time_zone="Asia/Jakarta")
            await work.directory.add(home)
            rows = [Unit(government_id=home.id, code=f"{code}-{kind}", name=kind, kind=kind) for kind in KINDS]
            for row in rows:
                await work.directory.add(row)
            governments.append(home.id)
            units[home.id] = {row.id: row.kind for row in rows}
        holder, stranger = await a_person(work, clock.now()), await a_person(work, clock.now())
        actors = everybody(stranger.id, governments, {home: list(rows) for home, rows in units.items()})
        offices = {actor.memberships[0] for actor in actors if len(actor.memberships) == 1}
        offices |= {Membership(Role.PROVINCE_HUB, governments[0], province="36")}
        for office in offices:
            work.staff.add(
                StaffMembership(
                    person_id=holder.id,
                    role=office.role,
                    government_id=office.government_id,
                    unit_id=office.unit_id,
                    province=office.province,
                    since=clock.now(),
                )
            )
        await work.commit()
    kinds = {unit_id: kind for rows in units.values() for unit_id, kind in rows.items()}
    async with database.session() as session:
        for actor in (SYSTEM, *actors):
            rows = (await session.scalars(select(StaffMembership).where(appointed(actor)))).all()
            found = {Membership(row.role, row.government_id, row.unit_id, row.province) for row in rows}
            ours = {office for office in offices if may_appoint(actor, office, kinds.get(office.unit_id or 0))}
            assert found == ours, actor
