"""What a citizen has told, as the tests of the citizen's screens need it, with as few words as possible."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.drafting import FileKind, FileState, Purpose, Step
from domain.lifecycle import Action, ClockKind, ComplaintClass, Kind, Role, Status
from domain.when import Occurred
from services.case_sheets import CandidateSheet, CaseLine, CaseSheet, DueSheet, EventSheet, FileSheet, PlaceSheet
from services.composition_sheets import CompositionSheet
from services.covering import masked
from services.draft_sheets import DraftSheet
from simulator.formatting import formatted, units
from views.screen import TEXT_LIMIT, Screen

NUMBER = "7KM-3QX-PW9"
MONDAY_MORNING = datetime(2025, 1, 6, 2, 0, tzinfo=UTC)
PHOTO = FileSheet(FileKind.PHOTO, FileState.OPEN, 1, "photo-1")
VIDEO = FileSheet(FileKind.VIDEO, FileState.WAITING)
ROADS = CandidateSheet("public_works", "Kota Surakarta", "Dinas Pekerjaan Umum", ("jalan", "berlubang"))
WATER = CandidateSheet("water_utility", "Perumda Air Minum Surakarta", None, ())


def a_draft(step: Step = Step.REVIEW, **fields: Any) -> DraftSheet:
    """A hole in a road of Surakarta, told in full."""
    usual = {
        "id": 7,
        "step": step,
        "text": "Jalan berlubang di depan Pasar Gede, sudah dua orang jatuh.",
        "kind": Kind.COMPLAINT,
        "place": PlaceSheet("depan Pasar Gede", "Sudiroprajan, Jebres, Kota Surakarta"),
        "place_choices": (),
        "occurred": Occurred("kemarin sore", date(2025, 1, 5)),
        "files": (),
        "anonymous": False,
        "secret": False,
        "shown_name": "Sari",
        "candidates": (ROADS, WATER),
        "chosen": 0,
        "accuses": False,
        "editing": False,
    }
    sheet = DraftSheet(**{**usual, **fields})
    return replace(sheet, officer=_for_officer(sheet), public=_for_public(sheet))


def _for_officer(sheet: DraftSheet) -> CaseSheet:
    """The draft as an officer would read it."""
    return a_case(
        roles=frozenset({Role.OFFICER}),
        text=masked(sheet.text),
        place=sheet.place,
        occurred=sheet.occurred,
        files=sheet.files,
        reporter=sheet.shown_name,
        anonymous=sheet.anonymous,
        secret=sheet.secret,
    )


def _for_public(sheet: DraftSheet) -> CaseSheet:
    """The draft as a stranger would read it."""
    hidden = sheet.anonymous or sheet.secret or sheet.accuses
    return a_case(roles=frozenset(), text=None if hidden else masked(sheet.text))


def a_case(status: Status = Status.SUBMITTED, **fields: Any) -> CaseSheet:
    """The same hole, as the one who filed it sees it."""
    usual = {
        "number": NUMBER,
        "status": status,
        "kind": Kind.COMPLAINT,
        "complaint_class": ComplaintClass.ORDINARY,
        "roles": frozenset({Role.CITIZEN}),
        "actions": (),
        "time_zone": "Asia/Jakarta",
        "received_at": MONDAY_MORNING,
        "government": "Kota Surakarta",
        "unit": None,
        "timeline": (an_event(None),),
        "text": "Jalan berlubang di depan Pasar Gede.",
    }
    return CaseSheet(**{**usual, **fields})


def a_due(clock: ClockKind, *, paused: bool = False) -> DueSheet:
    """Due on Thursday 9 January 2025 at 16:00 in Jakarta."""
    due_at = datetime(2025, 1, 9, 9, 0, tzinfo=UTC)
    return DueSheet(clock, due_at, paused)


def an_event(action: Action | None, day: int = 0, **fields: Any) -> EventSheet:
    """One line of the timeline, some days after the complaint came in."""
    usual = {
        "id": 1,
        "at": MONDAY_MORNING + timedelta(days=day),
        "action": action,
        "role": Role.CITIZEN,
        "unit": None,
        "to_status": Status.SUBMITTED,
        "text": None,
        "data": {},
    }
    return EventSheet(**{**usual, **fields})


def a_line(number: str = NUMBER, **fields: Any) -> CaseLine:
    """One of my complaints in a list."""
    usual = {
        "number": number,
        "status": Status.IN_PROGRESS,
        "summary": "Jalan berlubang di depan Pasar Gede.",
        "due_at": None,
        "time_zone": "Asia/Jakarta",
        "overdue": False,
    }
    return CaseLine(**{**usual, **fields})


def a_composition(
    purpose: Purpose = Purpose.ADD_INFORMATION, text: str | None = None, **data: object
) -> CompositionSheet:
    """Words that a citizen is writing."""
    return CompositionSheet(NUMBER, purpose, text, 3, dict(data))


def read(screen: Screen) -> str:
    """What a person reads, parsed as strictly as Telegram parses; fails where Telegram would refuse."""
    text = formatted(screen.text, "HTML").text
    assert units(text) <= TEXT_LIMIT
    for button in screen.choices:
        assert button.tap.pack()
        assert 0 < len(button.label) <= 64
    return text


def labels(screen: Screen) -> list[str]:
    """The buttons in reading order."""
    return [str(button.label) for button in screen.choices]
