"""The tables of time: free days by version, escalations, requests with a clock of their own, runs of the jobs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.lifecycle import Role
from domain.requests import RequestKind, RequestState
from storage.tables import CODE, Base
from storage.types import Json, UtcDateTime, enum_column, one_of


class HolidayRow(Base):
    """A day on which no clock runs, as one version says it; the administrator's table is the truth.

    A row is never written over: it is removed at an instant, so that what was known earlier can still be told.
    """

    __tablename__ = "holidays"
    __table_args__ = (
        Index(
            "uq_holidays_on_in_force",
            "on",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    estimated: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(200))
    dated_on: Mapped[date | None]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Escalation(Base):
    """One level that a clock has climbed: never the same level twice."""

    __tablename__ = "escalations"
    __table_args__ = (UniqueConstraint("clock_id", "tier"), one_of("tier", Role))

    id: Mapped[int] = mapped_column(primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("clocks.id"))
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    tier: Mapped[Role] = mapped_column(enum_column(Role))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffRequest(Base):
    """What a unit asks of its coordinator (permintaan), with a clock for the answer."""

    __tablename__ = "requests"
    __table_args__ = (
        one_of("kind", RequestKind),
        one_of("state", RequestState),
        Index("ix_requests_state_due", "state", "due_at"),
        Index("ix_requests_complaint", "complaint_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[RequestKind] = mapped_column(enum_column(RequestKind))
    state: Mapped[RequestState] = mapped_column(enum_column(RequestState), default=RequestState.OPEN)
    reason: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class JobRun(Base):
    """When a job was last asked, and when it last had something to do."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(CODE, primary_key=True)
    ran_at: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int]
    busy_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
