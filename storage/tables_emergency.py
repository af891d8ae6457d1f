"""The table of the numbers to call in danger."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base
from storage.types import Json


class EmergencyNumber(Base):
    """A number to call in danger; an old check date warns the operator and never hides the number."""

    __tablename__ = "emergency_numbers"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(200))
    dangers: Mapped[list[str]] = mapped_column(Json, default=list)
    area_code: Mapped[str | None] = mapped_column(String(20))
    rank: Mapped[int] = mapped_column(default=100)
    checked_on: Mapped[date | None]
