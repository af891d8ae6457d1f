"""Letters to the citizen: the receipt, and each step that the complaint takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.lifecycle import DESK, Action, ClockKind, Status
from locales.translator import Html, Words, plain
from services.case_sheets import CaseSheet, EventSheet
from views import evidence
from views.letter_parts import due_lines, due_moment, number_line, offers, quoted
from views.naming import archive_name, class_name
from views.screen import Screen, choice_screen, paragraph

Part = Callable[[CaseSheet, EventSheet, Words], Html | None]


def receipt(case: CaseSheet, words: Words) -> Screen:
    """The number, what happens next and by when, and how to follow it; no registration is needed."""
    text = paragraph(
        words("letter.receipt.title"),
        number_line(case, words),
        _what_next(case, words),
        words("letter.receipt.anonymous") if case.anonymous else None,
        words("letter.receipt.secret") if case.secret else None,
        words("letter.receipt.track", number=case.number),
    )
    return choice_screen(text, *offers(case, words, (Action.ADD_INFORMATION,)))


def update(case: CaseSheet, event: EventSheet, words: Words) -> Screen:
    """What has happened, in the words of whoever did it, and what the citizen may do now."""
    action = event.action or Action.FOLLOW_UP
    text = paragraph(
        words(f"letter.update.{action.value}", number=case.number, office=_office(case, event, words)),
        *(part(case, event, words) for part in _PARTS.get(action, (_said,))),
    )
    came_along = evidence.of_event(case, event)
    rows = evidence.button(case, words) if came_along else ()
    screen = choice_screen(text, *offers(case, words, _OFFERED.get(action, ())), *rows)
    return replace(screen, files=evidence.luggage(file for file in came_along if file.by_staff))


def _what_next(case: CaseSheet, words: Words) -> Html:
    if case.at_sp4n_desk:
        return words("letter.receipt.next_sp4n")
    by = due_lines(case, words, ClockKind.VERIFY)
    if case.status is Status.SUBMITTED and by:
        return paragraph(words("letter.receipt.next", government=case.government or ""), by)
    return words("letter.receipt.next_later")


def _office(case: CaseSheet, event: EventSheet, words: Words) -> Html:
    """Who spoke or received it, as an office and never as a person."""
    unit = case.unit if event.action in _HANDED else event.unit
    if unit and (event.action in _HANDED or event.role not in DESK):
        return plain(unit)
    return words("letter.desk_of", government=case.government) if case.government else words("letter.desk")


_HANDED = frozenset({Action.FORWARD, Action.REFORWARD})


def _said(_case: CaseSheet, event: EventSheet, words: Words) -> Html | None:
    return quoted(event.text, words)


def _due(*clocks: ClockKind) -> Part:
    return lambda case, _event, words: due_lines(case, words, *clocks)


def _sentence(key: str) -> Part:
    return lambda case, _event, words: words(key, number=case.number)


def _merged_into(case: CaseSheet, _event: EventSheet, words: Words) -> Html | None:
    return words("case.merged_into", number=case.merged_into) if case.merged_into else None


def _national(case: CaseSheet, _event: EventSheet, words: Words) -> Html | None:
    return words("sp4n.known", tracking=case.national_number) if case.national_number else None


def _class(case: CaseSheet, _event: EventSheet, words: Words) -> Html | None:
    return words("letter.class", name=class_name(words, case.complaint_class)) if case.complaint_class else None


def _why_archived(case: CaseSheet, _event: EventSheet, words: Words) -> Html | None:
    return words("letter.reason", reason=archive_name(words, case.archive_reason)) if case.archive_reason else None


def _closes_itself(case: CaseSheet, _event: EventSheet, words: Words) -> Html:
    by = due_moment(case, words, ClockKind.REACT)
    return words("letter.update.react_by", moment=by) if by else words("letter.update.react_soon")


_WORK_DUE = _due(ClockKind.FIRST_FOLLOW_UP, ClockKind.RESOLVE)

_PARTS: dict[Action, tuple[Part, ...]] = {
    Action.FORWARD: (_WORK_DUE,),
    Action.REFORWARD: (_WORK_DUE,),
    Action.CHANGE_CLASS: (_class, _due(ClockKind.RESOLVE)),
    Action.HOLD: (_said, _sentence("letter.update.hold_how")),
    Action.RESUME: (_WORK_DUE,),
    Action.EXTEND: (_said, _due(ClockKind.RESOLVE)),
    Action.ARCHIVE: (_why_archived, _said, _sentence("letter.update.object_how")),
    Action.MERGE: (_merged_into, _said, _sentence("letter.update.object_how")),
    Action.ASK_CITIZEN: (_said, _sentence("letter.update.ask_citizen_how")),
    Action.MARK_DONE: (_said, _sentence("letter.update.done_how"), _closes_itself),
    Action.CLOSE: (_sentence("letter.update.close_how"),),
    Action.RECORD_SP4N: (_national, _sentence("letter.update.record_sp4n_how")),
}
"""What stands below the first sentence; for every other action it is the words that came with it."""

_OFFERED: dict[Action, tuple[Action, ...]] = {
    Action.HOLD: (Action.ANSWER,),
    Action.ASK_CITIZEN: (Action.ADD_INFORMATION,),
    Action.FOLLOW_UP: (Action.ADD_INFORMATION,),
    Action.MARK_DONE: (Action.CONFIRM, Action.REOPEN, Action.RATE),
    Action.CLOSE: (Action.REOPEN, Action.RATE),
    Action.ARCHIVE: (Action.OBJECT,),
    Action.MERGE: (Action.OBJECT,),
}
"""What the citizen is invited to do; what the rules no longer allow when the letter leaves is left out."""
