"""The line to SQLite: a statement takes one trip to the connection's thread at most, and begins its transaction there.

The driver makes four trips for a statement (open, execute, fetch, close) and one more to begin; each costs more than a
short statement, and where the event loop is busy the thread waits for its turn each time, the write lock in its hand.
So a transaction that is known to be brief makes none but its commit: only that waits for the disk. To begin, it must
find the write lock free; else it goes to the thread to wait for it.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
    AsyncAdapt_aiosqlite_ss_cursor,
)
from sqlalchemy.util import immutabledict
from sqlalchemy.util.concurrency import await_

BUSY_TIMEOUT_MS = 30_000
"""How long SQLite waits for another process's write, in milliseconds."""


class _Outcome(NamedTuple):
    """What remains of a cursor once its rows are fetched and it is closed."""

    description: Any
    rowcount: int
    lastrowid: int | None
    rows: Sequence[Any] = ()
    arraysize: int = 1


_NOTHING = _Outcome(None, -1, None)


class LineCursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor whose rows are all here when a statement returns; there is nothing left to close."""

    def __init__(self, adapt_connection: Line) -> None:
        """Opens nothing yet."""
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._cursor: Any = _NOTHING
        self._rows: deque[Any] = deque()
        self._soft_closed_memoized = immutabledict()

    async def _async_soft_close(self) -> None:
        """Does nothing: it is closed already."""

    def close(self) -> None:
        """Forgets the rows."""
        self._rows.clear()

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        return await self._sent("execute", operation, parameters or ())

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        return await self._sent("executemany", operation, seq_of_parameters)

    async def _sent(self, how: str, operation: Any, parameters: Any) -> Any:
        line: Any = self._adapt_connection
        async with line._execute_mutex:
            begin, line.beginning = line.beginning, None
            connection = line._connection._conn
            if line.brief and _is_begun(connection, begin):
                self._cursor = _run(connection, how, None, operation, parameters)
            else:
                self._cursor = await line._connection._execute(_run, connection, how, begin, operation, parameters)
        self._rows = deque(self._cursor.rows)
        return self._cursor


def _is_begun(connection: sqlite3.Connection, begin: str | None) -> bool:
    """Whether the transaction has begun, or could begin now without waiting for anybody."""
    if begin is None:
        return True
    connection.execute("PRAGMA busy_timeout=0")
    try:
        connection.execute(begin)
    except sqlite3.OperationalError:
        # Somebody else writes. Whatever else it is, the thread meets it too.
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    return True


def _run(connection: sqlite3.Connection, how: str, begin: str | None, operation: Any, parameters: Any) -> _Outcome:
    if begin is not None:
        connection.execute(begin)
    cursor = connection.cursor()
    try:
        getattr(cursor, how)(operation, parameters)
        rows = cursor.fetchall() if cursor.description else ()
        return _Outcome(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    finally:
        cursor.close()


class LineStream(AsyncAdapt_aiosqlite_ss_cursor):
    """A cursor that brings its rows bit by bit, in the transaction that it begins."""

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        line: Any = self._adapt_connection
        begin, line.beginning = line.beginning, None
        if begin is not None:
            async with line._execute_mutex:
                await line._connection.execute(begin)
        return await super()._execute_async(operation, parameters)


class Line(AsyncAdapt_aiosqlite_connection):
    """A connection that begins its transaction with the first statement of it."""

    _cursor_cls = LineCursor  # type: ignore[assignment]  # the stub names the exact class
    _ss_cursor_cls = LineStream

    def __init__(self, dbapi: Any, connection: Any) -> None:
        """Has begun nothing."""
        super().__init__(dbapi, connection)
        self.beginning: str | None = None
        self.brief = False

    def begins(self, statement: str, *, brief: bool) -> None:
        """Sends this before the next statement; `brief`: the event loop may wait for the statements until the end."""
        self.beginning, self.brief = statement, brief

    def commit(self) -> None:
        """Makes no trip when nothing was said since the transaction began."""
        if not self._unsaid():
            super().commit()

    def rollback(self) -> None:
        """Makes no trip when there is nothing to take back, or little."""
        if self._unsaid():
            return
        if not self.brief:
            super().rollback()
            return
        try:
            self._connection._conn.rollback()
        except sqlite3.Error as error:
            self._handle_exception(error)

    def _unsaid(self) -> bool:
        self.beginning = None
        return self._connection._connection is None or not self._connection.in_transaction


class LineDriver(AsyncAdapt_aiosqlite_dbapi):
    """The driver, with these connections."""

    def __init__(self) -> None:
        """Wraps aiosqlite."""
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *arguments: Any, **named: Any) -> Line:
        """Opens a connection in a thread of its own, which does not outlive the program."""
        connection = aiosqlite.connect(*arguments, **named)
        connection._thread.daemon = True
        return Line(self, await_(connection))
