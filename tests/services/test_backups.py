"""Backups are proved by restoring them: the same on either engine, nobody comes back, nothing is said twice."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from domain.lifecycle import Role
from domain.messages import Notice, OutboxState
from domain.refusals import InviteInvalid
from services.auditing import Auditing
from services.backing_up import BackingUp
from services.privacy import Privacy
from services.restoring import MadeLater
from storage import migrate
from storage.backup_file import Backup, write_backup
from storage.engine import Database
from storage.erasure_ledger import NAME, Erased, ErasureLedger
from storage.restoring import BrokenLog, Occupied, StillRunning, Wanted, load
from storage.tables import Base
from storage.tables_audit import AuditRow
from storage.tables_messages import OutboxMessage
from tests.conftest import FakeClock, Place
from tests.services.backups import Site, backed_up, everything, jobs, lived_in, nothing, site
from tests.services.conftest import Town

__all__ = ["site"]

sqlite_only = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
async def test_what_is_restored_is_the_same_on_either_engine_and_goes_on_from_there(
    town: Town, clock: FakeClock, target: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    await lived_in(town, clock)
    file = await backed_up(town, tmp_path / "backups")
    place: Place = request.getfixturevalue(f"{target}_place")
    site = Site(town, await place.empty(), tmp_path / "elsewhere")
    try:
        restored = await site.restores(file)
        assert await everything(site.database) == await everything(town.office.database)
        assert restored.files == len(list(town.evidence.files.keys())) > 0
        assert restored.files_lacking == 0
        key = next(town.evidence.files.keys())
        assert site.files.get(key) == town.evidence.files.get(key)
        walked = [walked async for walked in Auditing(site.office).walk()][-1]
        assert walked.broken is None
        assert await migrate.pending(site.url) == ()
        receipt = await site.town.files(await site.town.meets(77, "Wati"))
        assert receipt.number
    finally:
        await site.database.dispose()
        await place.forget(site.url)


@sqlite_only
async def test_a_backup_shows_one_instant_although_people_go_on_filing(
    town: Town, clock: FakeClock, site: Site, tmp_path: Path
) -> None:
    await lived_in(town, clock)
    before = await everything(town.office.database)
    filed: list[str] = []

    class Busy(Database):
        """A register in which somebody is met while the backup reads."""

        def snapshot(self) -> Any:
            session = super().snapshot()
            stream = session.stream

            async def disturbed(*args: Any, **more: Any) -> Any:
                found = await stream(*args, **more)
                await town.meets(900 + len(filed), "Baru")
                filed.append("one more")
                return found

            session.stream = disturbed  # type: ignore[method-assign]
            return session

    busy = Busy(town.office.database.url, town.office.database.keyring, clock)
    file = tmp_path / "one.backup"
    await write_backup(file, busy, None, migrate.heads()[0], clock(), nothing)
    await busy.dispose()
    assert len(filed) == len(Base.metadata.sorted_tables)
    await site.restores(file)
    assert await everything(site.database) == before


@sqlite_only
async def test_who_was_forgotten_after_the_backup_stays_forgotten_and_who_has_the_number_now_is_kept(
    town: Town, clock: FakeClock, site: Site, tmp_path: Path
) -> None:
    citizen = await lived_in(town, clock)
    file = await backed_up(town, tmp_path / "backups")
    clock.advance(hours=1)
    privacy = Privacy(town.office)
    await privacy.ask_erasure(citizen)
    await privacy.erase(citizen)
    clock.advance(hours=1)
    await backed_up(town, tmp_path / "backups")
    lines = (tmp_path / "backups" / NAME).read_text().splitlines()
    assert [line.split()[0] for line in lines] == [str(citizen.person_id)]
    clock.advance(hours=1)

    restored = await site.restores(file)
    assert restored.forgotten == 1
    async with site.database.reading() as work:
        assert await work.identities.chat_id_of(citizen.person_id) is None
        assert not await work.erasures.all_of(citizen.person_id)
        assert [row.person_id for row in await work.erasures.proofs()] == [citizen.person_id]
    stranger = await site.town.meets(10, "Sari")
    assert stranger.person_id != citizen.person_id

    # Long after, the same number stands in the ledger for somebody who came later: they are not touched.
    async with site.database.work() as work:
        assert not await work.erasures.to_repeat(stranger.person_id, stranger_before := clock() - timedelta(hours=1))
        assert await work.erasures.to_repeat(stranger.person_id, stranger_before + timedelta(hours=2))


@sqlite_only
async def test_the_job_writes_down_beside_the_files_who_was_forgotten_once(town: Town, clock: FakeClock) -> None:
    citizen = await lived_in(town, clock)
    backing_up = BackingUp(town.office, town.evidence.files)
    assert await backing_up.remember_erased(clock()) == 0
    privacy = Privacy(town.office)
    await privacy.ask_erasure(citizen)
    await privacy.erase(citizen)
    assert [await backing_up.remember_erased(clock()) for _ in range(2)] == [1, 0]
    ledger = ErasureLedger(town.folder, town.office.database.keyring)
    assert ledger.read() == {Erased(citizen.person_id, clock())}


@sqlite_only
async def test_a_restore_over_a_register_forgets_whom_that_one_had_forgotten(
    town: Town, clock: FakeClock, tmp_path: Path, database_url: str
) -> None:
    citizen = await lived_in(town, clock)
    file = await backed_up(town, tmp_path / "backups")
    clock.advance(hours=1)
    privacy = Privacy(town.office)
    await privacy.ask_erasure(citizen)
    await privacy.erase(citizen)
    clock.advance(hours=1)
    await town.office.database.dispose()
    here = Site(town, database_url, town.folder)
    restored = await here.restores(file, replace=True)
    await here.database.dispose()
    assert restored.forgotten == 1


@sqlite_only
async def test_a_register_that_is_there_or_at_work_is_not_written_over(
    town: Town, clock: FakeClock, tmp_path: Path, database_url: str
) -> None:
    await lived_in(town, clock)
    file = await backed_up(town, tmp_path / "backups")
    before = await everything(town.office.database)
    here = Site(town, database_url, town.folder)
    with pytest.raises(Occupied):
        await here.restores(file)
    async with town.office.database.work() as work:
        await work.leases.acquire("delivery", "somebody", clock(), timedelta(seconds=10))
        await work.commit()
    with pytest.raises(StillRunning):
        await here.restores(file, replace=True)
    clock.advance(seconds=-60)
    with pytest.raises(MadeLater):
        await here.restores(file, replace=True)
    clock.advance(seconds=120)
    after = await everything(town.office.database)
    assert {name: rows for name, rows in after.items() if name != "leases"} == {
        name: rows for name, rows in before.items() if name != "leases"
    }
    await here.restores(file, replace=True)
    assert (await everything(here.database))["complaints"] == before["complaints"]
    await here.database.dispose()


@sqlite_only
async def test_a_restore_that_was_broken_off_leaves_a_register_that_nothing_works_on_until_it_is_done_again(
    town: Town, clock: FakeClock, site: Site, tmp_path: Path
) -> None:
    await lived_in(town, clock)
    file = await backed_up(town, tmp_path / "backups")
    backup = Backup(file, site.database.keyring)
    await load(site.url, backup, Wanted(), clock(), nothing)
    backup.close()
    with pytest.raises(migrate.MigrationRefused, match="broken off"):
        await migrate.pending(site.url)
    await site.restores(file)
    assert await migrate.pending(site.url) == ()


@sqlite_only
async def test_nothing_is_said_twice_after_a_restore_but_a_young_receipt(
    town: Town, clock: FakeClock, site: Site, tmp_path: Path
) -> None:
    citizen = await town.meets(10)
    coordinator = await town.hires(30, Role.COORDINATOR)
    now = clock()
    async with town.office.database.work() as work:
        for key, person, kind, at, later in (
            ("old receipt", citizen, Notice.RECEIPT, now - timedelta(hours=5), None),
            ("young receipt", citizen, Notice.RECEIPT, now - timedelta(minutes=5), None),
            ("reminder", citizen, Notice.REMINDER, now - timedelta(minutes=5), None),
            ("tomorrow", citizen, Notice.DIGEST, now, now + timedelta(days=1)),
        ):
            await work.outbox.add(key, person.person_id, kind, at, not_before=later)
        await work.commit()
    file = await backed_up(town, tmp_path / "backups")
    clock.advance(minutes=10)
    restored = await site.restores(file, catch_up=jobs)
    assert restored.caught_up > 0
    async with site.database.reading() as work:
        rows = {row.unique_key: row for row in await work._session.scalars(select(OutboxMessage))}
    found = {key: (row.state, row.repeated) for key, row in rows.items()}
    assert found["old receipt"] == (OutboxState.UNCERTAIN, True)
    assert found["young receipt"] == (OutboxState.UNCERTAIN, False)
    assert found["reminder"] == (OutboxState.UNCERTAIN, True)
    assert found["tomorrow"] == (OutboxState.QUEUED, False)
    digests = [row for row in rows.values() if row.kind is Notice.DIGEST and row.person_id == coordinator.person_id]
    assert [(row.state, row.repeated) for row in digests] == [(OutboxState.UNCERTAIN, True)]
    async with site.database.work() as work:
        assert await work.outbox.once_more(clock()) == 1
        assert await work.outbox.retry(rows["reminder"].id, clock())


@sqlite_only
async def test_an_invitation_that_may_have_been_used_opens_no_door_again(
    town: Town, clock: FakeClock, site: Site, tmp_path: Path
) -> None:
    token = await town.directory.invite(Role.COORDINATOR, "36.73", None, "Dewi")
    file = await backed_up(town, tmp_path / "backups")
    restored = await site.restores(file)
    assert restored.invitations == 1
    with pytest.raises(InviteInvalid):
        await site.town.directory.redeem(await site.town.meets(66), token)


@sqlite_only
async def test_a_group_is_told_nothing_twice_and_its_code_connects_no_other_one(
    town: Town, clock: FakeClock, site: Site, tmp_path: Path
) -> None:
    await town.at_work(clock)
    async with town.office.database.work() as work:
        complaint = await work.complaints.get(1)
        assert complaint.unit_id is not None
        group = await work.groups.connect(complaint.unit_id, -1001, clock(), topics=True)
        (await work.groups.card_of(group.id, complaint.id)).owed = [1, 2]
        await work.groups.add_code("a hash", complaint.unit_id, clock(), clock() + timedelta(hours=1))
        await work.commit()
    await site.restores(await backed_up(town, tmp_path / "backups"))
    async with site.database.work() as work:
        assert [card.owed for card in await work.groups.cards_of(group.id)] == [[]]
        assert await work.groups.use_code("a hash", [complaint.unit_id], clock()) is None


@sqlite_only
async def test_an_audit_log_that_was_changed_is_found_and_only_restored_when_told(
    town: Town, clock: FakeClock, site: Site, tmp_path: Path
) -> None:
    await lived_in(town, clock)
    async with town.office.database.session() as session:
        await session.execute(_untied())
        await session.execute(update(AuditRow).where(AuditRow.number == 2).values(data='{"forged":1}'))
        await session.commit()
    file = await backed_up(town, tmp_path / "backups")
    with pytest.raises(BrokenLog, match=r"^2$"):
        await site.restores(file)
    await site.restores(file, broken_log=True)
    walked = [walked async for walked in Auditing(site.office).walk()][-1]
    assert walked.broken == 2


def _untied() -> Any:
    return text("DROP TRIGGER audit_log_no_update")


@sqlite_only
async def test_only_the_newest_backups_stay_and_nothing_else_is_thrown_away(
    town: Town, clock: FakeClock, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "laporbot-notes.txt").write_text("keep")
    killed = folder / "laporbot-20260101T000000Z.part"
    killed.write_text("half")
    os.utime(killed, (0, 0))
    made = []
    for _ in range(4):
        clock.advance(hours=1)
        made.append(await backed_up(town, folder, keep=2))
    assert {file.name for file in folder.iterdir()} == {"laporbot-notes.txt", *(file.name for file in made[-2:])}
    assert made[-1].stat().st_mode & 0o777 == 0o600
    async with town.office.database.reading() as work:
        assert [row.act for row in await work.audit.after(0, 100)][-1].value == "backup"
        assert (await work.pulses.at(clock())).ran["backup"] == clock()


@sqlite_only
async def test_a_backup_without_files_says_at_its_restore_how_many_are_lacking(
    town: Town, clock: FakeClock, site: Site, tmp_path: Path
) -> None:
    await lived_in(town, clock)
    file = await backed_up(town, tmp_path / "backups", with_files=False)
    restored = await site.restores(file)
    assert (restored.files, restored.files_lacking) == (0, len(list(town.evidence.files.keys())))
