"""The line to SQLite takes one trip a statement, and a transaction is as whole as with the driver's own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engine import BRIEF, async_url, create_engine
from storage.sqlite_line import BUSY_TIMEOUT_MS

COUNT = text("SELECT count(*) FROM kept")
PATIENCE_S = 10


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A writing engine with one table."""
    made = create_engine(async_url(f"sqlite:///{tmp_path / 'line.sqlite3'}"), writes=True)
    async with made.begin() as connection:
        await connection.execute(text("CREATE TABLE kept (id INTEGER PRIMARY KEY, what TEXT UNIQUE)"))
    yield made
    await made.dispose()


async def put(connection: AsyncConnection, *what: str) -> None:
    await connection.execute(text("INSERT INTO kept (what) VALUES (:what)"), [{"what": each} for each in what])


async def put_all(engine: AsyncEngine, *what: str) -> None:
    async with engine.begin() as connection:
        for each in what:
            await put(connection, each)


async def test_what_is_not_committed_is_gone(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await put(connection, "a")
    async with engine.connect() as connection:
        assert await connection.scalar(COUNT) == 0
        await put(connection, "a", "b")
        await connection.commit()
    async with engine.connect() as connection:
        assert await connection.scalar(COUNT) == 2


def brief(engine: AsyncEngine) -> AsyncEngine:
    return engine.execution_options(**{BRIEF: True})


@pytest.mark.parametrize("kind", [AsyncEngine.execution_options, brief])
async def test_a_statement_that_fails_takes_its_transaction_with_it(
    engine: AsyncEngine, kind: Callable[[AsyncEngine], AsyncEngine]
) -> None:
    with pytest.raises(IntegrityError):
        await put_all(kind(engine), "a", "a")
    async with engine.connect() as connection:
        assert await connection.scalar(COUNT) == 0


@pytest.mark.parametrize("kind", [AsyncEngine.execution_options, brief])
async def test_a_point_to_go_back_to_is_within_the_transaction(
    engine: AsyncEngine, kind: Callable[[AsyncEngine], AsyncEngine]
) -> None:
    async with kind(engine).begin() as connection:
        async with connection.begin_nested() as point:
            await put(connection, "a")
            await point.rollback()
        await put(connection, "b")
    async with engine.connect() as connection:
        assert (await connection.scalars(text("SELECT what FROM kept"))).all() == ["b"]


async def test_the_write_lock_is_taken_before_the_first_look(tmp_path: Path, engine: AsyncEngine) -> None:
    other = create_engine(engine.url, writes=True)
    order: list[str] = []

    async def add(name: str, through: AsyncEngine) -> None:
        async with through.begin() as connection:
            seen = await connection.scalar(COUNT)
            order.append(name)
            await put(connection, f"after {seen}")
            await asyncio.sleep(0)

    try:
        async with asyncio.TaskGroup() as group:
            for turn in range(10):
                group.create_task(add(str(turn), other if turn % 2 else engine))
    finally:
        await other.dispose()
    async with engine.connect() as connection:
        found = (await connection.scalars(text("SELECT what FROM kept ORDER BY id"))).all()
    assert found == [f"after {place}" for place in range(10)]


async def test_rows_that_come_back_from_a_change_are_counted(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await put(connection, "a", "b", "c")
        gone = await connection.execute(text("DELETE FROM kept WHERE what <> 'b' RETURNING what"))
        assert sorted(gone.scalars().all()) == ["a", "c"]
        changed = await connection.execute(text("UPDATE kept SET what = 'z'"))
        assert changed.rowcount == 1


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What connections ask of their threads."""
    made: list[str] = []
    real = aiosqlite.Connection._execute

    async def noted(connection: aiosqlite.Connection, function: Any, *given: Any, **named: Any) -> Any:
        made.append(function.__name__)
        return await real(connection, function, *given, **named)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", noted)
    return made


async def test_a_brief_transaction_goes_to_the_thread_for_its_commit_alone(
    engine: AsyncEngine, trips: list[str]
) -> None:
    await put_all(brief(engine), "a", "b")
    assert trips == ["commit"]
    trips.clear()
    async with brief(engine).connect() as connection:
        await put(connection, "c")
        assert await connection.scalar(COUNT) == 3
    assert trips == [], "to take it back takes none"
    await put_all(engine, "d")
    assert trips == ["_run", "commit"], "the next is not brief because of the last"
    async with engine.connect() as connection:
        assert await connection.scalar(COUNT) == 3
        assert await connection.scalar(text("PRAGMA busy_timeout")) == BUSY_TIMEOUT_MS


async def test_whoever_must_wait_for_another_writer_waits_beside_the_loop(engine: AsyncEngine) -> None:
    other = create_engine(engine.url, writes=True)
    turns = 0
    try:
        async with asyncio.timeout(PATIENCE_S), other.begin() as connection:
            await put(connection, "first")
            second, given_up = (asyncio.create_task(put_all(brief(engine), each)) for each in ("second", "given up"))
            while turns < 50:
                await asyncio.sleep(0.001)
                turns += 1
            assert not second.done()
            given_up.cancel()
        await second
        await asyncio.gather(given_up, return_exceptions=True)
    finally:
        await other.dispose()
    await put_all(brief(engine), "third")
    async with engine.connect() as connection:
        assert (await connection.scalars(text("SELECT what FROM kept ORDER BY id"))).all() == [
            "first",
            "second",
            "third",
        ]
