"""The log of exports: who took what and when, by ids, so that an erasure finds what a complaint went into."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base
from storage.types import UtcDateTime


class Export(Base):
    """One export. `person_id` empty: the operator at the command line; `government_id` empty: the whole register."""

    __tablename__ = "exports"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    government_id: Mapped[int | None] = mapped_column(ForeignKey("governments.id"))
    first: Mapped[date | None]
    last: Mapped[date | None]
    form: Mapped[str] = mapped_column(String(10))
    inspectorate: Mapped[bool]


class ExportedComplaint(Base):
    """A complaint that went into an export."""

    __tablename__ = "exported_complaints"
    __table_args__ = (Index("ix_exported_complaints_complaint", "complaint_id"),)

    export_id: Mapped[int] = mapped_column(ForeignKey("exports.id", ondelete="CASCADE"), primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id", ondelete="CASCADE"), primary_key=True)
