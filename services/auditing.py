"""Reads the audit log: walks it from its first line and names the first that does not fit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from domain.audit import GENESIS, Head, Line
from services.office import Office
from storage.queries.audit import line_of
from storage.tables_audit import AuditRow

BATCH = 1000
"""Lines that are in memory at a time."""


@dataclass(frozen=True)
class Walked:
    """How far the log was walked. `broken` is the number of the first line that is missing or was changed."""

    lines: int
    head: Head | None
    broken: int | None = None


class Auditing:
    """What an auditor does with the log."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def count(self) -> int:
        """How many lines there are to walk."""
        async with self._office.database.reading() as work:
            return await work.audit.count()

    async def walk(self, seen: Head | None = None) -> AsyncIterator[Walked]:
        """Walks the log some lines at a time and tells how far it has come; it ends at the first broken line.

        `seen` is a head that somebody was shown earlier: a log that was cut or written anew no longer holds it.
        """
        number, sealed = 0, GENESIS
        async with self._office.database.reading() as work:
            while rows := await work.audit.after(number, BATCH):
                for row in rows:
                    if row.number != number + 1 or not _fits(row, sealed, seen):
                        yield Walked(number, _head(number, sealed), number + 1)
                        return
                    number, sealed = row.number, row.hash
                yield Walked(number, _head(number, sealed))
        cut = seen is not None and seen.number > number
        yield Walked(number, _head(number, sealed), number + 1 if cut else None)

    async def last(self, count: int) -> tuple[Line, ...]:
        """The newest lines, oldest first."""
        async with self._office.database.reading() as work:
            head = await work.audit.head()
            rows = await work.audit.after(max(0, head.number - count), count) if head else ()
            return tuple(line_of(row) for row in rows)


def _fits(row: AuditRow, former: str, seen: Head | None) -> bool:
    """Whether a line follows the former one, and is the one that was shown."""
    shown = seen is None or seen.number != row.number or row.hash.startswith(seen.digits)
    return shown and row.hash == line_of(row).sealed_after(former)


def _head(number: int, sealed: str) -> Head | None:
    return Head.of(number, sealed) if number else None
