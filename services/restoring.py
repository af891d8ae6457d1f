"""Restores a backup: nobody who was forgotten comes back, no old link opens a door, nothing is said twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.audit import Act
from services.erasing import Eraser
from services.office import Office
from storage.backup_file import Backup
from storage.erasure_ledger import Erased, ErasureLedger
from storage.files import FileStore
from storage.rehearsal import StagedDatabase, staging
from storage.restoring import Wanted, erased_in, load, open_register

AGAIN_WITHIN = timedelta(hours=1)
"""How long before the end a receipt or a card may have been owed to be sent once more: rather twice than never."""

CatchUp = Callable[[Office, datetime], Awaitable[int]]


class MadeLater(Exception):
    """The backup was made after the instant at which the register is said to have ended."""


@dataclass(frozen=True)
class Restored:
    """What came of a restore."""

    rows: int
    files: int
    files_lacking: int
    forgotten: int
    again: int
    held_back: int
    caught_up: int
    invitations: int


@dataclass(frozen=True)
class Restoring:
    """Works on a register that may not be there yet. `catch_up` lets what fell due by an instant happen, and owe."""

    office: Office
    url: str
    files: FileStore
    catch_up: CatchUp

    async def restore(self, backup: Backup, beside: ErasureLedger, wanted: Wanted, ended_at: datetime) -> Restored:
        """Puts a checked backup back; `ended_at` is when the lost register stopped: it may have sent what was due.

        Raises `MadeLater`, and what `load` raises; then nothing was changed. Broken off later it is begun again: until
        its end nothing works on the register.
        """
        if ended_at < backup.manifest.at:
            raise MadeLater
        keyring, now = self.office.database.keyring, self.office.clock()
        ours = ErasureLedger(self.files.folder, keyring)
        known = [Erased(*row) for row in await erased_in(self.url)]
        await asyncio.to_thread(ours.keep, (*known, *beside.read()))
        await load(self.url, backup, wanted, now, lambda _count: None)
        files = await asyncio.to_thread(self._put_back, backup)
        async with staging(self.office.database, lambda: ended_at) as stage:
            restored = await self._settle(stage, backup, ours, ended_at, files)
            await stage.directly(open_register)
        return restored

    def _put_back(self, backup: Backup) -> int:
        lacking = [key for key in backup.manifest.files if not self.files.has(key)]
        for key in lacking:
            self.files.put_back(key, backup.file(key))
        return len(lacking)

    async def _settle(
        self, stage: StagedDatabase, backup: Backup, ledger: ErasureLedger, ended_at: datetime, files: int
    ) -> Restored:
        """All that must be true before anybody works on the register, in its one transaction."""
        async with stage.work() as work:
            invitations = await work.invites.withdraw_all(ended_at)
            again, held_back = await work.outbox.doubt(ended_at, ended_at - AGAIN_WITHIN)
            await work.commit()
        forgotten = await self._forget(stage, ledger)
        caught_up = await self.catch_up(replace(self.office, database=stage, clock=lambda: ended_at), ended_at)
        async with stage.work() as work:
            held_back += await work.outbox.hold_back(ended_at)
            await work.groups.hush(ended_at)
            lacking = sum(not self.files.has(key) for key in await work.evidence.keys())
            number = int(backup.manifest.head.partition(":")[0]) if backup.manifest.head else 0
            made_at = backup.manifest.at.strftime("%Y%m%dT%H%M%SZ")
            work.audit.note(Act.RESTORE, made_at=made_at, line=number, forgotten=forgotten)
            await work.commit()
        return Restored(backup.manifest.rows, files, lacking, forgotten, again, held_back, caught_up, invitations)

    async def _forget(self, stage: StagedDatabase, ledger: ErasureLedger) -> int:
        """Forgets again whoever was forgotten since the backup was made; a number that means somebody else stays."""
        forgotten = 0
        for each in sorted(await asyncio.to_thread(ledger.read)):
            async with stage.work() as work:
                if not await work.erasures.to_repeat(each.person_id, each.at):
                    continue
                for role in await work.staff.memberships_of(each.person_id):
                    role.revoked_at = each.at
                await Eraser(work, each.at).person(each.person_id)
                await work.commit()
                forgotten += 1
        return forgotten
