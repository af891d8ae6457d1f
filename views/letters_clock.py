"""Letters that the clock owes: late, "sudah beres?", dates that moved, lateness that has climbed, a request."""

from __future__ import annotations

from collections.abc import Iterable

from domain.lifecycle import Action
from locales.translator import Html, Words, plain
from services.case_sheets import CaseSheet
from services.clock_sheets import EscalatedLine, LateSheet, MovedLine, MovedSheet
from services.request_sheets import RequestSheet
from views.dates import day, day_of, moment
from views.holidays import holiday_line
from views.letter_parts import due_lines, number_line, offers
from views.naming import role_name
from views.requests import request_rows, request_text
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

SHOWN = 10
"""Lines of a list in one letter; the rest is counted."""

VALUE_SHOWN, OFFICE_SHOWN = 200, 120
"""UTF-16 units of an office's name, alone and in a list."""


def late(case: CaseSheet, sheet: LateSheet, words: Words) -> Screen:
    """It is late, who holds it, who was told, and who is told next if nothing comes."""
    text = paragraph(
        words(
            f"clock.late.{sheet.clock.value}",
            number=case.number,
            moment=moment(words, sheet.due_at, sheet.time_zone),
        ),
        words("clock.late.holder", office=_holder(case, words)),
        lines(*(words("clock.late.told", role=role_name(words, role), day=day(words, on)) for role, on in sheet.told)),
        _next(sheet, words),
        words("clock.late.how", number=case.number),
    )
    why = (Button(words("clock.late.button_why"), tap(Verb.WHY, case.number)),)
    return choice_screen(text, why, *offers(case, words, (Action.ADD_INFORMATION,)))


def _holder(case: CaseSheet, words: Words) -> Html:
    office = case.unit or case.government
    return plain(clip(office, VALUE_SHOWN)) if office else words("letter.desk")


def _next(sheet: LateSheet, words: Words) -> Html | None:
    if sheet.next_tier is None or sheet.next_on is None:
        return None
    return words("clock.late.next", role=role_name(words, sheet.next_tier), day=day(words, sheet.next_on))


def ask_outcome(case: CaseSheet, words: Words) -> Screen:
    """Sudah beres? Ya or Belum; silence closes it on the announced date."""
    text = paragraph(
        words("clock.ask_outcome.title"),
        number_line(case, words),
        words("clock.ask_outcome.said", office=_holder(case, words)),
        due_lines(case, words, *(due.clock for due in case.due)),
    )
    rows = (
        (Button(words("clock.ask_outcome.yes"), tap(Verb.CONFIRM, case.number)),)
        if Action.CONFIRM in case.actions
        else (),
        (Button(words("clock.ask_outcome.no"), tap(Verb.COMPOSE, case.number, "reopen")),)
        if Action.REOPEN in case.actions
        else (),
    )
    return choice_screen(text, *(row for row in (*rows, *offers(case, words, ())) if row))


def moved(sheet: MovedSheet, words: Words) -> Screen:
    """Dates that moved, the old and the new one, and the days because of which."""
    shown, hidden = sheet.lines[:SHOWN], len(sheet.lines) - SHOWN
    text = paragraph(
        words("clock.moved.title"),
        lines(words("clock.moved.free"), *(holiday_line(each, words) for each in sheet.free[:SHOWN]))
        if sheet.free
        else None,
        lines(words("clock.moved.working"), *(holiday_line(each, words) for each in sheet.working[:SHOWN]))
        if sheet.working
        else None,
        *(_moved(line, words) for line in shown),
        words("clock.more", count=hidden) if hidden > 0 else None,
        words("clock.moved.how", number=sheet.lines[0].number),
    )
    return choice_screen(text, *_shows((line.number for line in shown), words))


def _moved(line: MovedLine, words: Words) -> Html:
    return words(
        "clock.moved.line",
        number=line.number,
        clock=words(f"clock.{line.clock.value}"),
        before=day_of(words, line.before, line.time_zone),
        due=moment(words, line.due_at, line.time_zone),
    )


def escalation(found: tuple[EscalatedLine, ...], words: Words) -> Screen:
    """What has climbed to the reader, the oldest first; who sees figures only gets no button to the text."""
    shown, hidden = found[:SHOWN], len(found) - SHOWN
    text = paragraph(
        words("clock.escalation.title", count=len(found)),
        *(_escalated(line, words) for line in shown),
        words("clock.more", count=hidden) if hidden > 0 else None,
        words("clock.escalation.how"),
    )
    return choice_screen(text, *_shows((line.number for line in shown if line.summary is not None), words))


def _escalated(line: EscalatedLine, words: Words) -> Html:
    return lines(
        words(
            "clock.escalation.line",
            number=line.number,
            clock=words(f"clock.{line.clock.value}"),
            day=day_of(words, line.due_at, line.time_zone),
            count=line.days_late,
        ),
        plain(clip(line.office, OFFICE_SHOWN)) if line.office else words("letter.desk"),
        plain(clip(line.summary, OFFICE_SHOWN)) if line.summary else None,
    )


def request(sheet: RequestSheet, words: Words) -> Screen:
    """A unit asks its coordinator; two buttons answer."""
    return choice_screen(request_text(sheet, words), *request_rows(sheet, words))


def _shows(numbers: Iterable[str], words: Words) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (Button(words("clock.button_show", number=number), tap(Verb.SHOW, number)),)
        for number in dict.fromkeys(numbers)
    )
