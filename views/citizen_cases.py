"""A citizen's complaints as screens: the list, one case with its history, the public face, the rating."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.drafting import Satisfaction
from domain.lifecycle import Action, ClockKind, Role, Status
from locales.translator import Html, Words, plain
from services.case_sheets import CaseLine, CaseSheet, EventSheet
from services.handling import PAGE
from views import evidence, similar
from views.acts import BY_CITIZEN
from views.dates import day_of, moment, short_day
from views.letter_parts import supporters_line
from views.naming import archive_name, satisfaction_name, status_name
from views.queue import turns_of
from views.screen import Button, Screen, choice_screen, clip, lines, numbered, paragraph, utf16_length
from views.taps import Verb, tap
from views.told import voiced
from views.welcome import first_choices

SUMMARY_SHOWN = 300
EVENT_SHOWN = 500
HISTORY_SHOWN = 2000
"""UTF-16 units of the history on one screen; the newest lines are kept."""

PUBLIC_SHOWN = 1200
"""UTF-16 units of a text that strangers may read; with the officer's view it fits the screen before sending."""

_NEXT_CLOCK = {
    Status.SUBMITTED: ClockKind.VERIFY,
    Status.FORWARDED: ClockKind.FIRST_FOLLOW_UP,
    Status.IN_PROGRESS: ClockKind.RESOLVE,
    Status.DONE: ClockKind.REACT,
}
"""The clock that says when the next thing must have happened."""


def case(sheet: CaseSheet, words: Words) -> Screen:
    """The whole case for whoever filed it, and its public face for everybody else."""
    return _own(sheet, words) if Role.CITIZEN in sheet.roles else _public(sheet, words)


def mine(found: Sequence[CaseLine], page: int, words: Words) -> Screen:
    """What a person has filed, newest first; one page."""
    supported = (_button(words, "support.button_mine", Verb.SUPPORTED, 0),)
    turns = (*turns_of(page, words, Verb.MY_REPORTS, later=len(found) >= PAGE), supported)
    if not found:
        report = (_button(words, "welcome.button_report", Verb.START_REPORT),)
        return choice_screen(words("case.none" if page == 0 else "desk.page_empty"), report, *turns)
    listed = (_listed(place, line, words) for place, line in enumerate(found, start=1))
    more = (words("desk.choice", place=len(found) + at, label=row[0].label) for at, row in enumerate(turns, start=1))
    title = words("case.mine") if page == 0 else words("desk.page", title=words("case.mine"), page=page + 1)
    rows = tuple((Button(line.number, tap(Verb.SHOW, line.number)),) for line in found)
    return Screen(paragraph(title, *listed, lines(*more), words("case.mine_how")), (*rows, *turns))


def slip(suggestions: Sequence[str], words: Words) -> Screen:
    """A number was mistyped; what may have been meant is offered."""
    if not suggestions:
        return Screen(words("case.slip"))
    rows = ((Button(number, tap(Verb.SHOW, number)),) for number in suggestions)
    return choice_screen(words("case.slip_meant"), *rows)


def ask_number(words: Words) -> Screen:
    """/lacak without a number."""
    return choice_screen(words("case.ask_number"), (_button(words, "welcome.button_mine", Verb.MY_REPORTS),))


def ask_rating(number: str, words: Words) -> Screen:
    """The four official answers; saying nothing stays possible."""
    rows = ((Button(satisfaction_name(words, answer), tap(Verb.RATE, number, answer)),) for answer in Satisfaction)
    return choice_screen(words("case.ask_rating", number=number), *rows)


def solved(sheet: CaseSheet, words: Words) -> Screen:
    """The citizen says that it is solved: thanks, and how was it?"""
    return ask_rating(sheet.number, words).after(words("case.solved"))


def rated(sheet: CaseSheet, given: Satisfaction, words: Words) -> Screen:
    """The answer is kept."""
    show = _button(words, "case.button_show", Verb.SHOW, sheet.number)
    return choice_screen(
        words("case.rated", number=sheet.number, satisfaction=satisfaction_name(words, given)), (show,)
    )


def _own(sheet: CaseSheet, words: Words) -> Screen:
    rows = _rows(sheet, words)
    text = paragraph(
        _head(sheet, words),
        _question(sheet, words),
        lines(_next(sheet, words), _due(sheet, words)),
        voiced(sheet, words),
        words("case.text", text=clip(sheet.text, SUMMARY_SHOWN)) if sheet.text else None,
        _history(sheet, words),
        numbered(button for row in rows for button in row),
    )
    return Screen(text, rows)


def _public(sheet: CaseSheet, words: Words) -> Screen:
    supporting = words("support.yours") if sheet.supporting else None
    text = paragraph(_head(sheet, words), public_told(sheet, words), supporting, words("case.public"))
    return choice_screen(text, *(similar.support_rows(sheet, words) or first_choices(words)))


def public_told(sheet: CaseSheet, words: Words) -> Html:
    """What anybody reads of the content; the citizen reads the same before sending."""
    return words("case.text", text=clip(sheet.text, PUBLIC_SHOWN)) if sheet.text else words("case.closed_text")


