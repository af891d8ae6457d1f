"""Brings the database to the program's version, or says how far behind it is."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.audit_guard import guard_log
from storage.engine import async_url, create_engine

SCRIPTS = Path(__file__).parent / "migrations"

# Any number will do, as long as nobody else of this program locks it.
_UPGRADE_LOCK = 7_203_000

RESTORING = "restoring"
"""Stands for the revision while a restore is not finished: no program of any version works on such a register."""

Answer = TypeVar("Answer")


class MigrationRefused(Exception):
    """The database cannot be brought where it was asked to go; nothing was changed. The message says why."""


async def upgrade(url: str, revision: str = "head") -> None:
    """Brings the database up in one transaction; several processes may ask at once."""

    def act(connection: Connection) -> None:
        command.upgrade(config(connection), revision)
        guard_log(connection)

    await inside(url, act)


async def downgrade(url: str, revision: str) -> None:
    """Takes the database back to a revision (`base`: to nothing) in one transaction."""
    await inside(url, lambda connection: command.downgrade(config(connection), revision))


async def current(url: str) -> str | None:
    """The revision that the database has; None for a new one."""
    return await inside(url, lambda connection: MigrationContext.configure(connection).get_current_revision())


def heads() -> tuple[str, ...]:
    """The revision that this program wants; more than one would be a mistake of ours."""
    return tuple(ScriptDirectory(str(SCRIPTS)).get_heads())


def revisions() -> tuple[str, ...]:
    """Every revision of this program, oldest first."""
    newest_first = ScriptDirectory(str(SCRIPTS)).walk_revisions()
    return tuple(script.revision for script in newest_first)[::-1]


async def pending(url: str) -> tuple[str, ...]:
    """The revisions that the database still lacks, oldest first; empty when it is up to date.

    Raises `MigrationRefused` for a database that a newer program has written.
    """
    every, done = revisions(), await current(url)
    if done == RESTORING:
        raise MigrationRefused('a restore was broken off: run "lapor restore FILE" again')
    if done is not None and done not in every:
        raise MigrationRefused(f"the database has revision {done}, unknown here: run the newer program")
    return every[every.index(done) + 1 :] if done else every


async def draft(url: str, message: str) -> None:
    """For whoever changes a table: writes the next migration from the difference to an upgraded database."""
    number = f"{len(revisions()) + 1:04}"

    def write(connection: Connection) -> None:
        command.revision(config(connection), message, autogenerate=True, rev_id=number)

    await inside(url, write)


async def inside(url: str, act: Callable[[Connection], Answer]) -> Answer:
    """Runs in one transaction: a migration that is killed half-way leaves nothing behind."""
    engine = create_engine(async_url(url), writes=True, foreign_keys=False)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(_guarded, act)
    finally:
        await engine.dispose()


def _guarded(connection: Connection, act: Callable[[Connection], Answer]) -> Answer:
    """Lets one process migrate at a time, and refuses rows that point at nothing."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})"))
        return act(connection)
    answer = act(connection)
    if orphans := connection.execute(text("PRAGMA foreign_key_check")).all():
        raise MigrationRefused(f"{len(orphans)} rows would point at nothing, first in table {orphans[0][0]}")
    return answer


def config(connection: Connection) -> Config:
    """What Alembic's commands are given."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    return config
