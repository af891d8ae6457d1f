"""The tables of people: numbers here, and who they are in one table alone.

A person is a number; who that is stands in `identities`, sealed, found by a blind index.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base
from storage.types import INDEX_LENGTH, Sealed, UtcDateTime


class Person(Base):
    """Somebody who speaks with us; no name, no Telegram id."""

    __tablename__ = "people"
    __table_args__ = (Index("ix_people_unreachable", "unreachable_since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(12), default="id")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    unreachable_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    notice_version: Mapped[str | None] = mapped_column(String(20))
    notice_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    menu: Mapped[str | None] = mapped_column(String(80))


class Identity(Base):
    """Who a person is at Telegram. `chat_index` finds the row, the rest is sealed."""

    __tablename__ = "identities"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    chat_index: Mapped[str] = mapped_column(String(INDEX_LENGTH), unique=True)
    chat_id_sealed: Mapped[bytes] = mapped_column(Sealed)
    name_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    username_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    staff_name_sealed: Mapped[bytes | None] = mapped_column(Sealed)
