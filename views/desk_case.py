"""A complaint as the desks see it: everything that the work needs, and nothing that names the person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from zoneinfo import ZoneInfo

from domain.drafting import TEXT_MAX
from domain.lifecycle import DESK, HELPERS, WORKERS, Action, Role, Status
from locales.translator import Html, Words, plain
from services.case_sheets import CandidateSheet, CaseSheet, DueSheet, EventSheet
from services.handling import OVER
from services.reply_gate import GATE
from views import citizen_cases, evidence, presence
from views.acts import AT_DESK
from views.dates import moment, short_day
from views.letter_parts import supporters_line
from views.naming import class_name, clock_name, designation, kind_name, role_name
from views.requests import kind_line
from views.review import office_text
from views.screen import (
    TEXT_LIMIT,
    Button,
    Screen,
    choice_screen,
    clip,
    lines,
    numbered,
    paragraph,
    utf16_length,
)
from views.taps import Verb, tap
from views.teamwork import helping, side_by_side
from views.told import closed_files, files_text, flagged, occurred_text, place_text, reporter, voiced

DESKS = WORKERS | DESK | HELPERS
"""Who works on complaints; hubs and observers see figures only."""

ROOM = 3600
"""UTF-16 units of a case within another screen: the rest is left for a heading and the buttons."""

PAGE = 1750
"""Characters of a page of a long text; even of emoji alone, which count twice, a message holds them."""

VALUE_SHOWN = 120
EVENT_SHOWN = 300
CANDIDATES_SHOWN = 3
LEAST_HISTORY = 200
"""UTF-16 units below which no history is begun."""

_GAP = 2
"""The empty line between two parts."""

Row = tuple[Button, ...]


def screen(case: CaseSheet, words: Words) -> Screen:
    """The desk's card for who works on it; the citizen's own view, or the public face, for everybody else.

    Who works on what they filed themselves sees it as its citizen, unless they ask as staff (`at_desk`).
    """
    return citizen_cases.case(case, words) if Role.CITIZEN in case.roles else at_desk(case, words)


def at_desk(case: CaseSheet, words: Words, *before: Html, placed: bool = True) -> Screen:
    """The card with its buttons; `before` is said first; `placed` sends the point along. Files have a button."""
    if not case.roles & DESKS:
        return citizen_cases.case(case, words).after(*before)
    rows = (*case_buttons(case, words), *evidence.button(case, words))
    choices = numbered(button for row in rows for button in row)
    taken = sum(utf16_length(part) + _GAP for part in (*before, choices))
    text = paragraph(*before, staff_case(case, words, TEXT_LIMIT - taken), choices)
    return Screen(text, rows, location=case.place.point if placed and case.place else None)


def staff_case(case: CaseSheet, words: Words, room: int = ROOM) -> Html:
    """The text of the card. The citizen's words stand whole; what else fits follows, the most needed first."""
    head = lines(
        designation(words, case.number, case.status),
        words("desk.accuses") if case.accuses else None,
        flagged(case, words),
        recording(case, words),
        presence.on_its_way(case, words),
        presence.writer(case, words),
    )
    reserved = min(utf16_length(case.text or ""), TEXT_MAX)
    facts = _that_fit(_facts(case, words), room - utf16_length(head) - reserved - 2 * _GAP)
    left = room - utf16_length(head) - utf16_length(facts) - 2 * _GAP
    said = clip(case.text or "", max(left, 0))
    left -= utf16_length(said) + _GAP
    history = _history(case, words, left) if left > LEAST_HISTORY else None
    return paragraph(head, words("told.said", text=said) if said else None, facts, history)


def recording(case: CaseSheet, words: Words) -> Html | None:
    """What the desk must do about a recording, and afterwards who wrote its gist."""
    needed = case.voiced and not case.text and case.roles & DESK
    return words("desk.gist_needed") if needed else voiced(case, words)


