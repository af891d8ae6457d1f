"""What the queries of every subject share: the session and the keyring of their unit of work."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, any_, bindparam, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from storage.crypto import Keyring
from storage.tables import Base

AT_ONCE = 500
"""Keys in one question."""

Compared = ColumnElement[Any] | InstrumentedAttribute[Any]
Row = TypeVar("Row")
Statement = TypeVar("Statement")


def replacing(table: str, *keys: str) -> Mapping[bool, Any]:
    """An INSERT that takes the place of the row with the same keys, built once: for PostgreSQL (True), for SQLite."""
    rows = Base.metadata.tables[table]

    def in_words_of(dialect: Any) -> Any:
        added = dialect.insert(rows)
        newest = {column.name: added.excluded[column.name] for column in rows.columns if column.name not in keys}
        return added.on_conflict_do_update(index_elements=keys, set_=newest)

    return {True: in_words_of(postgresql), False: in_words_of(sqlite)}


def unless_there(table: str, key: str) -> Mapping[bool, Any]:
    """An INSERT that passes over rows whose key is there, and returns the keys of the others; built once, as above."""
    rows = Base.metadata.tables[table]

    def in_words_of(dialect: Any) -> Any:
        return dialect.insert(rows).on_conflict_do_nothing(index_elements=[key]).returning(rows.c[key])

    return {True: in_words_of(postgresql), False: in_words_of(sqlite)}


def in_both(build: Callable[[Callable[[Compared, str], ColumnElement[bool]]], Statement]) -> Mapping[bool, Statement]:
    """A statement about several rows, built once: for PostgreSQL (True), for SQLite.

    `build` is given what compares a column with the keys of a parameter, as `Queries._among` does.
    """

    def one_of(column: Compared, name: str) -> ColumnElement[bool]:
        return column.in_(bindparam(name, expanding=True))

    def any_of(column: Compared, name: str) -> ColumnElement[bool]:
        return column == any_(bindparam(name, type_=postgresql.ARRAY(column.type)))

    return {True: build(any_of), False: build(one_of)}


class Queries:
    """Queries on one subject inside one unit of work."""

    _ahead: Mapping[int, Sequence[Any]] = MappingProxyType({})
    """What was read for many at once (`ahead`): a question about one of them needs no trip of its own.

    Only for units that do nothing but read: what they see stays as it is.
    """
    _read: Sequence[Any] = ()
    """Rows read ahead that are found by their id: the session knows them for as long as somebody holds them."""

    def __init__(self, session: AsyncSession, keyring: Keyring) -> None:
        """Borrows the session; the unit of work opens and closes it."""
        self._session = session
        self._keyring = keyring

    @property
    def _on_postgresql(self) -> bool:
        return self._session.get_bind().dialect.name == "postgresql"

    def _insert(self, table: type[Base]) -> Any:
        """An INSERT that knows ON CONFLICT, which both dialects spell alike but export apart; no object is made."""
        rows = Base.metadata.tables[table.__tablename__]
        return postgresql.insert(rows) if self._on_postgresql else sqlite.insert(rows)

    def _among(self, column: Compared, keys: Collection[Any]) -> ColumnElement[bool]:
        """Whether a column has one of some keys.

        PostgreSQL is given one array: with each other number of keys `IN` is another statement, read and planned anew.
        """
        if self._on_postgresql:
            return column == any_(literal(list(keys), postgresql.ARRAY(column.type)))
        return column.in_(keys)

    def _seal(self, value: str | None) -> bytes | None:
        return None if value is None else self._keyring.encrypt(value)

    def _open(self, sealed: bytes | None) -> str | None:
        return None if sealed is None else self._keyring.decrypt(sealed)


def grouped(keys: Iterable[int], rows: Iterable[Row], of: Callable[[Row], int]) -> dict[int, list[Row]]:
    """The rows of each key, in their order; a key without any has none."""
    found: dict[int, list[Row]] = {key: [] for key in keys}
    for row in rows:
        found[of(row)].append(row)
    return found
