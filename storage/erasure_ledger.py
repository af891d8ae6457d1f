"""Who was forgotten, as a file beside the backups: a number and an instant, so that no restore brings anybody back."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.crypto import Keyring

NAME = "erased.txt"
_LABEL = "laporbot/erased/1:"


@dataclass(frozen=True, order=True)
class Erased:
    """One erasure. The number leads nowhere but in an older backup."""

    person_id: int
    at: datetime

    def __str__(self) -> str:
        """As a line begins."""
        return f"{self.person_id} {self.at.isoformat()}"


class ErasureLedger:
    """The file in one folder. Every line is sealed with a key, so that nobody can have somebody else forgotten."""

    def __init__(self, folder: Path, keyring: Keyring) -> None:
        """Touches nothing."""
        self._file = folder / NAME
        self._keyring = keyring

    def read(self) -> frozenset[Erased]:
        """Everybody in it; none without the file. Lines that none of our keys has sealed do not count."""
        return frozenset(found for line in self._lines() if (found := self._proved(line)) is not None)

    def keep(self, erased: Iterable[Erased]) -> bool:
        """Adds whoever is not in it yet; returns whether there was anybody. Raises `OSError`."""
        new = sorted(set(erased) - self.read())
        if not new:
            return False
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Lines that we cannot prove stay: their key may only be away.
        lines = [*self._lines(), *(f"{each} {self._seals(str(each))[0]}" for each in new)]
        half = self._file.with_suffix(".part")
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in lines)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(self._file)
        return True

    def _lines(self) -> list[str]:
        if not self._file.is_file():
            return []
        return self._file.read_text(encoding="utf-8", errors="replace").splitlines()

    def _proved(self, line: str) -> Erased | None:
        told, _, seal = line.rpartition(" ")
        if seal not in self._seals(told):
            return None
        person_id, _, at = told.partition(" ")
        return Erased(int(person_id), datetime.fromisoformat(at))

    def _seals(self, told: str) -> tuple[str, ...]:
        return self._keyring.indexes(_LABEL + told)
