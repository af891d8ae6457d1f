"""The table of what coordinators' corrections have taught: features and weights of a government, and no text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base
from storage.types import Json, UtcDateTime


class RoutingOverlay(Base):
    """What one government's corrections add to the packaged model; forwardings before `forgotten_at` are not learned.

    `weights` are whole numbers by feature and target: a feature is a word or two, a target a sector or one unit.
    """

    __tablename__ = "routing_overlays"

    government_id: Mapped[int] = mapped_column(ForeignKey("governments.id"), primary_key=True)
    weights: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    complaints: Mapped[int] = mapped_column(default=0)
    corrections: Mapped[int] = mapped_column(default=0)
    learned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