def _head(sheet: CaseSheet, words: Words) -> Html:
    """Which one, how it stands, who holds it and since when."""
    since = day_of(words, _since(sheet), sheet.time_zone)
    return lines(
        words("case.number", number=sheet.number),
        words("case.status", status=status_name(words, sheet.status)),
        words("case.holder", holder=_holder(sheet, words), since=since) if sheet.status in _HELD else None,
        words("sp4n.known", tracking=sheet.national_number) if sheet.national_number else None,
        supporters_line(sheet, words),
        _archived(sheet, words),
        words("case.merged_into", number=sheet.merged_into) if sheet.merged_into else None,
    )


_HELD = frozenset({Status.SUBMITTED, Status.FORWARDED, Status.IN_PROGRESS, Status.ON_HOLD, Status.DONE})


def _holder(sheet: CaseSheet, words: Words) -> Html:
    if sheet.unit:
        return plain(f"{sheet.unit}, {sheet.government}" if sheet.government else sheet.unit)
    if sheet.government and sheet.status is not Status.SUBMITTED and Role.CITIZEN not in sheet.roles:
        return plain(sheet.government)
    if sheet.government:
        return words("case.holder_desk", government=sheet.government)
    return words("case.holder_sp4n")


def _since(sheet: CaseSheet) -> datetime:
    """When the present status began: the first of the latest lines that share it."""
    began = sheet.received_at
    for event in reversed(sheet.timeline):
        if event.to_status is not sheet.status:
            break
        began = event.at
    return began


def _archived(sheet: CaseSheet, words: Words) -> Html | None:
    if not sheet.archive_reason:
        return None
    return words("case.archived", reason=archive_name(words, sheet.archive_reason))


def _question(sheet: CaseSheet, words: Words) -> Html | None:
    """What the citizen was asked, while the complaint waits for the answer."""
    if sheet.status is not Status.ON_HOLD:
        return None
    asked = [event.text for event in sheet.timeline if event.action is Action.HOLD and event.text]
    return words("case.asked", question=clip(asked[-1], EVENT_SHOWN)) if asked else None


def _next(sheet: CaseSheet, words: Words) -> Html:
    if sheet.at_sp4n_desk and sheet.status is Status.SUBMITTED:
        return words("case.next_sp4n")
    return words(f"case.next.{sheet.status.value}")


def _due(sheet: CaseSheet, words: Words) -> Html | None:
    due = next((due for due in sheet.due if due.clock is _NEXT_CLOCK.get(sheet.status) and not due.paused), None)
    return words("case.due", moment=moment(words, due.due_at, sheet.time_zone)) if due else None


def _history(sheet: CaseSheet, words: Words) -> Html:
    """The newest lines that fit, oldest first."""
    kept: list[Html] = []
    room = HISTORY_SHOWN
    for event in reversed(sheet.timeline):
        line = _event(event, sheet.time_zone, words)
        room -= utf16_length(line)
        if room < 0:
            break
        kept.insert(0, line)
    hidden = len(sheet.timeline) - len(kept)
    return lines(words("case.history"), words("case.earlier", count=hidden) if hidden else None, *kept)


def _event(event: EventSheet, zone: str, words: Words) -> Html:
    action = event.action.value if event.action else "submitted"
    what = words(f"case.event.{action}", unit=_speaker(event, words), satisfaction=_given(event, words))
    on = short_day(words, event.at.astimezone(ZoneInfo(zone)).date())
    said = words("case.said", text=clip(event.text, EVENT_SHOWN)) if event.text else None
    return lines(words("case.event_on", on=on, what=what), said)


def _given(event: EventSheet, words: Words) -> Html:
    """The rating that a line of the history tells of."""
    given = event.data.get("satisfaction")
    return satisfaction_name(words, Satisfaction(str(given))) if given else Html("")


def _speaker(event: EventSheet, words: Words) -> Html:
    return plain(event.unit) if event.unit else words("case.desk")


def _rows(sheet: CaseSheet, words: Words) -> tuple[tuple[Button, ...], ...]:
    """One button for each thing that the citizen may do now, then the files; where there is neither, the way on."""
    acts = tuple(
        (Button(_label(action, sheet, words), make(sheet.number)),)
        for action, make in BY_CITIZEN.items()
        if action in sheet.actions
    )
    return (*acts, *evidence.button(sheet, words)) or first_choices(words)


def _label(action: Action, sheet: CaseSheet, words: Words) -> Html:
    if action is Action.RATE and sheet.satisfaction:
        return words("case.do.rate_again")
    return words(f"case.do.{action.value}")


def _listed(place: int, line: CaseLine, words: Words) -> Html:
    status = status_name(words, line.status)
    summary = clip(line.summary, 80) or words("case.voice_only")
    return lines(
        words("case.listed", place=place, number=line.number, status=status, summary=summary),
        words("support.count", count=line.supporters + 1) if line.supporters else None,
    )


def _button(words: Words, key: str, verb: Verb, *args: object) -> Button:
    return Button(words(key), tap(verb, *args))
