"""Where test databases come from: a migrated template, copied for every test, on each engine."""

import shutil
from itertools import count
from pathlib import Path

from storage import migrate
from tests.storage.postgres import Server


class SqlitePlace:
    """Hands out SQLite files, copied from one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        """Uses a folder that lives as long as the session."""
        self._folder = folder
        self._numbers = count(1)

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
        for file in self._folder.glob(f"{Path(url.removeprefix('sqlite:///')).name}*"):
            file.unlink()

    def _next(self) -> Path:
        return self._folder / f"{next(self._numbers)}.sqlite3"


class PostgresPlace:
    """Hands out databases of one server, made from one that was migrated once."""

    def __init__(self, server: Server) -> None:
        """Uses a server that lives as long as the session."""
        self._server = server
        self._template: str | None = None

    async def fresh(self) -> str:
        """The URL of a migrated, empty database."""
        if self._template is None:
            template = await self._server.create()
            await migrate.upgrade(self._server.url_of(template))
            self._template = template
        return self._server.url_of(await self._server.create(self._template))

    async def empty(self) -> str:
        """The URL of a database without a single table."""
        return self._server.url_of(await self._server.create())

    async def forget(self, url: str) -> None:
        """Removes a database."""
        await self._server.drop(self._server.name_in(url))

    async def close(self) -> None:
        """Removes the template from a server that outlives us."""
        if self._template is not None:
            await self._server.drop(self._template)
