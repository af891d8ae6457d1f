"""The tables of what is being written: complaints that are still being told, and words for those that exist."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, query_expression

from domain.drafting import DraftState, Purpose, Step
from domain.lifecycle import Kind
from storage.tables import CODE, Base
from storage.types import Json, Sealed, UtcDateTime, enum_column, one_of


class Draft(Base):
    """A complaint that is still being told. One open draft per person; its `step` is the open question."""

    __tablename__ = "drafts"
    __table_args__ = (
        one_of("state", DraftState),
        one_of("step", Step),
        Index("ix_drafts_person_state", "person_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[DraftState] = mapped_column(enum_column(DraftState), default=DraftState.OPEN)
    step: Mapped[Step] = mapped_column(enum_column(Step), default=Step.TEXT)
    editing: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text, default="")
    voiced: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[Kind | None] = mapped_column(enum_column(Kind))
    place_text: Mapped[str | None] = mapped_column(Text)
    place: Mapped[dict[str, Any] | None] = mapped_column(Json)
    place_choices: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    occurred_text: Mapped[str | None] = mapped_column(Text)
    occurred_on: Mapped[date | None]
    time_finished: Mapped[bool] = mapped_column(default=False)
    noticed: Mapped[list[str]] = mapped_column(Json, default=list)
    evidence_finished: Mapped[bool] = mapped_column(default=False)
    anonymous: Mapped[bool] = mapped_column(default=False)
    secret: Mapped[bool] = mapped_column(default=False)
    privacy_finished: Mapped[bool] = mapped_column(default=False)
    shown_name_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    name_asked: Mapped[bool] = mapped_column(default=False)
    suggestions: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)
    confident: Mapped[bool] = mapped_column(default=False)
    accuses: Mapped[bool] = mapped_column(default=False)
    question: Mapped[str | None] = mapped_column(CODE)
    similar: Mapped[list[int]] = mapped_column(Json, default=list)
    chosen: Mapped[int | None]
    source: Mapped[str | None] = mapped_column(String(64))
    hint: Mapped[dict[str, Any] | None] = mapped_column(Json)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    has_files: Mapped[bool | None] = query_expression(expire_on_flush=False)
    """Whether there were files when this was read as the open draft; None where that was not asked. No column."""


class Composition(Base):
    """Words that somebody is writing for a complaint; at most one open per person, kept until they leave.

    `leaves_at`: they were sent, and until then their writer may take them back.
    """

    __tablename__ = "compositions"
    __table_args__ = (one_of("purpose", Purpose),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    purpose: Mapped[Purpose] = mapped_column(enum_column(Purpose))
    text: Mapped[str | None] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    serial: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leaves_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
