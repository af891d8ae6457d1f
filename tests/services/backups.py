"""A place that a backup is put back to, and a town that is worth one."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from scheduler.jobs import jobs_of
from services.backing_up import BackingUp
from services.caller import Caller
from services.office import Office
from services.restoring import Restored, Restoring
from services.timekeeping import Timekeeping
from storage.backup_file import Backup
from storage.backup_rows import batches_of
from storage.engine import Database
from storage.erasure_ledger import ErasureLedger
from storage.files import FileStore
from storage.restoring import Wanted
from storage.tables import Base
from tests.conftest import FakeClock, Place
from tests.services.conftest import Town
from tests.services.pictures import photograph

CHANGED_BY_A_RESTORE = {"audit_log", "outbox", "job_runs"}


def nothing(_count: int) -> None:
    """Nobody looks at the progress."""


async def silence(_office: Office, _at: datetime) -> int:
    """Nothing fell due."""
    return 0


async def jobs(office: Office, at: datetime) -> int:
    """What fell due happens, as the command lets it."""
    return sum([await job.act(at) for job in jobs_of(Timekeeping(office))])


class Site:
    """A place that a backup is restored to: a database of its own and a folder of its own."""

    def __init__(self, town: Town, url: str, folder: Path) -> None:
        """Nothing is there yet."""
        self.url, self.folder = url, folder
        self.database = Database.open(url, town.office.database.keyring, town.office.clock)
        self.files = FileStore.beside(self.database, folder)
        self.office = replace(town.office, database=self.database)
        self.town = Town(self.office, folder)

    async def restores(self, file: Path, ended_at: datetime | None = None, **how: Any) -> Restored:
        """Restores a file here."""
        backup = Backup(file, self.database.keyring)
        backup.check(nothing)
        restoring = Restoring(self.office, self.url, self.files, how.pop("catch_up", silence))
        beside = ErasureLedger(file.parent, self.database.keyring)
        try:
            return await restoring.restore(backup, beside, Wanted(**how), ended_at or self.office.clock())
        finally:
            backup.close()


async def backed_up(town: Town, folder: Path, keep: int | None = None, *, with_files: bool = True) -> Path:
    """A backup of a town."""
    made = await BackingUp(town.office, town.evidence.files).make(
        folder, keep=keep, with_files=with_files, go_on=nothing
    )
    return made.place


async def everything(database: Database) -> dict[str, list[Any]]:
    """Every row of every table but those that a restore changes by itself."""
    found = {}
    async with database.snapshot() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in CHANGED_BY_A_RESTORE:
                found[table.name] = [json.loads(content) async for _, content in batches_of(session, table)]
    return found


async def lived_in(town: Town, clock: FakeClock) -> Caller:
    """Lets people live: a complaint at work that is merged into a younger one, a draft, a file; gives its citizen."""
    case = await town.at_work(clock)
    neighbour = await town.meets(11, "Budi")
    older = await town.files(neighbour, "Lampu jalan mati juga di depan rumah saya, sudah lama gelap")
    async with town.office.database.work() as work:
        first = await work.complaints.by_number(case.number)
        second = await work.complaints.by_number(older.number)
        assert first is not None
        assert second is not None
        first.merged_into_id = second.id
        await work.commit()
    await town.intake.begin(case.citizen, "Jalan berlubang di depan pasar")
    for row, _ in await town.evidence.owed(clock(), 10):
        await town.evidence.keep(row, photograph())
    return case.citizen


@pytest.fixture
async def site(town: Town, sqlite_place: Place, tmp_path: Path) -> AsyncIterator[Site]:
    """An empty place on SQLite."""
    url = await sqlite_place.empty()
    made = Site(town, url, tmp_path / "elsewhere")
    yield made
    await made.database.dispose()
    await sqlite_place.forget(url)
