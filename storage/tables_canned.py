"""The tables of canned replies: what a unit keeps, and who is writing one just now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.canned import TITLE_MAX
from storage.tables import Base
from storage.types import UtcDateTime


class CannedReply(Base):
    """Words that a unit uses again and again, with gaps that a complaint fills."""

    __tablename__ = "canned_replies"
    __table_args__ = (Index("ix_canned_replies_unit", "unit_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    title: Mapped[str] = mapped_column(String(TITLE_MAX))
    text: Mapped[str] = mapped_column(Text)


class CannedWriting(Base):
    """Somebody was asked for a canned reply: a new one of a unit, or other words for one that exists."""

    __tablename__ = "canned_writings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("canned_replies.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
