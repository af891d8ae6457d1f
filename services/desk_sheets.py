"""What people read at the desks: a queue, a proposal, two that may become one, who helps, whom it accuses."""

from __future__ import annotations

from dataclasses import dataclass

from domain.lifecycle import ComplaintClass
from domain.queues import Tab
from services.case_sheets import CaseLine, CaseSheet


@dataclass(frozen=True)
class QueueSheet:
    """A page of a unit's queue, and how many complaints are behind each tab."""

    lines: tuple[CaseLine, ...]
    tab: Tab
    page: int
    counts: tuple[tuple[Tab, int], ...]


@dataclass(frozen=True)
class ProposalSheet:
    """What the program proposes to a coordinator: the class, and offices to choose among (`unit_ids` beside them)."""

    case: CaseSheet
    complaint_class: ComplaintClass
    unit_id: int | None
    unit_name: str | None
    unit_ids: tuple[int, ...]
    unit_names: tuple[str, ...]
    serial: int
    reachable: bool


@dataclass(frozen=True)
class MergeSheet:
    """A merge before it is made: the one that ends, the one that goes on, and how many people come along."""

    merged: CaseSheet
    main: CaseSheet
    people: int


@dataclass(frozen=True)
class TeamSheet:
    """The units that could help with a complaint, and those that do, by ids and names."""

    number: str
    unit_ids: tuple[int, ...]
    unit_names: tuple[str, ...]
    helpers: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class AccusedSheet:
    """Whom a complaint accuses and whom it could, by ids and names; `may_clear`: the reader may take that back."""

    number: str
    accused: tuple[tuple[int, str], ...]
    others: tuple[tuple[int, str], ...]
    may_clear: bool
