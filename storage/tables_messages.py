"""The tables of messages: what came in, who works a chat, what is owed to people, who may deliver."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.messages import NO_LONGER_TRUE, InboxState, Notice, OutboxState
from storage.tables import CODE, Base
from storage.types import INDEX_LENGTH, Json, Sealed, UtcDateTime, enum_column, index_where, one_of


class InboxUpdate(Base):
    """An update as Telegram sent it, sealed; emptied once it is worked."""

    __tablename__ = "inbox"
    __table_args__ = (
        one_of("state", InboxState),
        Index("ix_inbox_state_chat", "state", "chat_index", "update_id"),
        Index("ix_inbox_chat_received", "chat_index", "received_at"),
    )

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_index: Mapped[str] = mapped_column(String(INDEX_LENGTH))
    payload_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    state: Mapped[InboxState] = mapped_column(enum_column(InboxState), default=InboxState.NEW)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(200))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    worked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ChatLease(Base):
    """Who works a chat just now; effect and mark commit only while the fence holds.

    `chat_key_sealed` is what the index was made from, so that another key can make it anew.
    """

    __tablename__ = "chat_leases"

    chat_index: Mapped[str] = mapped_column(String(INDEX_LENGTH), primary_key=True)
    chat_key_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    leased_by: Mapped[str | None] = mapped_column(String(80))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fence: Mapped[int] = mapped_column(default=0)


DOUBTFUL = f"state IN ('failed', 'uncertain') AND coalesce(error, '') <> '{NO_LONGER_TRUE}'"
"""What somebody should look at, in SQL: an index serves only who asks in its very words."""

WAITING = f"state IN ('{OutboxState.QUEUED}', '{OutboxState.SENDING}')"
"""What has not come to an end, as an index spells it: a question in the same words finds it by that index."""


class OutboxMessage(Base):
    """A message that must arrive. It names what it speaks of; its words are made when it leaves."""

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("kind", Notice),
        one_of("state", OutboxState),
        Index("ix_outbox_due", "state", "priority", "not_before", "id"),
        Index("ix_outbox_person", "person_id", "state"),
        index_where("ix_outbox_waiting", "person_id", where=WAITING),
        Index("ix_outbox_sent", "sent_at"),
        Index("ix_outbox_person_message", "person_id", "message_id"),
        index_where("ix_outbox_doubtful", "state", "id", where=DOUBTFUL),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unique_key: Mapped[str] = mapped_column(String(120), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[Notice] = mapped_column(enum_column(Notice))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("timeline.id"))
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    priority: Mapped[int]
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[OutboxState] = mapped_column(enum_column(OutboxState), default=OutboxState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_by: Mapped[str | None] = mapped_column(String(80))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    repeated: Mapped[bool] = mapped_column(default=False)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Lease(Base):
    """A right that one process holds at a time: to deliver, to lead the timetable."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(CODE, primary_key=True)
    holder: Mapped[str | None] = mapped_column(String(80))
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fence: Mapped[int] = mapped_column(default=0)