def case_buttons(case: CaseSheet, words: Words, among: Collection[Action] = frozenset(Action)) -> tuple[Row, ...]:
    """One button for each thing that the reader may do now, in a fixed order: the lifecycle decides."""
    acts = (action for action in AT_DESK if action in among and action in case.actions and _sensible(action, case))
    rows = tuple(_row(action, case, words) for action in acts)
    if undo := presence.undo_button(case, words):
        rows = (undo, *rows)
    retyped = case.at_sp4n_desk or Action.RECORD_SP4N in {*among} & {*case.actions}
    if case.roles & DESK and retyped:
        block = ((Button(words("desk.do_sp4n"), tap(Verb.SP4N, case.number)),),)
        rows = (*block, *rows) if case.at_sp4n_desk else (*rows, *block)
    if utf16_length(case.text or "") > TEXT_MAX:
        rows = ((Button(words("desk.do_whole"), tap(Verb.WHOLE, case.number, 0)),), *rows)
    return rows


def _row(action: Action, case: CaseSheet, words: Words) -> Row:
    """To take what a colleague has is another thing, and is asked first."""
    over = presence.take_over_button(case, words) if action is Action.TAKE else ()
    return over or (Button(words(f"desk.do.{action.value}"), AT_DESK[action](case.number)),)


def whole(case: CaseSheet, page: int, words: Words) -> Screen:
    """A page of a text that is too long for the card; a page that does not exist gives the last one."""
    text = case.text or ""
    pages = [text[begin : begin + PAGE] for begin in range(0, len(text), PAGE)] or [""]
    page = min(max(page, 0), len(pages) - 1)
    said = paragraph(
        words("desk.whole", number=case.number, page=page + 1, pages=len(pages)),
        words("told.said", text=clip(pages[page], ROOM)),
    )
    if page + 1 < len(pages):
        return choice_screen(said, (Button(words("desk.whole_next"), tap(Verb.WHOLE, case.number, page + 1)),))
    return choice_screen(said, (Button(words("desk.whole_back"), tap(Verb.SHOW, case.number)),))


def _sensible(action: Action, case: CaseSheet) -> bool:
    """What the rules allow and what still makes no sense on a button."""
    match action:
        case Action.TAKE:
            return not case.taken or case.holder is not None
        case Action.RELEASE:
            return case.taken_by_me
        case Action.MERGE:
            return bool(case.near)
        case Action.REMOVE_UNIT:
            return bool(case.helping)
        case Action.ANNOUNCE:
            return bool(case.near or case.supporters)
        case Action.RECORD_SP4N:
            return case.at_sp4n_desk and case.national_number is None
        case Action.FORWARD | Action.PASS_ON:
            return not case.at_sp4n_desk and not (action is Action.FORWARD and case.voiced and not case.text)
        case Action.WRITE_GIST:
            return case.voiced
        case Action.NOTE:
            return case.status is not Status.SUBMITTED
        case _:
            return True


def _facts(case: CaseSheet, words: Words) -> tuple[Html | None, ...]:
    """What is known besides the words, the most needed first."""
    place = place_text(case.place, words) if case.place else None
    return (
        reporter(case, words),
        words("desk.secret") if case.secret else None,
        words("sp4n.known", tracking=case.national_number) if case.national_number else None,
        supporters_line(case, words),
        words("support.near", numbers=", ".join(each.number for each in case.near)) if case.near else None,
        *(due(item, case.time_zone, words) for item in case.due),
        words("told.place", place=place) if place else None,
        words("told.occurred", occurred=occurred_text(case.occurred, words)) if case.occurred else None,
        _holder(case, words),
        helping(case.helping, words),
        side_by_side(case, words),
        _kind(case, words),
        words("desk.received", moment=moment(words, case.received_at, case.time_zone)),
        words("told.files", files=files_text(case.files, words)) if case.files else None,
        *closed_files(case, words),
        *_proposed(case, words),
    )


