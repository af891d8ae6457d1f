"""The table of the audit log. It points at nothing: it must stand whatever becomes of what it speaks of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.audit import Act
from domain.lifecycle import Role
from storage.tables import Base
from storage.types import UtcDateTime, enum_column


class AuditRow(Base):
    """One line of the audit log: added only. `hash` covers the line and the hash of the former one."""

    __tablename__ = "audit_log"
    __table_args__ = (Index("ix_audit_log_complaint", "complaint_id", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    act: Mapped[Act] = mapped_column(enum_column(Act))
    person_id: Mapped[int | None]
    role: Mapped[Role | None] = mapped_column(enum_column(Role))
    complaint_id: Mapped[int | None]
    data: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
