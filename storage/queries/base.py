"""What the queries of every subject share: the session and the keyring of their unit of work."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.crypto import Keyring
from storage.tables import Base

AT_ONCE = 500
"""Keys in one question."""


class Queries:
    """Queries on one subject inside one unit of work."""

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

    def _seal(self, value: str | None) -> bytes | None:
        return None if value is None else self._keyring.encrypt(value)

    def _open(self, sealed: bytes | None) -> str | None:
        return None if sealed is None else self._keyring.decrypt(sealed)
