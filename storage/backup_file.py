"""A backup as one file: every table in one state, sealed, the sealed files, and a manifest that proves them.

A ZIP without compression, so that nothing in it can swell. The rows are compressed and then sealed by the newest key;
files lie in it as they lie on disk. `manifest.json` holds sizes and hashes, and no word of the register; `manifest.mac`
is made of it with the key, so that nobody who lacks the key can make or change a backup. Nothing is ever unpacked to
a path from the backup.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Table

from storage.backup_rows import batches_of
from storage.crypto import CannotOpen, Keyring
from storage.engine import Database
from storage.files import KEY, FileGone, FileStore
from storage.tables import Base
from storage.tables_audit import AuditRow
from storage.tables_evidence import StoredFile

FORMAT = 1
MANIFEST, PROOF = "manifest.json", "manifest.mac"
MANIFEST_MOST = 512 * 1024 * 1024
"""Bytes beyond which a manifest is none of ours: three million files."""

UNPROVED_MOST = 16 * 1024 * 1024
"""Bytes of a manifest that is read although no key of ours has made it."""

_CHUNK = 1024 * 1024
_LABEL = "laporbot/backup/1:"
_KEY_NAME = re.compile(r"[0-9a-f]{8}")

Progress = Callable[[int], None]


class BadBackup(ValueError):
    """The file is no backup, is broken, was changed, or needs keys that are not there; the message says which."""


@dataclass(frozen=True)
class Member:
    """One part of a backup: how long it is, its SHA-256, and for a table its columns and how many rows."""

    size: int
    sha256: str
    columns: list[str] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `head` is the newest line of the audit log, as NUMBER:HASH; `keys` are names of keys."""

    format: int
    made_at: str
    revision: str
    engine: str
    keys: list[str]
    head: str | None
    tables: dict[str, Member]
    files: dict[str, Member]
    with_files: bool

    @classmethod
    def parse(cls, content: bytes) -> Manifest:
        """Reads it; raises `BadBackup`."""
        try:
            told = json.loads(content)
            for name in ("tables", "files"):
                told[name] = {key: Member(**each) for key, each in told[name].items()}
            read = cls(**told)
            if read.format != FORMAT:
                raise BadBackup("it was made by a newer program: restore it with that one")
            _ = read.at
            if not all(isinstance(name, str) for name in read.keys):
                raise TypeError
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise error if isinstance(error, BadBackup) else BadBackup("its manifest is unreadable") from None
        return read

    @property
    def at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(member.rows for member in self.tables.values())

    def members(self) -> Iterator[tuple[str, Member]]:
        """Every part under its name in the ZIP."""
        yield from ((f"tables/{name}", member) for name, member in self.tables.items())
        yield from ((f"files/{key}", member) for key, member in self.files.items())


def proof_of(manifest: bytes, keyring: Keyring) -> tuple[str, ...]:
    """The codes that prove a manifest, by each key of the keyring, newest first."""
    return keyring.indexes(_LABEL + sha256(manifest).hexdigest())


async def write_backup(
    place: Path, database: Database, files: FileStore | None, revision: str, now: datetime, go_on: Progress
) -> Manifest:
    """Writes everything as it is at one instant, while others may write; raises `OSError`, also when `place` exists.

    Without `files` the bytes on disk are left out: their folder is then copied by other means.
    """
    tables: dict[str, Member] = {}
    kept: dict[str, Member] = {}
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as backup:
        async with database.snapshot() as session:
            for table in Base.metadata.sorted_tables:
                with _member(backup, f"tables/{table.name}") as written:
                    async for count, content in batches_of(session, table):
                        written.add(database.keyring.seal(zlib.compress(content)) + b"\n", count)
                        go_on(count)
                tables[table.name] = written.member([column.name for column in table.columns])
            keys = list(await session.scalars(StoredFile.__table__.select().with_only_columns(StoredFile.key)))
            newest = (await session.execute(_newest())).first()
            head = f"{newest.number}:{newest.hash}" if newest else None
        if files is not None:
            copies = ((key, _copied(backup, files, key)) for key in keys)
            kept = {key: member for key, member in copies if member is not None}
        names = list(database.keyring.names)
        engine = database.url.get_backend_name()
        made = Manifest(FORMAT, now.isoformat(), revision, engine, names, head, tables, kept, files is not None)
        content = json.dumps(asdict(made), indent=1, sort_keys=True).encode()
        backup.writestr(MANIFEST, content)
        backup.writestr(PROOF, proof_of(content, database.keyring)[0])
    return made


def _newest() -> Any:
    table = AuditRow.__table__
    return table.select().order_by(table.c.number.desc()).limit(1)


def _copied(backup: zipfile.ZipFile, files: FileStore, key: str) -> Member | None:
    """Puts one file in; None for one that was erased since the rows were read."""
    try:
        content = files.sealed(key)
    except FileGone:
        return None
    with _member(backup, f"files/{key}") as written:
        written.add(content, 0)
    return written.member([])


