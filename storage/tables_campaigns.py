"""The tables of campaigns: posters and links, who came by one and has not told anything yet, and how many did."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import CODE, Base
from storage.types import Json, UtcDateTime

PAYLOAD = String(64)


class Campaign(Base):
    """A poster or a link that brings people, with what it says of the complaints that it brings."""

    __tablename__ = "campaigns"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(CODE, unique=True)
    headline: Mapped[str | None] = mapped_column(String(80))
    government_id: Mapped[int | None] = mapped_column(ForeignKey("governments.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    sector: Mapped[str | None] = mapped_column(String(40))
    place_text: Mapped[str | None] = mapped_column(Text)
    place: Mapped[dict[str, Any] | None] = mapped_column(Json)
    until: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Arrival(Base):
    """The link by which somebody came last, kept until they begin to tell; then the draft knows it."""

    __tablename__ = "arrivals"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    source: Mapped[str] = mapped_column(PAYLOAD)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CampaignCount(Base):
    """How many came by a link on a day, began a complaint and sent one. It only counts; nobody stands in it."""

    __tablename__ = "campaign_counts"

    source: Mapped[str] = mapped_column(PAYLOAD, primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    starts: Mapped[int] = mapped_column(default=0)
    drafts: Mapped[int] = mapped_column(default=0)
    sent: Mapped[int] = mapped_column(default=0)
