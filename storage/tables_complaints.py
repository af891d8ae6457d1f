"""The tables of complaints: each with its timeline, its clocks and its rating."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.drafting import Satisfaction
from domain.lifecycle import Action, ClockKind, ComplaintClass, Kind, Role, Status
from domain.messages import Visibility
from storage.tables import Base
from storage.types import Json, Sealed, UtcDateTime, enum_column, index_where, one_of

if TYPE_CHECKING:
    from storage.tables_teamwork import Participation


class Complaint(Base):
    """A complaint in the register. `government_id` empty: it lies at the desk that forwards to SP4N."""

    __tablename__ = "complaints"
    __table_args__ = (
        one_of("status", Status),
        one_of("kind", Kind),
        one_of("complaint_class", ComplaintClass),
        CheckConstraint("round >= 1", name="round_positive"),
        Index("ix_complaints_person_id", "person_id", "id"),
        Index("ix_complaints_status", "status", "id"),
        Index("ix_complaints_unit_status", "unit_id", "status", "id"),
        Index("ix_complaints_government_status", "government_id", "status", "id"),
        Index("ix_complaints_place", "regency_code", "status", "received_at"),
        Index("ix_complaints_received", "received_at"),
        Index("ix_complaints_taken_by", "taken_by"),
        Index("ix_complaints_government_received", "government_id", "received_at"),
        Index("ix_complaints_government_done", "government_id", "done_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[Kind] = mapped_column(enum_column(Kind))
    complaint_class: Mapped[ComplaintClass | None] = mapped_column(enum_column(ComplaintClass))
    status: Mapped[Status] = mapped_column(enum_column(Status), default=Status.SUBMITTED)
    held_from: Mapped[Status | None] = mapped_column(enum_column(Status))
    round: Mapped[int] = mapped_column(default=1)
    text: Mapped[str] = mapped_column(Text)
    voiced: Mapped[bool] = mapped_column(default=False)
    place_text: Mapped[str | None] = mapped_column(Text)
    place: Mapped[dict[str, Any] | None] = mapped_column(Json)
    occurred_text: Mapped[str | None] = mapped_column(Text)
    occurred_on: Mapped[date | None]
    anonymous: Mapped[bool] = mapped_column(default=False)
    secret: Mapped[bool] = mapped_column(default=False)
    shown_name_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    government_id: Mapped[int | None] = mapped_column(ForeignKey("governments.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sector: Mapped[str | None] = mapped_column(String(40))
    suggestions: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    confident: Mapped[bool] = mapped_column(default=False)
    chosen: Mapped[int | None]
    accuses: Mapped[bool] = mapped_column(default=False)
    accused_unit_ids: Mapped[list[int]] = mapped_column(Json, default=list)
    flags: Mapped[list[str]] = mapped_column(Json, default=list)
    at_arbiter: Mapped[bool] = mapped_column(default=False)
    returns: Mapped[int] = mapped_column(default=0)
    arbitrated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    archive_reason: Mapped[str | None] = mapped_column(String(40))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    source: Mapped[str | None] = mapped_column(String(64))
    regency_code: Mapped[str | None] = mapped_column(String(5))
    district_code: Mapped[str | None] = mapped_column(String(8))
    supporters: Mapped[int] = mapped_column(default=0, server_default="0")
    sp4n_tracking_id: Mapped[str | None] = mapped_column(String(20))
    regulation_version: Mapped[str] = mapped_column(String(40))
    outcome_resolved: Mapped[bool | None]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_followed_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    # The wall is built from it wherever a complaint is read, so it comes along with every complaint.
    participations: Mapped[list[Participation]] = relationship(
        "Participation", lazy="selectin", cascade="all, delete-orphan", order_by="Participation.id"
    )

    __mapper_args__ = {"version_id_col": version}


class Event(Base):
    """One line of a complaint's timeline; never changed, never removed."""

    __tablename__ = "timeline"
    __table_args__ = (
        one_of("visibility", Visibility),
        Index("ix_timeline_complaint", "complaint_id", "id"),
        Index("ix_timeline_person_action", "person_id", "action", "id"),
        Index("ix_timeline_action_at", "action", "at"),
        index_where("ix_timeline_hollow", "at", where="substantive IS FALSE", on_sqlite="substantive IS 0"),
        index_where("ix_timeline_replies", "complaint_id", "unit_id", "substantive", where="substantive IS NOT NULL"),
        index_where("ix_timeline_asked", "complaint_id", "id", where="action = 'ask_citizen'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[Action | None] = mapped_column(enum_column(Action))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    from_status: Mapped[Status | None] = mapped_column(enum_column(Status))
    to_status: Mapped[Status] = mapped_column(enum_column(Status))
    visibility: Mapped[Visibility] = mapped_column(enum_column(Visibility))
    text: Mapped[str | None] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    substantive: Mapped[bool | None]


class ClockRow(Base):
    """A clock of a complaint: stamped when it starts, never recomputed once stopped."""

    __tablename__ = "clocks"
    __table_args__ = (
        one_of("kind", ClockKind),
        Index("ix_clocks_complaint", "complaint_id", "kind"),
        index_where("ix_clocks_due", "kind", "due_at", where="stopped_at IS NULL"),
        index_where("ix_clocks_paused", "complaint_id", where="paused_at IS NOT NULL AND stopped_at IS NULL"),
        index_where("ix_clocks_running", "complaint_id", "due_at", where="stopped_at IS NULL AND paused_at IS NULL"),
        index_where("ix_clocks_late", "stopped_at", where="stopped_at > due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    kind: Mapped[ClockKind] = mapped_column(enum_column(ClockKind))
    limit_days: Mapped[int]
    regulation_version: Mapped[str] = mapped_column(String(40))
    time_zone: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    original_due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_days: Mapped[int | None]
    pauses: Mapped[list[list[str]]] = mapped_column(Json, default=list)
    extensions: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)


class Rating(Base):
    """What the citizen thought of one round; no row means no answer."""

    __tablename__ = "ratings"
    __table_args__ = (
        UniqueConstraint("complaint_id", "round"),
        one_of("satisfaction", Satisfaction),
        Index("ix_ratings_rated", "satisfaction", "rated_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    round: Mapped[int]
    satisfaction: Mapped[Satisfaction] = mapped_column(enum_column(Satisfaction))
    first_rated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime)
