"""Opens the database by its URL: SQLite by default, PostgreSQL through asyncpg."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from domain.time import Clock
from storage.crypto import Keyring
from storage.sqlite_line import BUSY_TIMEOUT_MS, LineDriver
from storage.unit_of_work import Cause, UnitOfWork

STATEMENTS = 400
"""How many prepared statements a line to PostgreSQL keeps, unless its URL says otherwise: those of every day, which
the driver's hundred are not.
"""

_CACHE = "prepared_statement_cache_size"

LINES = 15
"""The most lines to PostgreSQL of one engine. All are kept once they are open: a new one knows no statement."""

REST_S = 1
"""Seconds after which a line to PostgreSQL is asked whether it still holds before somebody gets it."""

_SEVERAL, _ONE = {"isolation_level": "REPEATABLE READ"}, {"isolation_level": "AUTOCOMMIT"}
"""How PostgreSQL is read: by several questions that see one state, by one alone."""

BRIEF = "brief"
"""The option of a transaction on SQLite whose statements are so short that the event loop can wait for them."""

POOL_TIMEOUT_S = 30
"""How long a unit of work waits for a free connection, in seconds."""


class BadDatabaseUrl(ValueError):
    """The database's URL cannot be used; the message says the mend and never shows a password."""


def async_url(url: str) -> URL:
    """Reads a URL as people write it and names the async driver; raises `BadDatabaseUrl`."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BadDatabaseUrl("the database URL is unreadable: write sqlite:///laporbot.sqlite3") from None
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed.set(drivername="sqlite+aiosqlite")
        case "sqlite":
            raise BadDatabaseUrl("the database must be a file: write sqlite:///laporbot.sqlite3")
        case "postgresql" | "postgres":
            return _asyncpg_url(parsed)
        case other:
            raise BadDatabaseUrl(f"{other} is not served: write sqlite:///FILE or postgresql://HOST/NAME")


def _asyncpg_url(parsed: URL) -> URL:
    """Says `ssl` where libpq says `sslmode`, which asyncpg does not know."""
    parsed = parsed.set(drivername="postgresql+asyncpg")
    mode = parsed.query.get("sslmode")
    return parsed.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode}) if mode else parsed


def create_engine(url: URL, *, writes: bool, foreign_keys: bool = True) -> AsyncEngine:
    """Makes one engine; it connects at first use. SQLite rebuilds tables only with its foreign keys off."""
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, writes=writes, foreign_keys=foreign_keys)
    arguments: dict[str, Any] = {} if _CACHE in url.query else {_CACHE: STATEMENTS}
    if not writes:
        arguments["server_settings"] = {"default_transaction_read_only": "on"}
    engine = create_async_engine(
        url,
        pool_size=LINES,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_S,
        # The warmest line first: it knows the statements, and has not rested.
        pool_use_lifo=True,
        # Errors quote their statement: what people wrote must not stand in it.
        hide_parameters=True,
        connect_args=arguments,
    )
    _ask_after_a_rest(engine)
    return engine


def _ask_after_a_rest(engine: AsyncEngine) -> None:
    """Hands out no line that is known to be cut. To ask takes three trips, so only one that has rested is asked."""

    def rests(_line: Any, record: Any) -> None:
        record.info["rests_since"] = monotonic()

    def leaves(line: Any, record: Any, _loan: Any) -> None:
        since = record.info.get("rests_since")
        if since is not None and monotonic() > since + REST_S:
            try:
                engine.dialect.do_ping(line)
            except engine.dialect.loaded_dbapi.Error:
                # All others were cut with it.
                raise InvalidatePoolError from None
        elif line.driver_connection.is_closed():
            raise InvalidatePoolError

    event.listen(engine.sync_engine, "checkin", rests)
    event.listen(engine.sync_engine, "checkout", leaves)


def _sqlite_engine(url: URL, *, writes: bool, foreign_keys: bool) -> AsyncEngine:
    """One connection where we write: SQLite has one writer, and a queue in memory beats a busy file."""
    engine = create_async_engine(
        url,
        module=LineDriver(),
        pool_size=1 if writes else 4,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_S,
        hide_parameters=True,
        # The driver must not begin transactions by itself: it begins them late and DEFERRED,
        # and a read that turns into a write then loses somebody else's update.
        # Two threads use a line, never both at once.
        connect_args={"isolation_level": None, "check_same_thread": False},
    )
    pragmas = (
        # First, because switching to WAL may itself have to wait.
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
        *(("journal_mode=WAL", "synchronous=FULL") if writes else ("query_only=ON",)),
    )
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def start(connection: Connection) -> None:
        line: Any = connection.connection.dbapi_connection
        line.begins(begin, brief=connection.get_execution_options().get(BRIEF, False))

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", start)
    return engine


class Database:
    """The open database: units of work that write, and ones that only read."""

    def __init__(self, url: URL, keyring: Keyring, clock: Clock) -> None:
        """Prepares the engines; the first unit of work connects."""
        self.url = url
        self.keyring = keyring
        self.clock = clock
        self._writer = create_engine(url, writes=True)
        self._reader = create_engine(url, writes=False)
        self._writing = async_sessionmaker(self._writer, expire_on_commit=False)
        brief = {BRIEF: True}
        self._briefly = async_sessionmaker(self._writer.execution_options(**brief), expire_on_commit=False)
        # SQLite reads one state in every transaction, and begins one on the way.
        several, one = ({}, brief) if url.get_backend_name() == "sqlite" else (_SEVERAL, _ONE)
        self._reading = async_sessionmaker(self._reader.execution_options(**several), expire_on_commit=False)
        self._asking = async_sessionmaker(self._reader.execution_options(**one), expire_on_commit=False)
        self.on_owed: Callable[[], None] = lambda: None
        """Called when this process has queued a message: whoever delivers here need not wait for the next look."""

    @classmethod
    def open(cls, url: str, keyring: Keyring, clock: Clock) -> "Database":
        """Opens by URL (`sqlite:///FILE`, `postgresql://...`); raises `BadDatabaseUrl`."""
        return cls(async_url(url), keyring, clock)

    def work(self, cause: Cause | None = None, *, brief: bool = False) -> UnitOfWork:
        """A unit of work that writes; with a cause, its commit marks that update as worked.

        `brief`, as is whatever has a cause: it touches few rows. SQLite then needs no other thread until the commit.
        """
        return self._unit(self._briefly() if brief or cause else self._writing(), cause)

    def reading(self) -> UnitOfWork:
        """A unit of work that reads one consistent state and cannot write."""
        return self._unit(self._reading(), None)

    def asking(self) -> UnitOfWork:
        """A unit of work that asks and cannot write; on PostgreSQL each of its questions sees its own state.

        To begin a transaction and to end it takes two trips there, which one question does not need.
        """
        return self._unit(self._asking(), None)

    def session(self) -> AsyncSession:
        """A bare writing session, for whoever ends its transaction by itself."""
        return self._writing()

    @property
    def engines(self) -> tuple[AsyncEngine, AsyncEngine]:
        """The engines that read and write, for whoever listens to what is asked of them."""
        return self._reader, self._writer

    def snapshot(self) -> AsyncSession:
        """A bare reading session: from its first query on it sees one state of everything, however long it reads."""
        return self._reading()

    def _unit(self, session: AsyncSession, cause: Cause | None) -> UnitOfWork:
        return UnitOfWork(session, self.keyring, self.clock, cause, self.on_owed)

    async def dispose(self) -> None:
        """Closes every connection; an open SQLite connection would hang the interpreter's exit."""
        await self._reader.dispose()
        await self._writer.dispose()
