"""Cases, lines, proposals and compositions as the desks read them, with as few words as possible."""

from datetime import UTC, date, datetime
from typing import Any

from domain.drafting import Purpose
from domain.lifecycle import Action, ClockKind, ComplaintClass, Kind, Role, Status
from domain.when import Occurred
from services.case_sheets import CandidateSheet, CaseLine, CaseSheet, DueSheet, EventSheet, PlaceSheet
from services.composition_sheets import CompositionSheet
from services.desk_sheets import ProposalSheet
from tests.unit.views.rules import actions_for

NUMBER = "7KM-3QX-PW9"
TUESDAY = datetime(2026, 4, 7, 2, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 4, 9, 9, 0, tzinfo=UTC)


def a_case(role: Role = Role.OFFICER, status: Status = Status.FORWARDED, **fields: Any) -> CaseSheet:
    """A dark street of Kota Serang, as somebody of this role sees it."""
    usual = {
        "number": NUMBER,
        "status": status,
        "kind": Kind.COMPLAINT,
        "complaint_class": None if status is Status.SUBMITTED else ComplaintClass.ORDINARY,
        "roles": frozenset({role}),
        "actions": actions_for(status, role),
        "time_zone": "Asia/Jakarta",
        "received_at": TUESDAY,
        "government": "Pemerintah Kota Serang",
        "unit": None if status is Status.SUBMITTED else "Dinas Perumahan",
        "due": (a_due(),),
        "text": "Lampu jalan di depan SD Negeri 2 mati.",
        "place": PlaceSheet("depan SD Negeri 2", "Cipocok Jaya, Kota Serang", (-6.12, 106.17)),
        "occurred": Occurred("kemarin sore", date(2026, 4, 6)),
        "files": (),
        "reporter": "Ibu Sari",
        "candidates": (a_candidate("Dinas Perumahan", "lampu jalan"), a_candidate("Dinas Pekerjaan Umum", "jalan")),
    }
    return CaseSheet(**{**usual, **fields})


def a_due(clock: ClockKind = ClockKind.FIRST_FOLLOW_UP, *, paused: bool = False) -> DueSheet:
    """Due on Thursday 9 April 2026 at 16:00 in Jakarta."""
    return DueSheet(clock, THURSDAY, paused)


def a_candidate(unit: str | None, *because: str) -> CandidateSheet:
    """A proposed office."""
    return CandidateSheet("housing", "Pemerintah Kota Serang", unit, because)


def an_event(
    action: Action | None = Action.FOLLOW_UP, text: str | None = "Sudah kami cek.", **fields: Any
) -> EventSheet:
    """Something that the unit has done."""
    usual = {
        "id": 1,
        "at": TUESDAY,
        "role": Role.OFFICER,
        "unit": "Dinas Perumahan",
        "to_status": Status.IN_PROGRESS,
        "data": {},
    }
    return EventSheet(action=action, text=text, **{**usual, **fields})


def a_line(number: str = NUMBER, **fields: Any) -> CaseLine:
    """The complaint in a list."""
    usual = {
        "status": Status.FORWARDED,
        "summary": "Lampu jalan mati",
        "due_at": THURSDAY,
        "time_zone": "Asia/Jakarta",
        "overdue": False,
    }
    return CaseLine(number, **{**usual, **fields})


def a_proposal(case: CaseSheet | None = None, **fields: Any) -> ProposalSheet:
    """What the program proposes for the dark street."""
    usual = {
        "case": case or a_case(Role.COORDINATOR, Status.SUBMITTED),
        "complaint_class": ComplaintClass.ORDINARY,
        "unit_id": 4,
        "unit_name": "Dinas Perumahan",
        "unit_ids": (4, 2, 3),
        "unit_names": ("Dinas Perumahan", "Dinas Pekerjaan Umum", "Dinas Kesehatan"),
        "serial": 77,
        "reachable": True,
    }
    return ProposalSheet(**{**usual, **fields})


def a_composition(purpose: Purpose, text: str | None = None, **data: object) -> CompositionSheet:
    """Words about the dark street."""
    return CompositionSheet(NUMBER, purpose, text, 88, data)
