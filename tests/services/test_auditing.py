"""The audit log: what enters it, that nothing leaves it, and that a broken one is found at its first broken line."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import services
import storage
from domain.audit import Act, Head
from domain.drafting import Purpose
from domain.lifecycle import Action, Role
from domain.privacy import Retention
from locales.translator import words_for
from services.auditing import Auditing, Walked
from services.export_sheets import Form
from services.exporting import Exporting, ExportRequest
from services.legal_holds import LegalHolds
from services.privacy import Privacy
from services.retaining import Retaining
from storage.engine import Database
from storage.tables import Base
from tests.conftest import FakeClock
from tests.services.conftest import Town
from views.digest import digest as digest_screen

NAMES = ("Sari", "Staf", "Warga", "Lampu", "user10", "Regu", "Perkara")


async def acts(town: Town) -> list[tuple[str, str | None]]:
    return [(line.act, line.role) for line in await Auditing(town.office).last(1000)]


async def walked(town: Town, seen: Head | None = None) -> Walked:
    *_, last = [each async for each in Auditing(town.office).walk(seen)]
    return last


async def tampers(town: Town, statement: str) -> None:
    """Somebody with the database's own password, who takes the guards away first."""
    async with town.office.database.session() as session:
        if town.office.database.url.get_backend_name() == "sqlite":
            for act in ("update", "delete"):
                await session.execute(text(f"DROP TRIGGER audit_log_no_{act}"))
        else:
            await session.execute(text("ALTER TABLE audit_log DISABLE TRIGGER USER"))
        await session.execute(text(statement))
        await session.commit()


async def test_what_those_on_duty_do_is_in_the_log_and_what_citizens_do_is_not(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.handling.take(case.officer, case.number)
    await town.does(case.officer, case.number, Purpose.DONE, "Regu sudah mengganti lampunya pukul 15.00.")
    await town.tracking.confirm(case.citizen, case.number)
    lines = await Auditing(town.office).last(1000)
    told = [(line.act, line.role, line.data.partition('"action":"')[2].partition('"')[0]) for line in lines]
    assert told == [
        (Act.LOAD_DIRECTORY, None, ""),
        (Act.INVITE, None, ""),
        (Act.JOIN, None, ""),
        (Act.INVITE, None, ""),
        (Act.JOIN, None, ""),
        (Act.DECISION, Role.COORDINATOR, Action.FORWARD),
        (Act.DECISION, Role.OFFICER, Action.TAKE),
        (Act.DECISION, Role.OFFICER, Action.MARK_DONE),
    ]


async def test_exports_holds_erasures_and_what_time_lets_go_are_in_the_log(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await Exporting(town.office).open(ExportRequest(Form.CSV, "36.73"))
    holding = LegalHolds(town.office)
    await holding.keep(case.number, "Perkara 12/2026 di pengadilan")
    await holding.lift(case.number)
    await town.does(case.citizen, case.number, Purpose.WITHDRAW, "Sudah tidak perlu")
    clock.advance(days=900)
    periods = Retention(730, 7, 30, 7, 30, 90)
    assert await Retaining(town.office, periods).identities(clock()) == 1
    own = Privacy(town.office)
    await own.ask_erasure(case.citizen)
    await own.erase(case.citizen)
    assert (await acts(town))[-5:] == [
        (Act.EXPORT, None),
        (Act.HOLD, None),
        (Act.LIFT_HOLD, None),
        (Act.ERASE, Role.SYSTEM),
        (Act.ERASE, Role.CITIZEN),
    ]
    log = str(await Auditing(town.office).last(1000))
    assert not any(name in log for name in NAMES)
    assert (await walked(town)).broken is None


async def test_what_is_not_committed_leaves_no_line(town: Town) -> None:
    before = await acts(town)
    async with town.office.database.work() as work:
        work.audit.note(Act.HOLD, complaint_id=1)
    assert await acts(town) == before


@pytest.mark.parametrize("statement", ["UPDATE audit_log SET person_id = 7", "DELETE FROM audit_log"])
async def test_the_database_itself_refuses_to_change_or_remove_a_line(town: Town, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        async with town.office.database.session() as session:
            await session.execute(text(statement))


def test_the_program_has_no_way_to_change_or_remove_a_line() -> None:
    changing = re.compile(r"(update|delete)\(\s*AuditRow|\.delete\(.*audit")
    folders = [Path(part.__path__[0]) for part in (services, storage)]
    files = [file for folder in folders for file in folder.rglob("*.py") if "versions" not in file.parts]
    assert len(files) > 50
    assert [file.name for file in files if changing.search(file.read_text(encoding="utf-8"))] == []
    assert not any(
        key.column.table.name == "audit_log" for table in Base.metadata.tables.values() for key in table.foreign_keys
    )
    assert not Base.metadata.tables["audit_log"].foreign_keys


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_log SET person_id = 999 WHERE number = 3", 3),
        ("UPDATE audit_log SET data = '{}' WHERE number = 6", 6),
        ("DELETE FROM audit_log WHERE number = 4", 4),
        ("DELETE FROM audit_log WHERE number = 1", 1),
        ("UPDATE audit_log SET number = 60 WHERE number = 6", 6),
    ],
)
async def test_a_changed_or_missing_line_is_named(town: Town, clock: FakeClock, statement: str, broken: int) -> None:
    await town.at_work(clock)
    assert (await walked(town)).broken is None
    await tampers(town, statement)
    assert (await walked(town)).broken == broken


async def test_a_log_that_was_cut_or_written_anew_no_longer_holds_the_head_that_a_digest_showed(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    [digest] = await town.oversight.digest(case.coordinator)
    assert digest.log_head is not None
    assert digest.log_head in digest_screen(replace(digest, series=None), words_for("id")).text
    seen = Head.parse(digest.log_head)
    assert (await walked(town, seen)).broken is None
    elsewhere = Head(seen.number, "0" * 20)
    assert (await walked(town, elsewhere)).broken == seen.number
    await town.handling.take(case.officer, case.number)
    assert (await walked(town, seen)).broken is None
    await tampers(town, f"DELETE FROM audit_log WHERE number >= {seen.number}")
    assert (await walked(town)).broken is None
    assert (await walked(town, seen)).broken == seen.number


async def test_an_empty_log_is_whole(database: Database, town: Town) -> None:
    await tampers(town, "DELETE FROM audit_log")
    assert await walked(town) == Walked(0, None)


async def test_many_writers_at_once_make_one_chain(town: Town) -> None:
    async def writes(number: int) -> None:
        async with town.office.database.work() as work:
            work.audit.note(Act.HOLD, complaint_id=number)
            await asyncio.sleep(0)
            work.audit.note(Act.LIFT_HOLD, complaint_id=number)
            await work.commit()

    before = (await walked(town)).lines
    await asyncio.gather(*(writes(number) for number in range(12)))
    assert await walked(town) == Walked(before + 24, (await walked(town)).head, None)
    lines = (await Auditing(town.office).last(24))[::2], (await Auditing(town.office).last(24))[1::2]
    assert [line.complaint_id for line in lines[0]] == [line.complaint_id for line in lines[1]]