class _Written:
    """A member that is being written, with what the manifest will say of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._digest, self._size, self._rows = stream, sha256(), 0, 0

    def add(self, content: bytes, rows: int) -> None:
        self._stream.write(content)
        self._digest.update(content)
        self._size, self._rows = self._size + len(content), self._rows + rows

    def member(self, columns: list[str]) -> Member:
        return Member(self._size, self._digest.hexdigest(), columns, self._rows)


@contextmanager
def _member(backup: zipfile.ZipFile, name: str) -> Iterator[_Written]:
    with backup.open(name, "w", force_zip64=True) as stream:
        yield _Written(stream)  # type: ignore[arg-type]  # typed as IO[bytes]


class Backup:
    """A backup that was opened: its manifest is proved, its members are proved as they are read."""

    def __init__(self, place: Path, keyring: Keyring) -> None:
        """Opens it; raises `BadBackup` unless one of our keys has made it and all its keys are here."""
        self._keyring = keyring
        try:
            self._zip = zipfile.ZipFile(place)
            self.manifest = self._proved()
            self._demand_members()
        except (zipfile.BadZipFile, OSError, KeyError, RuntimeError) as error:
            raise BadBackup(f"it cannot be read ({type(error).__name__})") from None

    def close(self) -> None:
        """Closes the file."""
        self._zip.close()

    def _proved(self) -> Manifest:
        """The manifest; one that nobody has proved is read no further than to say which keys it wants."""
        if any(self._zip.getinfo(name).file_size > MANIFEST_MOST for name in (MANIFEST, PROOF)):
            raise BadBackup("its manifest is longer than any of ours")
        content, proof = self._zip.read(MANIFEST), self._zip.read(PROOF).decode(errors="replace")
        ours = proof in proof_of(content, self._keyring)
        if not ours and len(content) > UNPROVED_MOST:
            raise BadBackup("none of LAPOR_KEYS has made it")
        manifest = Manifest.parse(content)
        lacking = [name for name in manifest.keys if name not in self._keyring.names]
        if lacking:
            told = ", ".join(name for name in lacking if _KEY_NAME.fullmatch(name))
            raise BadBackup(f"it needs keys that LAPOR_KEYS does not hold, named {told}: put them back")
        if not ours:
            raise BadBackup("its proof does not fit: it was changed, or made by somebody else")
        return manifest

    def _demand_members(self) -> None:
        """Exactly what the manifest names is in it, each once, as long as it says, and not compressed."""
        there = self._zip.infolist()
        wanted = {name: member.size for name, member in self.manifest.members()}
        found = {info.filename: info.file_size for info in there if info.filename not in (MANIFEST, PROOF)}
        plain = all(info.compress_type == zipfile.ZIP_STORED for info in there)
        if wanted != found or len(there) != len(wanted) + 2 or not plain:
            raise BadBackup("its parts are not those of its manifest")
        if not all(KEY.fullmatch(key) for key in self.manifest.files):
            raise BadBackup("it names files as we never do")

    def check(self, go_on: Progress) -> None:
        """Reads every part and compares its hash; raises `BadBackup` at the first that does not fit."""
        for name, member in self.manifest.members():
            digest = sha256()
            with self._zip.open(name) as stream:
                while chunk := self._read(stream, _CHUNK):
                    digest.update(chunk)
            if digest.hexdigest() != member.sha256:
                raise BadBackup(f"{name} was changed or is broken")
            go_on(member.rows or 1)

    def batches(self, table: str) -> Iterator[bytes]:
        """The rows of a table, some at a time, as `rows_of` reads them. `check` must have passed before."""
        with self._zip.open(f"tables/{table}") as stream:
            for line in stream:
                try:
                    yield zlib.decompress(self._keyring.open(line.rstrip(b"\n")))
                except (CannotOpen, zlib.error):
                    raise BadBackup(f"no key opens the rows of {table}") from None

    def file(self, key: str) -> bytes:
        """The sealed bytes of a file; raises `BadBackup` when they are not those of the manifest."""
        with self._zip.open(f"files/{key}") as stream:
            content = self._read(stream, self.manifest.files[key].size + 1)
        if sha256(content).hexdigest() != self.manifest.files[key].sha256:
            raise BadBackup(f"file {key} was changed or is broken")
        return content

    @staticmethod
    def _read(stream: Any, size: int) -> bytes:
        try:
            return bytes(stream.read(size))
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError) as error:
            raise BadBackup(f"it cannot be read ({type(error).__name__})") from None


def columns_of(table: Table, names: list[str]) -> list[Any]:
    """The columns of a table in the order of a backup; raises `BadBackup` when they are not the same."""
    if set(names) != set(table.columns.keys()) or len(names) != len(table.columns):
        raise BadBackup(f"the columns of {table.name} are not those of its revision")
    return [table.columns[name] for name in names]
