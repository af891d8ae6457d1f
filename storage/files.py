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
KEY = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(rf"{KEY.pattern}(\.part)?")


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
        self._make_folder(place)
        self._put(place, self._keyring.seal(content))
        return key

    def get(self, key: str) -> bytes:
        """The bytes under a key; raises `FileGone`, or `CannotOpen` when they were sealed by a key that is lacking."""
        return self._keyring.open(self._sealed(key))

    def keys(self) -> Iterator[str]:
        """The keys of everything that lies here whole."""
        for file in sorted(self.folder.glob("*/*")):
            if _NAME.fullmatch(file.name) and file.suffix != _HALF_WRITTEN:
                yield file.name

    def place_of(self, key: str) -> int | None:
        """Which key of the keyring sealed a file: 0 the newest, None one that is lacking; raises `FileGone`."""
        return self._keyring.place_of(self._sealed(key))

    def reseal(self, key: str) -> None:
        """Seals a file anew under the newest key, in one step for whoever reads it; raises as `get` and `put` do."""
        self._put(self._place(key), self._keyring.rotate(self._sealed(key)))

    def sealed(self, key: str) -> bytes:
        """The bytes under a key as they lie on disk; raises `FileGone`."""
        return urlsafe_b64decode(self._sealed(key))

    def has(self, key: str) -> bool:
        """Whether bytes lie under a key."""
        return self._place(key).exists()

    def put_back(self, key: str, sealed: bytes) -> None:
        """Keeps what `sealed` once gave under the key that it had; raises `OSError`."""
        place = self._place(key)
        self._make_folder(place)
        self._put(place, urlsafe_b64encode(sealed))

    def _make_folder(self, place: Path) -> None:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)

    def _sealed(self, key: str) -> bytes:
        try:
            return urlsafe_b64encode(self._place(key).read_bytes())
        except FileNotFoundError:
            raise FileGone(key) from None

    @staticmethod
    def _put(place: Path, sealed: bytes) -> None:
        """Writes beside and renames. The sealed text is base64; its bytes alone take a quarter less."""
        half = place.with_suffix(_HALF_WRITTEN)
        half.unlink(missing_ok=True)
        try:
            _write(half, urlsafe_b64decode(sealed))
            half.replace(place)
        except OSError:
            half.unlink(missing_ok=True)
            raise
        _sync_folder(place.parent)

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
