"""Where a benchmark keeps its registers: SQLite files, or a PostgreSQL of its own; both survive a power cut."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from benchmarks.kit.register import Size, fill
from benchmarks.kit.stopwatch import server_in
from storage import migrate
from storage.crypto import new_key
from storage.engine import async_url, create_engine
from storage.tables_complaints import Complaint
from tests.storage.postgres import OwnServer

ENGINES = ("sqlite", "postgresql")

SETTINGS = {"fsync": "on", "shared_buffers": "2GB", "random_page_cost": "1.1", "work_mem": "32MB"}
"""What docs/operations advises for a large register; everything else stays as PostgreSQL ships it."""


@asynccontextmanager
async def fresh(engine: str) -> AsyncIterator[str]:
    """The URL of a migrated, empty database that goes away with everything in it; raises `NoPostgres`."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(prefix="laporbot-bench-") as folder:
            url = f"sqlite:///{Path(folder) / 'register.sqlite3'}"
            await migrate.upgrade(url)
            yield url
        return
    server = OwnServer(fsync="on")
    try:
        url = server.url_of(await server.create())
        await migrate.upgrade(url)
        yield url
    finally:
        server.stop()


@dataclass(frozen=True)
class Shelf:
    """Registers side by side: each is filled when it is first asked for, and stays where the folder stays."""

    folder: Path
    postgresql: OwnServer | None

    @property
    def server(self) -> int | None:
        """The process that works for all of them, besides our own."""
        return server_in(self.folder / "data") if self.postgresql else None

    @property
    def key(self) -> str:
        """Under which everything here is sealed: what one run has left, the next one can read."""
        file = self.folder / "key"
        if not file.exists():
            file.write_text(new_key())
        return file.read_text()

    async def register(self, size: int) -> str:
        """The URL of a filled register; one that was begun and not finished is begun again."""
        name = f"register_{size}"
        if self.postgresql is None:
            file = self.folder / f"{name}.sqlite3"
            url = f"sqlite:///{file}"
            if not (file.exists() and await _holds(url, size)):
                for old in self.folder.glob(f"{name}.sqlite3*"):
                    old.unlink()
                await _filled(url, size)
            return url
        url = self.postgresql.url_of(name)
        if not await _holds(url, size):
            await self.postgresql.drop(name)
            await self.postgresql.run(f'CREATE DATABASE "{name}" TEMPLATE template0')
            await _filled(url, size)
        return url


@asynccontextmanager
async def shelf(engine: str, kept_in: Path | None) -> AsyncIterator[Shelf]:
    """A place for registers of one engine; raises `NoPostgres`. Without `kept_in` everything goes away at its end."""
    with tempfile.TemporaryDirectory(prefix="laporbot-bench-") as passing:
        folder = (kept_in or Path(passing)) / engine
        folder.mkdir(parents=True, exist_ok=True)
        for above in (folder, folder.parent):
            above.chmod(0o711)
        server = OwnServer(kept_in=folder, **SETTINGS) if engine == "postgresql" else None
        try:
            yield Shelf(folder, server)
        finally:
            if server is not None:
                server.stop()


async def _filled(url: str, size: int) -> None:
    await migrate.upgrade(url)
    await fill(url, Size(size))


async def _holds(url: str, size: int) -> bool:
    engine = create_engine(async_url(url), writes=False)
    try:
        async with engine.connect() as connection:
            return await connection.scalar(select(func.count()).select_from(Complaint)) == size
    except (DBAPIError, OSError):
        return False
    finally:
        await engine.dispose()
