"""The tables of what was taken from which message, and of the choices that a chat saw last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.drafting import Step
from storage.tables import Base
from storage.types import Sealed, UtcDateTime, enum_column, one_of


class HeardMessage(Base):
    """One message of a person and the answer that it gave: to a question of a draft, or to a complaint that exists.

    `words` are kept until the draft is sent; a name is never kept here.
    """

    __tablename__ = "heard_messages"
    __table_args__ = (one_of("step", Step), Index("ix_heard_messages_draft", "draft_id", "step"))

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    step: Mapped[Step | None] = mapped_column(enum_column(Step))
    words: Mapped[str | None] = mapped_column(Text)


class ShownChoices(Base):
    """The numbered choices of the newest screen or letter of a person, so that a number can be typed; none: no row."""

    __tablename__ = "shown_choices"
    __table_args__ = (Index("ix_shown_choices_shown", "shown_at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    choices_sealed: Mapped[bytes] = mapped_column(Sealed)
    shown_at: Mapped[datetime] = mapped_column(UtcDateTime)
