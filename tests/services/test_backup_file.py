"""A backup in the wrong hands: a thief reads nothing, and nobody can change one or make one up."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from storage.backup_file import MANIFEST, PROOF, UNPROVED_MOST, Backup, BadBackup, proof_of
from storage.crypto import Keyring, new_key
from storage.erasure_ledger import NAME, Erased, ErasureLedger
from tests.conftest import FakeClock
from tests.services.backups import Site, backed_up, lived_in, nothing, site
from tests.services.conftest import Town

__all__ = ["site"]

sqlite_only = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


@pytest.fixture
async def whole(town: Town, clock: FakeClock, tmp_path: Path) -> Path:
    """A backup that nobody has touched."""
    await lived_in(town, clock)
    return await backed_up(town, tmp_path / "backups")


@sqlite_only
async def test_a_thief_reads_no_story_no_name_and_no_account_in_a_backup(whole: Path) -> None:
    content = whole.read_bytes()  # noqa: ASYNC240 (nobody else waits here)
    for word in (b"Lampu", b"Sari", b"Budi", b"user10", b"Cipocok"):
        assert word not in content


def changed(file: Path, name: str, content: bytes, **how: Any) -> Path:
    """A copy in which one member is another; one that is not there is added."""
    other = file.with_name("changed.backup")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, content, **how)
    return other


def torn(file: Path) -> Path:
    """The first half of a file."""
    half = Path(shutil.copy(file, file.with_name("torn.backup")))
    with half.open("r+b") as stream:
        stream.truncate(file.stat().st_size // 2)
    return half


@sqlite_only
async def test_a_backup_that_was_changed_is_refused_wherever_it_was_changed(
    whole: Path, keyring: Keyring, site: Site, clock: FakeClock
) -> None:
    def refused(file: Path, why: str, keys: Keyring = keyring) -> None:
        with pytest.raises(BadBackup, match=why):
            Backup(file, keys).check(nothing)

    with zipfile.ZipFile(whole) as backup:
        manifest, people = backup.read(MANIFEST), backup.read("tables/people")
    refused(changed(whole, "tables/people", people[:-1] + b"?"), "tables/people was changed")
    refused(changed(whole, "tables/people", people + people), "not those of its manifest")
    refused(changed(whole, "files/../../etc/passwd", b"root"), "not those of its manifest")
    refused(changed(whole, "tables/people", people, compress_type=zipfile.ZIP_DEFLATED), "not those of its manifest")
    refused(changed(whole, MANIFEST, manifest.replace(b'"format": 1', b'"format": 1 ')), "proof does not fit")
    refused(changed(whole, PROOF, b"0" * 64), "proof does not fit")
    refused(changed(whole, MANIFEST, b"{}"), "manifest is unreadable")
    refused(changed(whole, MANIFEST, b"[" * 100_000), "cannot be read")
    refused(changed(whole, MANIFEST, manifest.replace(b'"keys": [', b'"keys": [7,')), "manifest is unreadable")
    refused(changed(whole, MANIFEST, b" " * (UNPROVED_MOST + 1)), "none of LAPOR_KEYS has made it")
    refused(whole, "needs keys that LAPOR_KEYS does not hold, named [0-9a-f]{8}", Keyring([new_key()]))
    refused(torn(whole), "cannot be read")


@sqlite_only
async def test_even_with_our_key_an_archive_names_no_path(whole: Path, keyring: Keyring) -> None:
    with zipfile.ZipFile(whole) as backup:
        manifest = backup.read(MANIFEST)
    with zipfile.ZipFile(whole) as backup:
        key = next(name for name in backup.namelist() if name.startswith("files/")).removeprefix("files/")
    forged = manifest.replace(key.encode(), b"../../../../../../../../../etc/cron")
    other = whole.with_name("forged.backup")
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(other, "w") as new:
        for info in old.infolist():
            name = info.filename.replace(key, "../../../../../../../../../etc/cron")
            content = {MANIFEST: forged, PROOF: proof_of(forged, keyring)[0].encode()}.get(name, old.read(info))
            new.writestr(name, content)
    with pytest.raises(BadBackup, match="names files as we never do"):
        Backup(other, keyring)


def test_nobody_can_have_somebody_else_forgotten(tmp_path: Path, keyring: Keyring, clock: FakeClock) -> None:
    ledger = ErasureLedger(tmp_path, keyring)
    assert ledger.keep([Erased(7, clock())])
    assert not ledger.keep([Erased(7, clock())])
    file = tmp_path / NAME
    line = file.read_text()
    file.write_text(line + line.replace("7 ", "8 ", 1) + "rubbish\n\x00")
    assert ledger.read() == {Erased(7, clock())}
    strange = ErasureLedger(tmp_path, Keyring([new_key()]))
    assert strange.read() == frozenset()
    assert strange.keep([Erased(9, clock())])
    assert ledger.read() == {Erased(7, clock())}, "what another key has sealed stays"
    assert file.stat().st_mode & 0o777 == 0o600
