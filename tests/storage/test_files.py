"""Bytes on disk: sealed, under random names, whole or not at all, for their owner alone."""

import os
from pathlib import Path

import pytest

from storage.crypto import CannotOpen, Keyring, new_key
from storage.files import FileGone, FileStore

SECRET = b"Sari, Jalan Melati 3" * 50


@pytest.fixture
def files(tmp_path: Path, keyring: Keyring) -> FileStore:
    return FileStore(tmp_path / "files", keyring)


def test_what_was_put_comes_back_and_is_nowhere_readable(files: FileStore) -> None:
    key = files.put(SECRET)
    assert files.get(key) == SECRET
    (lying,) = files.folder.glob("*/*")
    assert b"Sari" not in lying.read_bytes()
    assert lying.name == key
    assert lying.stat().st_mode & 0o777 == 0o600
    assert files.folder.stat().st_mode & 0o777 == 0o700


def test_two_puts_of_one_content_share_no_name(files: FileStore) -> None:
    assert files.put(SECRET) != files.put(SECRET)


def test_an_older_key_still_opens_and_a_foreign_one_does_not(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    key = FileStore(tmp_path, Keyring([old])).put(SECRET)
    assert FileStore(tmp_path, Keyring([new, old])).get(key) == SECRET
    with pytest.raises(CannotOpen):
        FileStore(tmp_path, Keyring([new])).get(key)


def test_what_was_erased_is_gone_and_erasing_twice_is_no_error(files: FileStore) -> None:
    key = files.put(SECRET)
    files.erase(key)
    files.erase(key)
    with pytest.raises(FileGone):
        files.get(key)


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "a/b", "..", "ab\x00"])
def test_a_key_leads_nowhere_outside_of_the_folder(files: FileStore, key: str) -> None:
    with pytest.raises(FileGone):
        files.get(key)
    files.erase(key)


def test_a_write_that_fails_leaves_nothing_behind(
    files: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.put(SECRET)
    assert list(files.folder.glob("*/*")) == []


def test_what_has_lain_long_enough_is_named(files: FileStore) -> None:
    assert list(files.older_than(0)) == []
    key = files.put(SECRET)
    assert list(files.older_than(0)) == [key]
    assert list(files.older_than(3600)) == []
