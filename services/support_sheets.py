"""What people read of similar complaints: lines that are safe for anybody, and what came of supporting one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.lifecycle import Status


@dataclass(frozen=True)
class SimilarLine:
    """A complaint of somebody else as its reader may know it; `summary` is empty where its words are closed to them."""

    number: str
    sector: str | None
    area: str | None
    received_at: datetime
    time_zone: str
    status: Status
    supporters: int
    summary: str | None


@dataclass(frozen=True)
class SupportSheet:
    """What came of supporting. `repeated`: it had been supported before; `told`: words or files went along."""

    number: str
    supporters: int
    repeated: bool = False
    told: bool = False
