"""What people are given to read: frozen sheets, cut to what each may see. No row of a table leaves the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.drafting import FileKind, FileState, Purpose, Satisfaction, Step
from domain.lifecycle import Action, ClockKind, ComplaintClass, Kind, Role, Status
from domain.messages import Notice
from domain.queues import Tab
from domain.reply_gate import Finding
from domain.when import Occurred
from routing.rudeness import Flag
from services.clock_sheets import EscalatedLine, LateSheet, MovedSheet
from services.desk_sheets import ColleagueSheet, GroupNews, HandedBack, LeavingSheet, RequestSheet, WishSheet
from services.export_sheets import ExportSheet
from services.figure_sheets import QuietSheet, WeeklySheet
from services.practice_sheets import PracticeSheet
from services.reveal_sheets import RevealSheet
from services.staff_sheets import StaffNews
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
    code: str | None = None
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class CandidateSheet:
    """One proposed office with the citizen's own words that speak for it."""

    sector: str
    agency: str
    unit: str | None
    because: tuple[str, ...]


@dataclass(frozen=True)
class EmergencySheet:
    """A number to call in danger."""

    number: str
    label: str


@dataclass(frozen=True)
class DraftSheet:
    """A complaint that is still being told, for the person who tells it.

    `question` names the one that separates the first two candidates, where they are close. At the review `officer` and
    `public` are the complaint as those two will read it, and `telling` the phrases by which it tells who wrote it.
    `resumed`: it was taken up again just now; `aside`: another one was kept for later just now;
    `understood`: what the story has just told besides what is wrong (`place`, `time`).
    """

    id: int
    step: Step
    text: str
    kind: Kind | None
    place: PlaceSheet | None
    place_choices: tuple[str, ...]
    occurred: Occurred
    files: tuple[FileSheet, ...]
    anonymous: bool
    secret: bool
    shown_name: str | None
    candidates: tuple[CandidateSheet, ...]
    confident: bool
    chosen: int | None
    accuses: bool
    editing: bool
    resumed: bool = False
    question: str | None = None
    officer: CaseSheet | None = None
    public: CaseSheet | None = None
    telling: tuple[str, ...] = ()
    aside: bool = False
    voiced: bool = False
    understood: tuple[str, ...] = ()
    similar: tuple[SimilarLine, ...] = ()


@dataclass(frozen=True)
class DraftLine:
    """A draft in a list: its first words, where it stopped, and since when it waits."""

    id: int
    summary: str
    step: Step
    files: int
    updated_at: datetime


@dataclass(frozen=True)
class Receipt:
    """What came of sending a draft. `repeated`: it had been sent before, by an earlier tap."""

    number: str
    repeated: bool


@dataclass(frozen=True)
class DueSheet:
    """A running deadline: an instant, to be read in the agency's zone."""

    clock: ClockKind
    due_at: datetime
    original_due_at: datetime
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
    mine: bool


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
    round: int
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
    unit: str | None
    due_at: datetime | None
    time_zone: str
    overdue: bool
    taken: bool = False
    taken_by_me: bool = False
    supporters: int = 0
    helping: bool = False


@dataclass(frozen=True)
class QueueSheet:
    """A page of a unit's queue, and how many complaints are behind each tab."""

    lines: tuple[CaseLine, ...]
    tab: Tab
    page: int
    counts: tuple[tuple[Tab, int], ...]


@dataclass(frozen=True)
class MergeSheet:
    """A merge before it is made: the one that ends, the one that goes on, and how many people come along."""

    merged: CaseSheet
    main: CaseSheet
    people: int


@dataclass(frozen=True)
class ProposalSheet:
    """What the program proposes to a coordinator: the class, and offices to choose among (`unit_ids` beside them)."""

    case: CaseSheet
    complaint_class: ComplaintClass
    unit_id: int | None
    unit_name: str | None
    unit_ids: tuple[int, ...]
    unit_names: tuple[str, ...]
    because: tuple[str, ...]
    serial: int
    reachable: bool


