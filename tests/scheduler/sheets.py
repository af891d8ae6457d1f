"""Letters and what they speak of, as the tests of delivery need them, with as few words as possible."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.calendar import Holiday, HolidayKind
from domain.drafting import Satisfaction, Step
from domain.figures import Share, Speed
from domain.lifecycle import Action, ClockKind, ComplaintClass, Kind, Role, Status
from domain.messages import Notice
from domain.requests import RequestKind, RequestState
from domain.staffing import StaffWord
from domain.when import Occurred
from services.case_sheets import CandidateSheet, CaseLine, CaseSheet, DueSheet, EventSheet, PlaceSheet
from services.clock_sheets import EscalatedLine, LateSheet, MovedLine, MovedSheet
from services.digest_sheets import DigestLine, DigestSheet
from services.draft_sheets import DraftLine, DraftSheet
from services.export_sheets import ExportSheet, Form
from services.figure_sheets import FiguresSheet, PartFigures, QuietSheet, WeeklySheet
from services.letter_sheets import Letter
from services.request_sheets import RequestSheet, WishSheet
from services.staff_sheets import StaffNews

NUMBER = "7KM-3QX-PW9"
MONDAY_MORNING = datetime(2025, 1, 6, 2, 0, tzinfo=UTC)


def a_due(clock: ClockKind, *, paused: bool = False) -> DueSheet:
    """Due on Thursday 9 January 2025 at 16:00 in Jakarta."""
    due_at = datetime(2025, 1, 9, 9, 0, tzinfo=UTC)
    return DueSheet(clock, due_at, paused)


def a_case(**fields: Any) -> CaseSheet:
    """A hole in a road of Bandung, as its citizen sees it."""
    usual = {
        "number": NUMBER,
        "status": Status.SUBMITTED,
        "kind": Kind.COMPLAINT,
        "complaint_class": ComplaintClass.ORDINARY,
        "roles": frozenset({Role.CITIZEN}),
        "actions": tuple(Action),
        "time_zone": "Asia/Jakarta",
        "received_at": MONDAY_MORNING,
        "government": "Pemerintah Kota Bandung",
        "unit": None,
        "due": (a_due(ClockKind.VERIFY),),
        "text": "Jalan Mawar berlubang besar dan sudah ada yang jatuh.",
        "place": PlaceSheet("depan SDN 3", "Coblong, Kota Bandung"),
        "occurred": Occurred("kemarin sore", date(2025, 1, 5)),
    }
    return CaseSheet(**{**usual, **fields})


def an_event(action: Action | None, **fields: Any) -> EventSheet:
    """Something that an officer has done with words."""
    usual = {
        "id": 1,
        "at": MONDAY_MORNING,
        "action": action,
        "role": Role.OFFICER,
        "unit": "Dinas Pekerjaan Umum",
        "to_status": Status.IN_PROGRESS,
        "text": "Lubang sudah kami tambal pagi ini.",
        "data": {},
    }
    return EventSheet(**{**usual, **fields})


def a_line(number: str = NUMBER, **fields: Any) -> CaseLine:
    """The complaint in a list."""
    usual = {
        "status": Status.FORWARDED,
        "summary": "Jalan Mawar berlubang besar",
        "due_at": datetime(2025, 1, 9, 9, 0, tzinfo=UTC),
        "time_zone": "Asia/Jakarta",
        "overdue": False,
    }
    return CaseLine(number, **{**usual, **fields})


def a_digest(**fields: Any) -> DigestSheet:
    """A day on which nothing waits."""
    usual = {
        "government": "Pemerintah Kota Bandung",
        "on": date(2025, 1, 6),
        "unrouted": (),
        "unrouted_hidden": 0,
        "due_today": (),
        "due_today_hidden": 0,
        "overdue": (),
        "overdue_hidden": 0,
        "low_ratings": (),
        "unreachable_citizens": 0,
        "received_yesterday": 3,
        "done_yesterday": 2,
        "units_without_officer": (),
    }
    return DigestSheet(**{**usual, **fields})


def a_digest_line(number: str = NUMBER, days_late: int = 0, **fields: Any) -> DigestLine:
    """The complaint in a digest."""
    usual = {"summary": "Jalan Mawar berlubang besar", "unit": "Dinas Pekerjaan Umum"}
    return DigestLine(number, days_late=days_late, **{**usual, **fields})


def a_candidate(unit: str = "Dinas Pekerjaan Umum", *because: str) -> CandidateSheet:
    """A proposed office."""
    return CandidateSheet("public_works", "Pemerintah Kota Bandung", unit, because)


def a_draft(**fields: Any) -> DraftSheet:
    """A draft whose text is asked."""
    usual = {
        "id": 5,
        "step": Step.TEXT,
        "text": "",
        "kind": None,
        "place": None,
        "place_choices": (),
        "occurred": Occurred(),
        "files": (),
        "anonymous": False,
        "secret": False,
        "shown_name": None,
        "candidates": (),
        "chosen": None,
        "accuses": False,
        "editing": False,
    }
    return DraftSheet(**{**usual, **fields})


def a_holiday(name: str = "Cuti Bersama Idul Fitri", *, estimated: bool = False) -> Holiday:
    """A day of joint leave."""
    return Holiday(date(2025, 1, 8), name, HolidayKind.JOINT_LEAVE, estimated)


def a_moved_line(number: str = NUMBER) -> MovedLine:
    """From Wednesday to Thursday."""
    thursday = datetime(2025, 1, 9, 9, 0, tzinfo=UTC)
    return MovedLine(number, ClockKind.RESOLVE, thursday - timedelta(days=1), thursday, "Asia/Jakarta")


def an_escalated_line(number: str = NUMBER, **fields: Any) -> EscalatedLine:
    """Three working days late at the coordinator's."""
    usual = {
        "clock": ClockKind.RESOLVE,
        "office": "Dinas Pekerjaan Umum",
        "summary": "Jalan Mawar berlubang besar",
        "due_at": datetime(2025, 1, 9, 9, 0, tzinfo=UTC),
        "time_zone": "Asia/Jakarta",
        "days_late": 3,
        "tier": Role.COORDINATOR,
    }
    return EscalatedLine(number, **{**usual, **fields})


