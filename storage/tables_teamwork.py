"""The table of units that take part: they help the unit that leads, whose clock counts and whose voice is heard."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base
from storage.types import UtcDateTime


class Participation(Base):
    """A unit takes part in a complaint that another one leads."""

    __tablename__ = "participations"
    __table_args__ = (UniqueConstraint("complaint_id", "unit_id"), Index("ix_participations_unit", "unit_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
