"""A message that is owed, opened: everything that a view needs to put it into words."""

from __future__ import annotations

from dataclasses import dataclass

from domain.drafting import FileState
from domain.messages import Notice
from services.case_sheets import CaseLine, CaseSheet, EventSheet
from services.clock_sheets import EscalatedLine, LateSheet, MovedSheet
from services.composition_sheets import CompositionSheet
from services.digest_sheets import DigestSheet
from services.draft_sheets import DraftLine, DraftSheet
from services.export_sheets import ExportSheet
from services.figure_sheets import QuietSheet, WeeklySheet
from services.group_sheets import GroupNews
from services.practice_sheets import PracticeSheet
from services.request_sheets import RequestSheet
from services.reveal_sheets import RevealSheet
from services.staff_sheets import StaffNews


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