def a_late_sheet(**fields: Any) -> LateSheet:
    """Late since Thursday; the unit's head knows, the coordinator is next."""
    usual = {
        "clock": ClockKind.RESOLVE,
        "due_at": datetime(2025, 1, 9, 9, 0, tzinfo=UTC),
        "time_zone": "Asia/Jakarta",
        "told": ((Role.UNIT_HEAD, date(2025, 1, 10)),),
        "next_tier": Role.COORDINATOR,
        "next_on": date(2025, 1, 14),
    }
    return LateSheet(**{**usual, **fields})


def a_request(**fields: Any) -> RequestSheet:
    """Five more working days, with a reason."""
    usual = {
        "id": 7,
        "number": NUMBER,
        "wish": WishSheet(RequestKind.EXTENSION, days=5),
        "state": RequestState.OPEN,
        "unit": "Dinas Pekerjaan Umum",
        "reason": "Menunggu aspal dari pabrik",
        "due_at": datetime(2025, 1, 7, 9, 0, tzinfo=UTC),
        "resolve_due_at": datetime(2025, 1, 9, 9, 0, tzinfo=UTC),
        "time_zone": "Asia/Jakarta",
    }
    return RequestSheet(**{**usual, **fields})


def some_figures(**fields: Any) -> FiguresSheet:
    """A good week of one unit."""
    usual = {
        "whose": "Pemerintah Kota Bandung",
        "first": date(2024, 12, 30),
        "last": date(2025, 1, 5),
        "received": 366,
        "followed_up": 335,
        "done": 280,
        "reopened": 6,
        "confirmed": 150,
        "silent": 90,
        "archived": 12,
        "verification": Speed(360, 1, 3),
        "verified_in_time": Share(340, 360),
        "follow_up": Speed(335, 2, 5),
        "followed_up_in_time": Share(300, 350),
        "classes": ((ComplaintClass.ORDINARY, Share(200, 250)),),
        "parts": (PartFigures("Dinas Pekerjaan Umum", Share(335, 366)),),
        "sectors": (("public_works", 300), ("health", 3)),
        "places": (("Coblong", 200), ("Sukajadi", 4)),
        "ratings": ((Satisfaction.SATISFIED, 120), (Satisfaction.DISSATISFIED, 30)),
    }
    return FiguresSheet(**{**usual, **fields})


def a_draft_line() -> DraftLine:
    """A draft that waits."""
    return DraftLine(7, "Lampu jalan mati", Step.PLACE, 1, MONDAY_MORNING)


def a_letter(kind: Notice, **fields: Any) -> Letter:
    """A letter with all that any sort may speak of."""
    usual = {
        "locale": "id",
        "chat_id": 1,
        "case": a_case(),
        "event": an_event(Action.FOLLOW_UP),
        "digest": a_digest(),
        "reminders": (a_line(),),
        "draft": None,
        "data": {"problem": "no_image", "kind": "document"},
        "moved": MovedSheet((a_moved_line(),), (a_holiday(),), ()),
        "escalated": (an_escalated_line(),),
        "late": a_late_sheet(),
        "request": a_request(),
        "weekly": WeeklySheet(some_figures(), some_figures()),
        "unsent": a_draft_line(),
        "staff": StaffNews(StaffWord.RECEIVED, 12, Role.OFFICER, "Pemerintah Kota Serang", "Dinas Perhubungan", 1),
        "export": ExportSheet("Pemerintah Kota Serang", date(2026, 4, 1), date(2026, 4, 7), Form.CSV, ()),
        "quiet": QuietSheet("Pemerintah Kota Bandung", "Jawa Barat", 15, 3, 4),
    }
    return Letter(kind, **{**usual, **fields})
