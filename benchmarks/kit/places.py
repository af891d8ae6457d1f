"""Where a benchmark keeps its registers: an SQLite file, or a PostgreSQL of its own; both survive a power cut."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from storage import migrate
from tests.storage.postgres import OwnServer

ENGINES = ("sqlite", "postgresql")


@asynccontextmanager
async def fresh(engine: str) -> AsyncIterator[str]:
    """The URL of a migrated, empty database that goes away with everything in it; raises `NoPostgres`."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(prefix="laporbot-bench-") as folder:
            url = f"sqlite:///{Path(folder) / 'register.sqlite3'}"
            await migrate.upgrade(url)
            yield url
        return
    server = OwnServer(durable=True)
    try:
        url = server.url_of(await server.create())
        await migrate.upgrade(url)
        yield url
    finally:
        server.stop()