@dataclass(frozen=True)
class CompositionSheet:
    """Words that somebody is writing, before they leave: to whom, about which number, and what they will read.

    `lacking`: sorts of file of which one must come along; `canned`: their unit keeps words for such a purpose.
    """

    number: str
    purpose: Purpose
    text: str | None
    serial: int
    recipient_unit: str | None
    data: dict[str, object]
    findings: tuple[Finding, ...] = ()
    held: bool = False
    reason_is_asked: bool = False
    files: tuple[FileSheet, ...] = ()
    wish: WishSheet | None = None
    colleague: ColleagueSheet | None = None
    lacking: tuple[FileKind, ...] = ()
    canned: bool = False


@dataclass(frozen=True)
class DigestLine:
    """A complaint in the digest with the days that it is late (0: due today)."""

    number: str
    summary: str
    unit: str | None
    days_late: int


@dataclass(frozen=True)
class Series:
    """Figures day by day, the last one today: what came in, what was finished, what was late at the day's end."""

    first: date
    received: tuple[int, ...]
    done: tuple[int, ...]
    overdue: tuple[int, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing at all has happened."""
        return not any((*self.received, *self.done, *self.overdue))


@dataclass(frozen=True)
class DigestSheet:
    """A coordinator's day: not yet routed first, due today, overdue oldest first with how many are hidden."""

    government: str
    on: date
    time_zone: str
    unrouted: tuple[DigestLine, ...]
    unrouted_hidden: int
    due_today: tuple[DigestLine, ...]
    due_today_hidden: int
    overdue: tuple[DigestLine, ...]
    overdue_hidden: int
    low_ratings: tuple[DigestLine, ...]
    unreachable_citizens: int
    received_yesterday: int
    done_yesterday: int
    units_without_officer: tuple[str, ...]
    requests: tuple[DigestLine, ...] = ()
    requests_hidden: int = 0
    returned: tuple[DigestLine, ...] = ()
    returned_hidden: int = 0
    series: Series | None = None
    hollow: tuple[DigestLine, ...] = ()
    hollow_hidden: int = 0
    log_head: str | None = None
    revealed: int = 0
    flagged: tuple[DigestLine, ...] = ()
    lost_groups: tuple[str, ...] = ()
    idle: int = 0


@dataclass(frozen=True)
class VisitSheet:
    """Somebody who came by a link: what it is about, and the draft that they had open already."""

    known: bool
    headline: str | None
    unit: str | None
    sector: str | None
    draft_id: int | None


@dataclass(frozen=True)
class Letter:
    """A message that is owed, opened for its reader just before it leaves."""

    kind: Notice
    locale: str
    chat_id: int
    case: CaseSheet | None
    event: EventSheet | None
    digest: DigestSheet | None
    reminders: tuple[CaseLine, ...]
    draft: DraftSheet | None
    data: dict[str, object]
    moved: MovedSheet | None = None
    escalated: tuple[EscalatedLine, ...] = ()
    late: LateSheet | None = None
    request: RequestSheet | None = None
    weekly: WeeklySheet | None = None
    writing: CompositionSheet | None = None
    unsent: DraftLine | None = None
    reveal: RevealSheet | None = None
    quiet: QuietSheet | None = None
    practice: PracticeSheet | None = None
    group: GroupNews | None = None
    export: ExportSheet | None = None
    staff: StaffNews | None = None

    @property
    def waits(self) -> bool:
        """Whether files that should go along are still on their way to us."""
        files = self.case.files if self.case else ()
        if self.kind in (Notice.UPDATE, Notice.DESK_UPDATE):
            files = tuple(file for file in files if self.event and file.event_id == self.event.id)
        goes = self.kind in (Notice.CARD, Notice.DESK_CARD, Notice.FILES, Notice.UPDATE, Notice.DESK_UPDATE)
        return goes and any(file.state is FileState.WAITING for file in files)
