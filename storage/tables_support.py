"""The table of supporters: who has the same trouble as a complaint tells of. Who takes it back leaves no row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base
from storage.types import UtcDateTime


class Support(Base):
    """Somebody supports a complaint, once. `merged_id`: they do because that complaint was merged into it."""

    __tablename__ = "supports"
    __table_args__ = (
        UniqueConstraint("complaint_id", "person_id"),
        Index("ix_supports_person", "person_id", "id"),
        Index("ix_supports_merged", "merged_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    merged_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