def due(item: DueSheet, zone: str, words: Words) -> Html:
    """A deadline that runs, or that waits for the citizen's answer."""
    name = clock_name(words, item.clock)
    if item.paused:
        return words("desk.due_paused", clock=name)
    return words("desk.due", clock=name, moment=moment(words, item.due_at, zone))


def _holder(case: CaseSheet, words: Words) -> Html | None:
    """The unit that has it and whether somebody there works on it."""
    if not case.unit:
        return None
    hand = "desk.taken_by_me" if case.taken_by_me else "desk.taken" if case.taken else "desk.untaken"
    at_work = case.status in (Status.FORWARDED, Status.IN_PROGRESS)
    state = presence.holder(case, words) or words(hand) if at_work else None
    unit = words("desk.unit", unit=clip(case.unit, VALUE_SHOWN))
    return Html(" ".join(part for part in (unit, state) if part))


def _kind(case: CaseSheet, words: Words) -> Html:
    if not case.complaint_class:
        return words("desk.kind", kind=kind_name(words, case.kind))
    return words("desk.kind_class", kind=kind_name(words, case.kind), name=class_name(words, case.complaint_class))


def _proposed(case: CaseSheet, words: Words) -> tuple[Html, ...]:
    """Where the program would send it, for the desk that decides."""
    if case.status is not Status.SUBMITTED or not case.roles & DESK:
        return ()
    shown = enumerate(case.candidates[:CANDIDATES_SHOWN])
    return tuple(candidate(item, words, wished=place == case.chosen) for place, item in shown)


def candidate(item: CandidateSheet, words: Words, *, wished: bool = False) -> Html:
    """A proposed office with the words that speak for it, and whether the citizen chose it too."""
    because = clip(", ".join(item.because), VALUE_SHOWN)
    return lines(
        words("desk.candidate", office=office_text(item, VALUE_SHOWN)),
        words("desk.because", because=because) if because else None,
        words("desk.wished") if wished else None,
    )


def _that_fit(parts: Iterable[Html | None], room: int) -> Html:
    kept: list[Html] = []
    for part in filter(None, parts):
        if (room := room - utf16_length(part) - 1) < 0:
            break
        kept.append(part)
    return lines(*kept)


def _history(case: CaseSheet, words: Words, room: int) -> Html | None:
    """The newest lines that fit, oldest first."""
    title = words("desk.history")
    earlier = words("desk.earlier", count=len(case.timeline))
    room -= utf16_length(title) + utf16_length(earlier) + _GAP
    kept: list[Html] = []
    for event in reversed(case.timeline):
        line = _event(event, case.time_zone, words)
        if (room := room - utf16_length(line) - 1) < 0:
            break
        kept.insert(0, line)
    hidden = len(case.timeline) - len(kept)
    return lines(title, words("desk.earlier", count=hidden) if hidden else None, *kept) if kept else None


def _event(event: EventSheet, zone: str, words: Words) -> Html:
    action = event.action.value if event.action else "submitted"
    speaks = event.role in WORKERS | HELPERS
    who = plain(clip(event.unit, VALUE_SHOWN)) if event.unit and speaks else role_name(words, event.role)
    if event.data.get(OVER):
        action = "take_over"
    what = words(f"desk.event.{action}", who=who, unit=clip(event.unit or "", VALUE_SHOWN) or words("desk.no_unit"))
    on = short_day(words, event.at.astimezone(ZoneInfo(zone)).date())
    said = words("told.said", text=clip(event.text, EVENT_SHOWN)) if event.text else None
    asked = kind_line(event.data, words) if event.action in _OF_REQUESTS else None
    return lines(words("desk.event_on", on=on, what=what), asked, said, _as_is(event, words))


_OF_REQUESTS = frozenset({Action.REQUEST, Action.DECIDE_REQUEST})


def _as_is(event: EventSheet, words: Words) -> Html | None:
    """Why a reply left that the gate had held back."""
    held = event.data.get(GATE)
    reason = held.get("reason") if isinstance(held, dict) else None
    return words("gate.sent_as_is", reason=clip(reason, EVENT_SHOWN)) if reason else None
