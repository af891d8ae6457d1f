"""The tables of the units' groups at Telegram: which chat, how far each card has come there, codes to connect one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base
from storage.types import INDEX_LENGTH, Json, Sealed, UtcDateTime


class UnitGroup(Base):
    """The group of a unit. `topics`: one for each complaint; `lost_at`: since when nothing arrives there.

    `not_before` keeps the calls apart, the lease one call at a time; `hinted_at` is when strangers were told last.
    """

    __tablename__ = "unit_groups"
    __table_args__ = (Index("ix_unit_groups_turn", "lost_at", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), unique=True)
    chat_index: Mapped[str] = mapped_column(String(INDEX_LENGTH), unique=True)
    chat_id_sealed: Mapped[bytes] = mapped_column(Sealed)
    topics: Mapped[bool] = mapped_column(default=False)
    connected_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lost_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(200))
    error_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hinted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GroupCard(Base):
    """A complaint in a group: its topic, its message, and what the group has not been told yet.

    `wanted` counts the changes, `shown` how many of them the message has; `owed` are events that are still to be said,
    `arrival_id` the one that brought it. Nothing is due without `due_at`. `announced`: a list has told of it.
    `titled`: the name of its topic says what the complaint is about.
    """

    __tablename__ = "group_cards"
    __table_args__ = (
        UniqueConstraint("group_id", "complaint_id"),
        Index("ix_group_cards_due", "group_id", "due_at"),
        Index("ix_group_cards_complaint", "complaint_id"),
        Index("ix_group_cards_message", "group_id", "message_id"),
        Index("ix_group_cards_thread", "group_id", "thread_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("unit_groups.id", ondelete="CASCADE"))
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("timeline.id"))
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    announced: Mapped[bool] = mapped_column(default=False)
    closed: Mapped[bool] = mapped_column(default=False)
    titled: Mapped[bool] = mapped_column(default=False)
    wanted: Mapped[int] = mapped_column(default=0)
    shown: Mapped[int] = mapped_column(default=0)
    owed: Mapped[list[int]] = mapped_column(Json, default=list)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)


class GroupCode(Base):
    """A single-use, expiring code by which a unit connects a group; only its hash is kept."""

    __tablename__ = "group_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
