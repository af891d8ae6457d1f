"""Where test databases come from: a migrated template, copied for every test, on each engine."""

import shutil
import sqlite3
from itertools import count
from pathlib import Path

from storage import migrate
from storage.tables import Base
from tests.storage.postgres import Server


class SqlitePlace:
    """Hands out SQLite files, copied from one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        """Uses a folder that lives as long as the session."""
        self._folder = folder
        self._numbers = count(1)
        self._kept: dict[str, Path] = {}

    async def fresh(self) -> str:
        """The URL of a migrated, empty database."""
        template = self._folder / "template.sqlite3"
        if not template.exists():
            await migrate.upgrade(f"sqlite:///{template}")
        return f"sqlite:///{shutil.copy(template, self._next())}"

    async def empty(self) -> str:
        """The URL of a database without a single table."""
        return f"sqlite:///{self._next()}"

    async def forget(self, url: str) -> None:
        """Removes a database with its log, so that a long session does not fill the disk."""
        for file in self._folder.glob(f"{_file_in(url).name}*"):
            file.unlink()

    def keep(self, url: str, name: str) -> None:
        """Keeps what stands in a database under a name, for tests that begin with the same."""
        self._kept[name] = self._folder / f"kept{len(self._kept)}.sqlite3"
        source, copy = sqlite3.connect(_file_in(url)), sqlite3.connect(self._kept[name])
        source.backup(copy)
        source.close()
        copy.close()

    def restored(self, url: str, name: str) -> bool:
        """Whether a database that nobody has used yet now holds what was kept under the name."""
        if name in self._kept:
            shutil.copy(self._kept[name], _file_in(url))
        return name in self._kept

    def _next(self) -> Path:
        return self._folder / f"{next(self._numbers)}.sqlite3"


def _file_in(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


class PostgresPlace:
    """Hands out databases of one server. A migrated one is emptied and used again: making one takes 0.4 s."""

    def __init__(self, server: Server) -> None:
        """Uses a server that lives as long as the session."""
        self.server = server
        self._migrated: list[str] = []
        self._free: list[str] = []

    async def fresh(self) -> str:
        """The URL of a migrated, empty database."""
        if not self._free:
            name = await self.server.create()
            await migrate.upgrade(self.server.url_of(name))
            self._migrated.append(name)
            self._free.append(name)
        return self.server.url_of(self._free.pop())

    async def empty(self) -> str:
        """The URL of a database without a single table."""
        return self.server.url_of(await self.server.create())

    async def forget(self, url: str) -> None:
        """Takes a database back: emptied for the next test, or away if it was never migrated here."""
        name = self.server.name_in(url)
        if name in self._migrated:
            await self.server.run(_EMPTY, name)
            self._free.append(name)
        else:
            await self.server.drop(name)

    def keep(self, url: str, name: str) -> None:
        """Keeps nothing: copying a database costs a server more than filling it."""

    def restored(self, url: str, name: str) -> bool:
        """Never: see `keep`."""
        return False

    async def close(self) -> None:
        """Leaves nothing on a server that outlives us."""
        for name in self._migrated:
            await self.server.drop(name)


# A killed process may still hold locks for a moment, so its sessions end first.
_EMPTY = ";".join(
    [
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        "ALTER TABLE audit_log DISABLE TRIGGER USER",
        *(f"DELETE FROM {table.name}" for table in reversed(Base.metadata.sorted_tables)),
        "ALTER TABLE audit_log ENABLE TRIGGER USER",
        "SELECT setval(format('%I.%I', schemaname, sequencename), 1, false) FROM pg_sequences",
    ]
)
