"""The tables of personal data: consents, who looked at a complaint, legal holds, wishes, erasures, floods."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.lifecycle import Role
from domain.privacy import Extra
from storage.tables import Base
from storage.types import UtcDateTime, enum_column, one_of


class Consent(Base):
    """One answer to the question whether an extra is welcome; the newest holds, none is ever changed."""

    __tablename__ = "consents"
    __table_args__ = (one_of("extra", Extra), Index("ix_consents_person", "person_id", "extra", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    extra: Mapped[Extra] = mapped_column(enum_column(Extra))
    given: Mapped[bool]
    version: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Look(Base):
    """Somebody on duty opened a complaint; ids only, never changed, told to its citizen by role and office."""

    __tablename__ = "looks"
    __table_args__ = (one_of("role", Role), Index("ix_looks_complaint", "complaint_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    government_id: Mapped[int | None] = mapped_column(ForeignKey("governments.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LegalHold(Base):
    """A reason in law to keep a complaint whole: neither erasure nor retention touches it until it is lifted."""

    __tablename__ = "legal_holds"
    __table_args__ = (Index("ix_legal_holds_complaint", "complaint_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    reason: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Reveal(Base):
    """Somebody asked to open the identity behind a complaint: why, who agreed, when it was shown. Never who it is."""

    __tablename__ = "reveals"
    __table_args__ = (Index("ix_reveals_complaint", "complaint_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    second_needed: Mapped[bool]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    granted: Mapped[bool | None]
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Wish(Base):
    """What somebody wants of their data: an erasure that waits for its word, and processing restricted since."""

    __tablename__ = "wishes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    erasure_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    restricted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Erasure(Base):
    """The proof that somebody was forgotten: a number that leads nowhere any more, and when."""

    __tablename__ = "erasures"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    complaints: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Flood(Base):
    """Until when a person who writes too fast is kept out, and when that was said to them."""

    __tablename__ = "floods"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
