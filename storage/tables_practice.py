"""The table of practices: who tries their hand, and where they stand. It knows no complaint."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.lifecycle import ComplaintClass
from domain.practice import PracticeStep
from storage.tables import Base
from storage.types import UtcDateTime, enum_column, one_of


class Practice(Base):
    """Somebody's practice; at most one, gone once it has ended or is left."""

    __tablename__ = "practices"
    __table_args__ = (
        one_of("step", PracticeStep),
        one_of("complaint_class", ComplaintClass),
        Index("ix_practices_touched", "touched_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[PracticeStep] = mapped_column(enum_column(PracticeStep))
    text: Mapped[str | None] = mapped_column(Text)
    complaint_class: Mapped[ComplaintClass] = mapped_column(enum_column(ComplaintClass))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)
