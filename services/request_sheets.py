"""What a unit asks of its coordinator, and what it could ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.lifecycle import ComplaintClass
from domain.requests import RequestKind, RequestState


@dataclass(frozen=True)
class WishSheet:
    """What is asked for, in full; of the particulars only what its kind needs is there."""

    kind: RequestKind
    days: int = 0
    unit: str | None = None
    complaint_class: ComplaintClass | None = None
    main: str | None = None
    archive_reason: str | None = None


@dataclass(frozen=True)
class RequestSheet:
    """What a unit asks of its coordinator: `due_at` is when the answer is due, `answer` why it was refused."""

    id: int
    number: str
    wish: WishSheet
    state: RequestState
    unit: str | None
    reason: str
    due_at: datetime
    resolve_due_at: datetime | None
    time_zone: str


@dataclass(frozen=True)
class AskSheet:
    """What can be asked for about a complaint, and among what its particulars are chosen."""

    number: str
    kinds: tuple[RequestKind, ...]
    unit_ids: tuple[int, ...]
    unit_names: tuple[str, ...]
    near: tuple[str, ...]
