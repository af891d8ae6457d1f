"""Column types that mean the same on SQLite and on PostgreSQL."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect, Index, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

ENUM_LENGTH = 40
"""Characters kept for the value of an enum; one length for all, so that a new member needs no new column."""

INDEX_LENGTH = 64
"""Characters of a blind index (HMAC-SHA256 in hexadecimal)."""

Sealed = LargeBinary
"""The type of a column `*_sealed`: only the queries open it, with the keyring of their unit of work."""

Json = JSON().with_variant(JSONB(), "postgresql")
"""A JSON document: JSONB on PostgreSQL, text on SQLite. Assign it anew: a change inside it is not seen."""

Member = TypeVar("Member", bound=StrEnum)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in, aware UTC out, on both engines; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Converts to UTC; raises `ValueError` for a naive datetime."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"an instant must be aware, this one is naive: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Gives back the zone that SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TextEnum(TypeDecorator[Member]):
    """A member of one `StrEnum`, kept as its value; a native enum would be a pain to alter."""

    impl = String(ENUM_LENGTH)
    cache_ok = True

    def __init__(self, enum_class: type[Member]) -> None:
        """Raises `ValueError` when a value of the enum is longer than the column."""
        super().__init__()
        self.enum_class = enum_class
        for member in enum_class:
            if len(member.value) > ENUM_LENGTH:
                raise ValueError(f"{member!r} is longer than {ENUM_LENGTH} characters")

    def process_bind_param(self, value: Member | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Takes a member, or a string that is one; raises `ValueError` for anything else."""
        return None if value is None else self.enum_class(value).value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Member | None:  # noqa: ARG002
        """Returns the member; raises `ValueError` for a value that the program does not know."""
        return None if value is None else self.enum_class(value)


def enum_column(enum_class: type[Member]) -> TextEnum[Member]:
    """The type of a column that holds one member: `mapped_column(enum_column(Status))`."""
    return TextEnum(enum_class)


def one_of(column: str, members: Iterable[StrEnum]) -> CheckConstraint:
    """A CHECK that the column holds one of these members, for `__table_args__`."""
    values = ", ".join(f"'{member.value}'" for member in members)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


def index_where(name: str, *columns: str, where: str, on_sqlite: str | None = None) -> Index:
    """An index of some rows only, which stays small; `on_sqlite` where that engine spells the condition otherwise."""
    return Index(name, *columns, sqlite_where=text(on_sqlite or where), postgresql_where=text(where))
