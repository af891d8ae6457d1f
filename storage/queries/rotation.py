"""Walks everything that hangs on a key, some rows at a time: what an older key sealed, and the blind indexes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Row, Select, Table, delete, func, select, text, update

from storage.queries.base import Queries
from storage.queries.inbox import ROTATION_LOCK
from storage.tables import Base
from storage.tables_evidence import StoredFile
from storage.tables_groups import UnitGroup
from storage.tables_messages import ChatLease, InboxUpdate
from storage.tables_people import Identity

SEALED = "_sealed"
"""How the name of a column ends that hangs on a key."""


@dataclass
class Found:
    """What a walk has met. `stale` hangs on an older key, `lost` on none that we have, `busy` is in use just now."""

    seen: int = 0
    stale: int = 0
    lost: int = 0
    busy: int = 0

    def add(self, other: Found) -> None:
        """Counts another part of the walk along."""
        self.seen, self.stale = self.seen + other.seen, self.stale + other.stale
        self.lost, self.busy = self.lost + other.lost, self.busy + other.busy


@dataclass
class Batch:
    """Some rows of one station; `after` is where the next batch begins, None when there is none."""

    after: Any | None = None
    found: Found = field(default_factory=Found)


def sealed_tables() -> tuple[Table, ...]:
    """Every table with a sealed column, whoever adds one: they are known by their names."""
    return tuple(table for table in Base.metadata.sorted_tables if _sealed(table))


def _sealed(table: Table) -> tuple[Column[Any], ...]:
    return tuple(column for column in table.columns if column.name.endswith(SEALED))


def _key(table: Table) -> Column[Any]:
    (key,) = table.primary_key.columns
    return key


class Rotation(Queries):
    """Queries of a rotation. With `write` they mend what they meet; without it they only look."""

    def stations(self) -> tuple[str, ...]:
        """What is walked, in order: the sealed columns of each table, then the indexes that are made from them."""
        return (*(table.name for table in sealed_tables()), *self._indexes())

    def _indexes(self) -> dict[str, Callable[[Any, int, datetime, bool], Awaitable[Batch]]]:
        return {
            "index of chats": self._chats,
            "index of identities": self._identities,
            "index of files": self._files,
            "index of groups": self._groups,
        }

    async def count(self, station: str) -> int:
        """How many rows there are to walk."""
        tables = {
            "index of chats": ChatLease,
            "index of identities": Identity,
            "index of files": StoredFile,
            "index of groups": UnitGroup,
        }
        table = tables[station].__table__ if station in tables else Base.metadata.tables[station]
        return await self._session.scalar(select(func.count()).select_from(table)) or 0

    async def batch(self, station: str, after: Any, limit: int, now: datetime, *, write: bool) -> Batch:
        """The next rows behind a key (None: from the first)."""
        index = self._indexes().get(station)
        if index is not None:
            return await index(after, limit, now, write)
        return await self._columns(Base.metadata.tables[station], after, limit, write=write)

    async def _columns(self, table: Table, after: Any, limit: int, *, write: bool) -> Batch:
        batch = Batch()
        for row in await self._rows(
            batch, select(_key(table), *_sealed(table)), _key(table), after, limit, write=write
        ):
            batch.after, batch.found.seen = row[0], batch.found.seen + 1
            fresh = self._fresh(row, batch.found)
            if write and fresh:
                await self._session.execute(update(table).where(_key(table) == row[0]).values(fresh))
        return batch

    def _fresh(self, row: Row[Any], found: Found) -> dict[str, bytes]:
        """The sealed values of a row that an older key sealed, sealed anew."""
        older = {}
        for name, sealed in row._mapping.items():
            if not str(name).endswith(SEALED) or sealed is None:
                continue
            place = self._keyring.place_of(sealed)
            if place is None:
                found.lost += 1
            elif place > 0:
                older[str(name)] = self._keyring.rotate(sealed)
        found.stale += bool(older)
        return older

    async def _identities(self, after: Any, limit: int, _now: datetime, write: bool) -> Batch:
        table = Base.metadata.tables[Identity.__tablename__]
        return await self._reindexed(table, "chat_index", "chat_id_sealed", after, limit, write=write)

    async def _files(self, after: Any, limit: int, _now: datetime, write: bool) -> Batch:
        table = Base.metadata.tables[StoredFile.__tablename__]
        return await self._reindexed(table, "fingerprint", "digest_sealed", after, limit, write=write)

    async def _groups(self, after: Any, limit: int, _now: datetime, write: bool) -> Batch:
        table = Base.metadata.tables[UnitGroup.__tablename__]
        return await self._reindexed(table, "chat_index", "chat_id_sealed", after, limit, write=write)

    async def _reindexed(self, table: Table, index: str, source: str, after: Any, limit: int, *, write: bool) -> Batch:
        """Makes an index anew from the sealed value that it was made from."""
        wanted = select(_key(table), table.c[index], table.c[source])
        batch = Batch()
        for key, known, sealed in await self._rows(batch, wanted, _key(table), after, limit, write=write):
            batch.after, batch.found.seen = key, batch.found.seen + 1
            fresh = self._index_of(sealed)
            if fresh in (None, known):
                continue
            batch.found.stale += 1
            if write:
                await self._session.execute(update(table).where(_key(table) == key).values({index: fresh}))
        return batch

    async def _chats(self, after: Any, limit: int, now: datetime, write: bool) -> Batch:
        """Gives chats their new index with all that waits in them; one that is being worked is left for later."""
        if write and self._on_postgresql:
            # Who stores an update holds this shared: between its look at the chat and its row nothing may move.
            await self._session.execute(text(f"SELECT pg_advisory_xact_lock({ROTATION_LOCK})"))
        wanted = select(ChatLease.chat_index, ChatLease.chat_key_sealed, ChatLease.leased_by, ChatLease.leased_until)
        key = Base.metadata.tables[ChatLease.__tablename__].c.chat_index
        batch = Batch()
        for old, sealed, holder, until in await self._rows(batch, wanted, key, after, limit, write=write):
            batch.after, batch.found.seen = old, batch.found.seen + 1
            fresh = self._index_of(sealed)
            if fresh is None or fresh == old:
                continue
            if write and holder is not None and until is not None and until > now:
                batch.found.busy += 1
                continue
            batch.found.stale += 1
            if write:
                await self._rename_chat(old, fresh)
        return batch

    async def _rename_chat(self, old: str, fresh: str) -> None:
        quietly = {"synchronize_session": False}
        known = await self._session.scalar(select(ChatLease.chat_index).where(ChatLease.chat_index == fresh))
        if known is None:
            move = update(ChatLease).where(ChatLease.chat_index == old).values(chat_index=fresh)
            await self._session.execute(move, execution_options=quietly)
        else:
            # A process without the new key has met the chat again meanwhile.
            await self._session.execute(delete(ChatLease).where(ChatLease.chat_index == old), execution_options=quietly)
        along = update(InboxUpdate).where(InboxUpdate.chat_index == old).values(chat_index=fresh)
        await self._session.execute(along, execution_options=quietly)

    def _index_of(self, sealed: bytes | None) -> str | None:
        if sealed is None or self._keyring.place_of(sealed) is None:
            return None
        return self._keyring.index(self._keyring.decrypt(sealed))

    async def _rows(
        self, batch: Batch, wanted: Select[*tuple[Any, ...]], key: Column[Any], after: Any, limit: int, *, write: bool
    ) -> list[Any]:
        """The rows of a batch. Those that somebody holds are left and counted: who never waits is in nobody's way."""
        behind = [] if after is None else [key > after]
        statement = wanted.where(*behind).order_by(key).limit(limit)
        if not write:
            return list((await self._session.execute(statement)).all())
        # Foreign keys may go on pointing here; only the chats change the key that they are known by.
        held = statement.with_for_update(key_share=key.name != ChatLease.chat_index.name, skip_locked=True)
        rows = list((await self._session.execute(held)).all())
        if self._on_postgresql:
            within = [key <= rows[-1][0]] if rows else []
            there = await self._session.scalar(select(func.count()).where(*behind, *within).select_from(key.table))
            batch.found.busy += (there or 0) - len(rows)
        return rows
