"""A complaint as one reader may see it: whole, as a line of a list, and the parts that it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.drafting import FileKind, FileState, Purpose, Satisfaction
from domain.lifecycle import Action, ClockKind, ComplaintClass, Kind, Role, Status
from domain.when import Occurred
from routing.rudeness import Flag
from services.support_sheets import SimilarLine


@dataclass(frozen=True)
class FileSheet:
    """A file of a complaint. `stored` names its bytes and is empty while the reader may not open it.

    `handle` is Telegram's name of our own upload, if there was one; the name that its sender gave it is not here.
    """

    kind: FileKind
    state: FileState
    stored: int | None = None
    handle: str | None = None
    id: int = 0
    name: str = ""
    sent_as: FileKind = FileKind.DOCUMENT
    event_id: int | None = None
    by_staff: bool = False


@dataclass(frozen=True)
class PlaceSheet:
    """Where it is: the person's words, the area's name where it was recognised, and the point if one was shared."""

    words: str | None
    label: str | None
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class CandidateSheet:
    """One proposed office with the citizen's own words that speak for it."""

    sector: str
    agency: str
    unit: str | None
    because: tuple[str, ...]


@dataclass(frozen=True)
class DueSheet:
    """A running deadline: an instant, to be read in the agency's zone."""

    clock: ClockKind
    due_at: datetime
    paused: bool


@dataclass(frozen=True)
class EventSheet:
    """One line of the timeline as the reader may see it. `unit` names who spoke; a person is never named."""

    id: int
    at: datetime
    action: Action | None
    role: Role
    unit: str | None
    to_status: Status
    text: str | None
    data: dict[str, object]


@dataclass(frozen=True)
class HandedBack:
    """A unit said that a complaint is not its own, and perhaps whose it is."""

    at: datetime
    unit: str | None
    reason: str | None
    owner: str | None


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
class CaseSheet:
    """A complaint as one reader may see it. Whoever may not read it gets `text` and all that names anybody empty.

    `voiced`: it was told in a recording alone; its `text` is the gist that a coordinator wrote, if there is one yet.
    """

    number: str
    status: Status
    kind: Kind
    complaint_class: ComplaintClass | None
    roles: frozenset[Role]
    actions: tuple[Action, ...]
    time_zone: str
    received_at: datetime
    government: str | None
    unit: str | None
    due: tuple[DueSheet, ...] = ()
    timeline: tuple[EventSheet, ...] = ()
    text: str | None = None
    place: PlaceSheet | None = None
    occurred: Occurred | None = None
    files: tuple[FileSheet, ...] = ()
    voiced: bool = False
    anonymous: bool = False
    secret: bool = False
    reporter: str | None = None
    taken: bool = False
    taken_by_me: bool = False
    accuses: bool = False
    flags: tuple[Flag, ...] = ()
    candidates: tuple[CandidateSheet, ...] = ()
    chosen: int | None = None
    at_sp4n_desk: bool = False
    satisfaction: Satisfaction | None = None
    archive_reason: str | None = None
    national_number: str | None = None
    supporters: int = 0
    supporting: bool = False
    may_support: bool = False
    merged_into: str | None = None
    near: tuple[SimilarLine, ...] = ()
    helping: tuple[str, ...] = ()
    handed_back: tuple[HandedBack, ...] = ()
    at_arbiter: bool = False
    holder: ColleagueSheet | None = None
    writer: ColleagueSheet | None = None
    leaving: LeavingSheet | None = None


@dataclass(frozen=True)
class CaseLine:
    """A complaint in a list."""

    number: str
    status: Status
    summary: str
    due_at: datetime | None
    time_zone: str
    overdue: bool
    taken: bool = False
    taken_by_me: bool = False
    supporters: int = 0
    helping: bool = False
