"""Others with the same trouble: the offer before sending, what came of joining, and what somebody supports."""

from __future__ import annotations

from collections.abc import Sequence

from domain.drafting import Step
from locales.translator import Html, Words
from services.case_sheets import CaseSheet
from services.draft_sheets import DraftSheet
from services.support_sheets import SimilarLine, SupportSheet
from services.supporting import PAGE
from views.dates import day_of
from views.naming import sector_name, status_name
from views.queue import turns_of
from views.screen import Button, Screen, choice_screen, clip, lines, numbered, paragraph
from views.taps import Verb, tap
from views.told import files_text

SUMMARY_SHOWN = 80

Row = tuple[Button, ...]


def offer(sheet: DraftSheet, words: Words) -> Screen:
    """Others have told of the same: join one of them, send all the same, or look once more."""
    joins = tuple(_join(sheet, line, words) for line in sheet.similar)
    rows = (
        *((button,) for button in joins),
        (Button(words("support.button_new"), tap(Verb.SUBMIT_NEW, sheet.id)),),
        (Button(words("support.button_review"), tap(Verb.EDIT, sheet.id, Step.REVIEW)),),
    )
    listed = (similar_line(line, words) for line in sheet.similar)
    found = paragraph(words("support.found"), *listed, words("support.found_how"))
    text = found if joins else words("support.gone")
    return Screen(paragraph(text, numbered(button for row in rows for button in row), words("intake.stop")), rows)


def ask_tell(sheet: DraftSheet, number: str, words: Words) -> Screen:
    """Shall the words and files of the draft go along?"""
    files = words("support.tell_files", files=files_text(sheet.files, words)) if sheet.files else None
    return choice_screen(
        paragraph(words("support.ask_tell", number=number), files, words("support.ask_tell_how")),
        (Button(words("support.button_tell"), tap(Verb.JOIN_TELL, sheet.id, number, "yes")),),
        (Button(words("support.button_only"), tap(Verb.JOIN_TELL, sheet.id, number, "no")),),
    )


def joined(sheet: SupportSheet, words: Words) -> Screen:
    """Support is counted; what follows, and how to leave."""
    text = paragraph(
        words("support.joined_before" if sheet.repeated else "support.joined", number=sheet.number),
        words("support.count", count=sheet.supporters + 1),
        words("support.told") if sheet.told else None,
        words("support.joined_how"),
    )
    return choice_screen(text, (show_button(sheet.number, words),), (leave_button(sheet.number, words),))


def left(sheet: CaseSheet, words: Words) -> Screen:
    """Support was taken back."""
    return choice_screen(words("support.left", number=sheet.number), (show_button(sheet.number, words),))


def mine(found: Sequence[SimilarLine], page: int, words: Words) -> Screen:
    """What somebody supports, the latest first."""
    turns = turns_of(page, words, Verb.SUPPORTED, later=len(found) >= PAGE)
    if not found:
        return choice_screen(words("support.none" if page == 0 else "desk.page_empty"), *turns)
    rows = (*((Button(line.number, tap(Verb.TRACK, line.number)),) for line in found), *turns)
    return choice_screen(paragraph(words("support.mine"), *(similar_line(line, words) for line in found)), *rows)


def support_rows(sheet: CaseSheet, words: Words) -> tuple[Row, ...]:
    """What somebody may do about a complaint of others."""
    if sheet.supporting:
        return ((leave_button(sheet.number, words),),)
    if sheet.may_support:
        return ((Button(words("support.button_join"), tap(Verb.SUPPORT, sheet.number)),),)
    return ()


def show_button(number: str, words: Words) -> Button:
    """To the public face: staff who support as citizens see it as citizens do."""
    return Button(words("case.button_show"), tap(Verb.TRACK, number))


def leave_button(number: str, words: Words) -> Button:
    """To take support back."""
    return Button(words("support.button_leave"), tap(Verb.SUPPORT_LEAVE, number))


def _join(sheet: DraftSheet, line: SimilarLine, words: Words) -> Button:
    label = words("support.button_join")
    # One needs no number; among several the number says which.
    shown = label if len(sheet.similar) == 1 else f"{label}: {line.number}"
    return Button(shown, tap(Verb.JOIN, sheet.id, line.number))


def similar_line(line: SimilarLine, words: Words) -> Html:
    """A complaint as it may be shown to anybody: subject, area, since when, how it stands, how many."""
    topic = sector_name(words, line.sector) if line.sector else words("sector.other")
    return lines(
        words("support.line", number=line.number, topic=topic),
        words("support.line_area", area=line.area) if line.area else None,
        words("support.line_since", day=day_of(words, line.received_at, line.time_zone)),
        words("support.line_status", status=status_name(words, line.status)),
        words("support.count", count=line.supporters + 1),
        words("support.line_words", summary=clip(line.summary, SUMMARY_SHOWN)) if line.summary else None,
    )
