"""What people read at the desks: what a unit asks, who gave a complaint back, who is at it just now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.drafting import Purpose
from domain.groups import GroupWord
from domain.lifecycle import ComplaintClass, Role
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
    asked_at: datetime
    due_at: datetime
    resolve_due_at: datetime | None
    time_zone: str
    mine: bool
    answer: str | None = None


@dataclass(frozen=True)
class HandedBack:
    """A unit said that a complaint is not its own, and perhaps whose it is."""

    at: datetime
    unit: str | None
    reason: str | None
    owner: str | None


@dataclass(frozen=True)
class AskSheet:
    """What can be asked for about a complaint, and among what its particulars are chosen."""

    number: str
    kinds: tuple[RequestKind, ...]
    unit_ids: tuple[int, ...]
    unit_names: tuple[str, ...]
    near: tuple[str, ...]


@dataclass(frozen=True)
class TeamSheet:
    """The units that could help with a complaint, and those that do."""

    number: str
    unit_ids: tuple[int, ...]
    unit_names: tuple[str, ...]
    helping: tuple[str, ...]


@dataclass(frozen=True)
class AccusedSheet:
    """Whom a complaint accuses and whom it could, by ids and names; `may_clear`: the reader may take that back."""

    number: str
    accused: tuple[tuple[int, str], ...]
    others: tuple[tuple[int, str], ...]
    may_clear: bool


@dataclass(frozen=True)
class ColleagueSheet:
    """Somebody who is at a complaint, as an office and never by name; `event_id` is when they took it, if they did."""

    role: Role
    unit: str | None
    since: datetime
    event_id: int = 0


@dataclass(frozen=True)
class LeavingSheet:
    """Words of the reader that are on their way: for so many seconds more they can be taken back."""

    purpose: Purpose
    serial: int
    seconds: int


@dataclass(frozen=True)
class GroupNews:
    """What has become of the group of a unit; `by` is the designation of whoever connected it, if they have one."""

    unit: str
    word: GroupWord
    by: str | None = None
