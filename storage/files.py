"""Keeps the bytes of files on disk: sealed, under random names, for the owner of the process alone."""

from __future__ import annotations

import os
import re
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

from storage.crypto import Keyring
from storage.engine import Database

_HALF_WRITTEN = ".part"
_NAME = re.compile(r"[0-9a-f]{32}(\.part)?")


class FileGone(OSError):
    """No bytes lie under this key: they were erased, or the folder is not the one that they were put into."""


class FileStore:
    """A folder of sealed files. Every method blocks: call it from a thread."""

    def __init__(self, folder: Path, keyring: Keyring) -> None:
        """Touches nothing; the first file makes the folder."""
        self.folder = folder
        self._keyring = keyring

    @classmethod
    def beside(cls, database: Database, folder: Path | None = None) -> FileStore:
        """The folder that is named, or one beside the SQLite file; with a server, one in the working directory."""
        lies = database.url.database if database.url.get_backend_name() == "sqlite" else "laporbot"
        return cls(folder or Path(f"{lies}.files"), database.keyring)

    def put(self, content: bytes) -> str:
        """Keeps bytes and returns their key once they lie whole on the disk; raises `OSError` when they cannot."""
        key = secrets.token_hex(16)
        place = self._place(key)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        half = place.with_suffix(_HALF_WRITTEN)
        # The sealed text is base64; its bytes alone take a quarter less.
        sealed = urlsafe_b64decode(self._keyring.seal(content))
        try:
            _write(half, sealed)
            half.replace(place)
        except OSError:
            half.unlink(missing_ok=True)
            raise
        _sync_folder(place.parent)
        return key

    def get(self, key: str) -> bytes:
        """The bytes under a key; raises `FileGone`, or `CannotOpen` when they were sealed by a key that is lacking."""
        try:
            sealed = self._place(key).read_bytes()
        except FileNotFoundError:
            raise FileGone(key) from None
        return self._keyring.open(urlsafe_b64encode(sealed))

    def erase(self, name: str) -> None:
        """Takes away what lies under a key or under a name that `older_than` gave; nothing there is no error."""
        if _NAME.fullmatch(name):
            (self.folder / name[:2] / name).unlink(missing_ok=True)

    def older_than(self, seconds: float) -> Iterator[str]:
        """The names of everything that has lain here for so long, what was only half written among it."""
        if not self.folder.exists():
            return
        youngest = time.time() - seconds
        for file in self.folder.glob("*/*"):
            if file.stat().st_mtime <= youngest:
                yield file.name

    def _place(self, key: str) -> Path:
        if not _NAME.fullmatch(key):
            raise FileGone(key)
        return self.folder / key[:2] / key


def _write(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as open_file:
        open_file.write(content)
        open_file.flush()
        os.fsync(open_file.fileno())


def _sync_folder(folder: Path) -> None:
    """A new name is safe from a power cut only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
