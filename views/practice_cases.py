"""The pretend complaints of a practice, as the sheets of real ones: their words stand in the catalogues."""

from __future__ import annotations

from html import unescape
from typing import Any

from domain.drafting import Purpose
from domain.lifecycle import Action, ClockKind, Kind, Role, Status
from domain.permissions import Actor, Membership, Subject, open_actions
from domain.practice import PracticeStep
from locales.translator import Words
from services.case_sheets import CandidateSheet, CaseSheet, DueSheet, EventSheet, PlaceSheet
from services.composition_sheets import CompositionSheet
from services.desk_sheets import ProposalSheet
from services.practice_sheets import PracticeSheet

NUMBERS = {"lamp": "CON-TOH-001", "road": "CON-TOH-002", "waste": "CON-TOH-003"}
"""No real number has an O, a 0 or a 1: these are nobody's, wherever they are typed."""

SECTORS = {"lamp": "public_works", "road": "public_works", "waste": "environment"}
HOUSING, TRANSPORT, ROADS, ENVIRONMENT = 0, 1, 2, 3
UNITS = {TRANSPORT: "transport", ROADS: "roads", ENVIRONMENT: "environment"}
"""The units that a coordinator may choose among here; the first is the wrong one for what is astray."""

RIGHT = ENVIRONMENT
"""The unit that the complaint about waste belongs to."""

SERIAL = 1

_UNIT = Membership(Role.OFFICER, government_id=1, unit_id=1)
_DESK = Membership(Role.COORDINATOR, government_id=1)
_MORE_THAN_A_LESSON = frozenset({Action.RECORD_SP4N, Action.REVEAL})

_STANDING: dict[PracticeStep, tuple[Status, bool]] = {
    PracticeStep.CARD: (Status.FORWARDED, False),
    PracticeStep.TAKEN: (Status.FORWARDED, True),
    PracticeStep.SENT: (Status.IN_PROGRESS, True),
    PracticeStep.UNIT_END: (Status.DONE, True),
}


def officers_case(sheet: PracticeSheet, words: Words) -> CaseSheet:
    """The lamp, as the officer sees it: what may be done is what the rules leave open."""
    status, taken = _STANDING.get(sheet.step, (Status.FORWARDED, True))
    subject = Subject(status, citizen_id=None, government_id=1, unit_ids=frozenset({1}))
    actions = open_actions(Actor(1, (_UNIT,)), subject)
    return CaseSheet(
        **_told("lamp", sheet, words),
        status=status,
        complaint_class=sheet.complaint_class,
        roles=frozenset({Role.OFFICER}),
        actions=actions,
        unit=_name("unit.housing", words),
        due=(_due(ClockKind.FIRST_FOLLOW_UP, sheet), _due(ClockKind.RESOLVE, sheet)),
        taken=taken,
        taken_by_me=taken,
    )


def desks_case(name: str, sheet: PracticeSheet, words: Words) -> CaseSheet:
    """The road or the waste, as the coordinator sees it before verification."""
    subject = Subject(Status.SUBMITTED, citizen_id=None, government_id=1)
    actions = open_actions(Actor(1, (_DESK,)), subject, frozenset(Action) - _MORE_THAN_A_LESSON)
    return CaseSheet(
        **_told(name, sheet, words),
        status=Status.SUBMITTED,
        complaint_class=None,
        roles=frozenset({Role.COORDINATOR}),
        actions=actions,
        unit=None,
        due=(_due(ClockKind.VERIFY, sheet),),
        candidates=(_candidate(name, words),),
    )


def citizens_case(name: str, sheet: PracticeSheet, words: Words, status: Status, unit: str) -> CaseSheet:
    """The same as its citizen reads it in a letter: words and days, nothing to tap here."""
    clocks = (ClockKind.REACT,) if status is Status.DONE else (ClockKind.FIRST_FOLLOW_UP, ClockKind.RESOLVE)
    return CaseSheet(
        **_told(name, sheet, words),
        status=status,
        complaint_class=sheet.complaint_class,
        roles=frozenset({Role.CITIZEN}),
        actions=(),
        unit=unit,
        due=tuple(_due(clock, sheet) for clock in clocks),
    )


def event(action: Action, sheet: PracticeSheet, unit: str, to: Status, text: str | None = None) -> EventSheet:
    """Something that has happened to it."""
    role = Role.COORDINATOR if action is Action.FORWARD else Role.OFFICER
    return EventSheet(1, sheet.begun_at, action, role, unit, to, text, {})


def composition(sheet: PracticeSheet, *, held: bool) -> CompositionSheet:
    """The words that are being written, as the real gate has judged them."""
    done = sheet.step in (PracticeStep.DONE, PracticeStep.DONE_HELD, PracticeStep.DONE_PREVIEW)
    asked = sheet.step in (PracticeStep.REPLY, PracticeStep.DONE)
    return CompositionSheet(
        number=NUMBERS["lamp"],
        purpose=Purpose.DONE if done else Purpose.FOLLOW_UP,
        text=None if asked else sheet.text,
        serial=SERIAL,
        data={},
        findings=sheet.findings,
        held=held,
    )


def proposal(name: str, unit: int, sheet: PracticeSheet, words: Words) -> ProposalSheet:
    """What the program proposes for one of them."""
    return ProposalSheet(
        case=desks_case(name, sheet, words),
        complaint_class=sheet.complaint_class,
        unit_id=unit,
        unit_name=unit_name(unit, words),
        unit_ids=tuple(UNITS),
        unit_names=tuple(unit_name(each, words) for each in UNITS),
        serial=SERIAL,
        reachable=True,
    )


def unit_name(unit: int, words: Words) -> str:
    """How a pretend unit is called."""
    return _name(f"unit.{UNITS.get(unit, 'housing')}", words)


def _told(name: str, sheet: PracticeSheet, words: Words) -> dict[str, Any]:
    return {
        "number": NUMBERS[name],
        "kind": Kind.COMPLAINT,
        "time_zone": sheet.time_zone,
        "received_at": sheet.begun_at,
        "government": _name("government", words),
        "text": _name(f"story.{name}", words),
        "place": PlaceSheet(_name(f"place.{name}", words), None),
        "reporter": _name("reporter", words),
    }


def _candidate(name: str, words: Words) -> CandidateSheet:
    proposed = ROADS if name == "road" else TRANSPORT
    because = tuple(_name(f"because.{name}", words).split("|"))
    return CandidateSheet(SECTORS[name], _name("government", words), unit_name(proposed, words), because)


def _due(clock: ClockKind, sheet: PracticeSheet) -> DueSheet:
    by = {
        ClockKind.VERIFY: sheet.verify_by,
        ClockKind.FIRST_FOLLOW_UP: sheet.follow_up_by,
        ClockKind.RESOLVE: sheet.resolve_by,
        ClockKind.REACT: sheet.react_by,
    }[clock]
    return DueSheet(clock, by, paused=False)


def _name(key: str, words: Words) -> str:
    """A sentence as the plain words that a person might have written."""
    return unescape(words(f"practice.{key}"))
