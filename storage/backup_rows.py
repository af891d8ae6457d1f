"""Rows as a backup holds them: lists in JSON, the same whichever engine they came from or go to."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Date, DateTime, LargeBinary, Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.types import UtcDateTime

BATCH = 1000
"""Rows that are in memory at a time."""


async def batches_of(session: AsyncSession, table: Table) -> AsyncIterator[tuple[int, bytes]]:
    """The rows of a table by their keys, some at a time: how many, and their JSON."""
    found = await session.stream(select(table).order_by(*table.primary_key.columns))
    async for rows in found.partitions(BATCH):
        told = [[_written(value) for value in row] for row in rows]
        yield len(told), json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return b64encode(value).decode() if isinstance(value, bytes) else value


def rows_of(content: bytes, columns: Sequence[Column[Any]]) -> list[dict[str, Any]]:
    """The rows of a batch, as the columns take them; raises `ValueError` for what does not fit."""
    readers = [(column.name, _reader(column)) for column in columns]
    return [
        {name: None if value is None else read(value) for (name, read), value in zip(readers, row, strict=True)}
        for row in json.loads(content)
    ]


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    match column.type:
        case DateTime() | UtcDateTime():
            return datetime.fromisoformat
        case Date():
            return date.fromisoformat
        case LargeBinary():
            return b64decode
        case _:
            return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def settle_types(table: Table) -> Table:
    """Lets a reflected table take nothing as NULL where it would write the JSON word `null`."""
    for column in table.columns:
        if isinstance(column.type, JSON):
            column.type = type(column.type)(none_as_null=True)
    return table
