"""Letters to supporters: that a complaint went a step further, in words that name nobody."""

from __future__ import annotations

from domain.lifecycle import Status
from locales.translator import Html, Words, plain
from services.case_sheets import CaseSheet, EventSheet
from views.letter_parts import quoted
from views.naming import status_name
from views.screen import Screen, choice_screen, paragraph
from views.similar import leave_button, show_button
from views.welcome import report_button

ENDED = frozenset({Status.ARCHIVED, Status.WITHDRAWN})
"""Statuses in which whoever still has the trouble had better tell of it themselves."""


def update(case: CaseSheet, event: EventSheet, words: Words) -> Screen:
    """What has happened to a complaint that the reader supports."""
    own = f"letter.supported.{event.action.value if event.action else 'step'}"
    key = own if words.has(own) else "letter.supported.step"
    text = paragraph(
        words(key, number=case.number, office=_office(case, words)),
        quoted(event.text, words),
        words("letter.supported.status", status=status_name(words, case.status)),
        words("letter.supported.still") if case.status in ENDED else None,
        words("letter.supported.why"),
    )
    report = ((report_button(words),),) if case.status in ENDED else ()
    return choice_screen(text, *report, (show_button(case.number, words),), (leave_button(case.number, words),))


def _office(case: CaseSheet, words: Words) -> Html:
    name = case.unit or case.government
    return plain(name) if name else words("letter.desk")
