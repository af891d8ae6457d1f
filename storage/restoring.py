"""Puts a backup into a database: in one transaction, at its own revision, and from there up to this program's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from alembic import command
from sqlalchemy import Connection, MetaData, Table, func, inspect, select, text

from domain.audit import GENESIS, Line
from storage import migrate
from storage.audit_guard import guard_log
from storage.backup_file import Backup, BadBackup, Progress, columns_of
from storage.backup_rows import rows_of, settle_types
from storage.tables_audit import AuditRow

TELLING = ("people", "complaints", "governments")
"""Tables in which a register that was never used has no row."""

VERSION = "alembic_version"


class Occupied(Exception):
    """There is a register already, and nobody said that it may go."""


class StillRunning(Exception):
    """A process holds a right in this register just now."""


class BrokenLog(Exception):
    """The audit log in the backup does not hold together; the message is the number of the first bad line."""


@dataclass(frozen=True)
class Wanted:
    """How a backup is put back: over a register that is there, and although its audit log is broken."""

    replace: bool = False
    broken_log: bool = False


async def erased_in(url: str) -> list[tuple[int, datetime]]:
    """Who was forgotten in the register that is there, if there is one that can be read: numbers and instants."""

    def look(connection: Connection) -> list[tuple[int, datetime]]:
        if not inspect(connection).has_table("erasures"):
            return []
        rows = connection.execute(select(Table("erasures", MetaData(), autoload_with=connection)))
        return [(row.person_id, _aware(row.at)) for row in rows]

    return await migrate.inside(url, look)


async def load(url: str, backup: Backup, wanted: Wanted, now: datetime, go_on: Progress) -> None:
    """Replaces whatever is there; the register stays closed (`migrate.RESTORING`) until `open_register`.

    Raises `Occupied`, `StillRunning`, `BrokenLog`, `BadBackup`; then nothing was changed.
    """
    if backup.manifest.revision not in migrate.revisions():
        raise BadBackup(f"it has revision {backup.manifest.revision}, unknown here: restore it with the newer program")

    def act(connection: Connection) -> None:
        _clear(connection, wanted, now)
        command.upgrade(migrate.config(connection), backup.manifest.revision)
        _fill(connection, backup, wanted, go_on)
        command.upgrade(migrate.config(connection), "head")
        guard_log(connection)
        connection.execute(text(f"UPDATE {VERSION} SET version_num = :closed"), {"closed": migrate.RESTORING})  # noqa: S608

    await migrate.inside(url, act)


def open_register(connection: Connection) -> None:
    """Lets the program work on what was restored."""
    (head,) = migrate.heads()
    connection.execute(text(f"UPDATE {VERSION} SET version_num = :head"), {"head": head})  # noqa: S608 (a name of ours)


def _clear(connection: Connection, wanted: Wanted, now: datetime) -> None:
    there = MetaData()
    there.reflect(connection)
    closed = VERSION in there.tables and connection.scalar(select(there.tables[VERSION])) == migrate.RESTORING
    if not closed:
        _demand_silence(connection, there, now)
        full = [name for name in TELLING if name in there.tables and _rows(connection, there.tables[name])]
        if full and not wanted.replace:
            raise Occupied
    there.drop_all(connection)


def _demand_silence(connection: Connection, there: MetaData, now: datetime) -> None:
    """Nobody holds a right or a chat just now."""
    for name, until in (("leases", "until"), ("chat_leases", "leased_until")):
        table = there.tables.get(name)
        if table is not None:
            last = connection.scalar(select(func.max(table.columns[until])))
            if last is not None and _aware(last) > now:
                raise StillRunning


def _rows(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _fill(connection: Connection, backup: Backup, wanted: Wanted, go_on: Progress) -> None:
    made = MetaData()
    made.reflect(connection)
    tables = [settle_types(table) for table in made.sorted_tables if table.name != VERSION]
    if {table.name for table in tables} != set(backup.manifest.tables):
        raise BadBackup("its tables are not those of its revision")
    for table in tables:
        # A migration may have entered rows of its own.
        connection.execute(table.delete())
    for table in tables:
        rows = _checked(_all_rows(backup, table, go_on), wanted) if _is_log(table) else _all_rows(backup, table, go_on)
        _insert(connection, table, rows)
        if connection.dialect.name == "postgresql":
            _go_on_counting(connection, table)


def _all_rows(backup: Backup, table: Table, go_on: Progress) -> Iterator[list[dict[str, Any]]]:
    columns = columns_of(table, backup.manifest.tables[table.name].columns)
    for content in backup.batches(table.name):
        rows = rows_of(content, columns)
        yield rows
        go_on(len(rows))


def _insert(connection: Connection, table: Table, batches: Iterator[list[dict[str, Any]]]) -> None:
    """Rows may point at younger rows of their own table, so those pointers are set when all are there."""
    inner = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    keys = [column.name for column in table.primary_key.columns]
    pointing: list[dict[str, Any]] = []
    for rows in batches:
        for row in rows:
            if any(row[name] is not None for name in inner):
                pointing.append({name: row[name] for name in (*keys, *inner)})
                row.update(dict.fromkeys(inner))
        if rows:
            connection.execute(table.insert(), rows)
    for row in pointing:
        here = [table.columns[name] == row[name] for name in keys]
        connection.execute(table.update().where(*here).values({name: row[name] for name in inner}))


def _go_on_counting(connection: Connection, table: Table) -> None:
    """New rows get numbers behind those that were put in."""
    for column in table.primary_key.columns:
        asked = text("SELECT pg_get_serial_sequence(:table, :column)")
        sequence = connection.scalar(asked, {"table": f'"{table.name}"', "column": column.name})
        last = connection.scalar(select(func.max(column))) if sequence else None
        if sequence and last:
            connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _is_log(table: Table) -> bool:
    return table.name == AuditRow.__tablename__


def _checked(batches: Iterator[list[dict[str, Any]]], wanted: Wanted) -> Iterator[list[dict[str, Any]]]:
    """Walks the log as it passes; raises `BrokenLog` at the first line that does not fit, unless that is known."""
    number, sealed = 0, GENESIS
    for rows in batches:
        for row in rows:
            line = Line(*(row[name] for name in ("number", "at", "act", "person_id", "role", "complaint_id", "data")))
            fits = line.number == number + 1 and row["hash"] == line.sealed_after(sealed)
            if not fits and not wanted.broken_log:
                raise BrokenLog(str(number + 1))
            number, sealed = line.number, row["hash"]
        yield rows


def _aware(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant
