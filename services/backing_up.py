"""Backups: made while the bot runs, proved by reading them back, the oldest thrown away; who was forgotten stays so."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.audit import Act
from services.office import Office
from storage.backup_file import Backup, Manifest, write_backup
from storage.erasure_ledger import Erased, ErasureLedger
from storage.files import FileStore
from storage.migrate import heads
from storage.queries.pulse import BACKUP

_OURS = re.compile(r"laporbot-\d{8}T\d{6}Z\.backup")
_BROKEN_OFF = re.compile(r"laporbot-\d{8}T\d{6}Z\.part")

ABANDONED_S = 24 * 3600
"""Seconds after which a backup that is only half written is no one's."""

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Made:
    """A backup, and the older ones that went for it."""

    place: Path
    size: int
    manifest: Manifest
    dropped: tuple[Path, ...]


class BackingUp:
    """What the operator does for the day on which the machine burns."""

    def __init__(self, office: Office, files: FileStore) -> None:
        """Works on the shared register and on its store of files."""
        self._office = office
        self._files = files
        self._remembered = -1

    async def make(self, folder: Path, *, keep: int | None, with_files: bool, go_on: Progress) -> Made:
        """Writes a backup into a folder and reads it back; then at most `keep` of ours stay there.

        Raises `OSError`, and `BadBackup` when what was written is not what is read: then nothing older is thrown away.
        """
        now = self._office.clock()
        await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        place = folder / f"laporbot-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.backup"
        half = place.with_suffix(".part")
        await asyncio.to_thread(_sweep, folder, now)
        try:
            manifest = await self._written(half, now, with_files=with_files, go_on=go_on)
            half.replace(place)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        await self._remember(folder)
        await self._note(now, manifest)
        dropped = _older(folder, keep) if keep else ()
        for old in dropped:
            old.unlink()
        return Made(place, place.stat().st_size, manifest, dropped)

    async def _written(self, half: Path, now: datetime, *, with_files: bool, go_on: Progress) -> Manifest:
        (revision,) = heads()
        database, files = self._office.database, self._files if with_files else None
        await write_backup(half, database, files, revision, now, go_on)
        backup = Backup(half, database.keyring)
        try:
            await asyncio.to_thread(backup.check, go_on)
            await asyncio.to_thread(_sync, half)
        finally:
            backup.close()
        return backup.manifest

    async def remember_erased(self, _now: datetime) -> int:
        """The job: writes down beside the files who was forgotten; 1 when somebody was new, else 0."""
        async with self._office.database.reading() as work:
            count = await work.erasures.count()
        if count == self._remembered:
            return 0
        new = await self._remember(self._files.folder)
        self._remembered = count
        return int(new)

    async def _remember(self, folder: Path) -> bool:
        async with self._office.database.reading() as work:
            erased = [Erased(row.person_id, row.at) for row in await work.erasures.proofs()]
        ledger = ErasureLedger(folder, self._office.database.keyring)
        return await asyncio.to_thread(ledger.keep, erased)

    async def _note(self, now: datetime, manifest: Manifest) -> None:
        async with self._office.database.work() as work:
            files = len(manifest.files)
            work.audit.note(Act.BACKUP, key=manifest.keys[0], rows=manifest.rows, files=files)
            await work.job_runs.ran(BACKUP, now, 1)
            await work.commit()


def _sweep(folder: Path, now: datetime) -> None:
    """Takes away what backups left behind that were killed."""
    for file in folder.iterdir():
        if _BROKEN_OFF.fullmatch(file.name) and file.stat().st_mtime < now.timestamp() - ABANDONED_S:
            file.unlink()


def _older(folder: Path, keep: int) -> tuple[Path, ...]:
    """Our backups but the newest; their names tell their time."""
    ours = sorted(file for file in folder.iterdir() if _OURS.fullmatch(file.name) and file.is_file())
    return tuple(ours[:-keep])


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
