"""The tables of offices: governments, their units, who holds which role there, and ways into one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.lifecycle import Role
from storage.tables import CODE, Base
from storage.types import Json, Sealed, UtcDateTime, enum_column, one_of


class Government(Base):
    """An institution that is served here (K/L/D): a ministry, a body, a province, a kabupaten or kota."""

    __tablename__ = "governments"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(CODE, unique=True)
    name: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(20))
    time_zone: Mapped[str] = mapped_column(String(40))
    parent_code: Mapped[str | None] = mapped_column(CODE)
    aliases: Mapped[list[str]] = mapped_column(Json, default=list)
    served: Mapped[bool] = mapped_column(default=True)
    direct_forwarding: Mapped[bool] = mapped_column(default=False)
    promise: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    office_hours: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    loaded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Unit(Base):
    """An office of a government (OPD/unit kerja)."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("government_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    government_id: Mapped[int] = mapped_column(ForeignKey("governments.id"))
    code: Mapped[str] = mapped_column(CODE)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    sectors: Mapped[list[str]] = mapped_column(Json, default=list)
    topics: Mapped[list[str]] = mapped_column(Json, default=list)
    aliases: Mapped[list[str]] = mapped_column(Json, default=list)
    parent_code: Mapped[str | None] = mapped_column(CODE)
    active: Mapped[bool] = mapped_column(default=True)


class StaffMembership(Base):
    """A role with its scope, held by a person until it is revoked."""

    __tablename__ = "memberships"
    __table_args__ = (
        one_of("role", Role),
        Index("ix_memberships_person", "person_id"),
        Index("ix_memberships_unit", "unit_id"),
        Index("ix_memberships_government_role", "government_id", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    government_id: Mapped[int | None] = mapped_column(ForeignKey("governments.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    province: Mapped[str | None] = mapped_column(String(2))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Invite(Base):
    """A single-use, expiring way into a role; only the hash of its token is kept."""

    __tablename__ = "invites"
    __table_args__ = (one_of("role", Role),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    government_id: Mapped[int | None] = mapped_column(ForeignKey("governments.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    province: Mapped[str | None] = mapped_column(String(2))
    staff_name_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
