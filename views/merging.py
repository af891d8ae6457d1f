"""One of two: what a complaint may be merged into, the last look at both, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from locales.translator import Html, Words
from services.case_sheets import CaseSheet
from services.desk_sheets import MergeSheet
from services.support_sheets import SimilarLine
from views.letter_parts import supporters_line
from views.naming import designation
from views.queue import unverified_button
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.similar import similar_line
from views.taps import Verb, tap
from views.told import place_text

TEXT_SHOWN = 1200
"""UTF-16 units of each of the two texts."""


def near(number: str, found: Sequence[SimilarLine], words: Words) -> Screen:
    """What it may be merged into."""
    back = (_show(number, words),)
    if not found:
        return choice_screen(words("merge.nothing_near", number=number), back)
    rows = ((Button(line.number, tap(Verb.MERGE_INTO, number, line.number)),) for line in found)
    text = paragraph(
        words("merge.ask", number=number), *(similar_line(line, words) for line in found), words("merge.how")
    )
    return choice_screen(text, *rows, back)


def preview(sheet: MergeSheet, words: Words) -> Screen:
    """Both complaints as the coordinator may see them, and what a second tap would do."""
    merged, main = sheet.merged.number, sheet.main.number
    text = paragraph(
        words("merge.ends", number=merged),
        _told(sheet.merged, words),
        words("merge.goes_on", number=main),
        _told(sheet.main, words),
        words("merge.people", count=sheet.people, number=main),
        words("merge.sure"),
    )
    return choice_screen(
        text,
        (Button(words("merge.button_now"), tap(Verb.MERGE_NOW, merged, main)),),
        (Button(words("merge.button_turn"), tap(Verb.MERGE_INTO, main, merged)),),
        (_show(merged, words),),
    )


def done(number: str, main: CaseSheet, words: Words) -> Screen:
    """It was merged; everybody is told."""
    text = paragraph(words("merge.done", number=number, main=main.number), supporters_line(main, words))
    return choice_screen(text, (_show(main.number, words),), (unverified_button(words),))


def ask_numbers(words: Words) -> Screen:
    """The command came without its numbers."""
    return Screen(words("merge.ask_numbers"))


def _told(case: CaseSheet, words: Words) -> Html:
    place = place_text(case.place, words) if case.place else None
    return lines(
        designation(words, case.number, case.status),
        words("told.said", text=clip(case.text, TEXT_SHOWN)) if case.text else None,
        words("told.place", place=place) if place else None,
        supporters_line(case, words),
    )


def _show(number: str, words: Words) -> Button:
    return Button(words("desk.button_show"), tap(Verb.SHOW, number))
