"""The review of a draft: what was told, what the officer and the public will see, and a way to mend each part."""

from __future__ import annotations

from collections.abc import Callable

from domain.drafting import Step
from locales.translator import Html, Words, plain
from services.case_sheets import CandidateSheet
from services.draft_sheets import DraftSheet
from views.citizen_cases import public_told
from views.letter_parts import QUOTED
from views.naming import kind_name
from views.screen import Button, Screen, clip, lines, numbered, paragraph, utf16_length
from views.taps import Verb, tap
from views.told import occurred_text, place_text, told

VALUE_SHOWN = 200
"""Characters of a value."""

PHRASES_SHOWN = 3
PHRASE_SHOWN = 60


def screen(sheet: DraftSheet, words: Words) -> Screen:
    """Everything once more, before it leaves, as each of its readers will see it."""
    rows = _rows(sheet, words)
    text = paragraph(
        words("review.title"),
        lines(*_told(sheet, words)),
        *_seen(sheet, words),
        _warning(sheet, words),
        words("review.accuses") if sheet.accuses else None,
        words("review.how"),
        numbered(button for row in rows for button in row),
    )
    return Screen(text, rows)


def _told(sheet: DraftSheet, words: Words) -> tuple[Html, ...]:
    """What was understood or is missing; the rest stands in the officer's view."""
    missing = words("review.missing")
    values = {
        Step.KIND: kind_name(words, sheet.kind) if sheet.kind else missing,
        Step.PLACE: None if sheet.place and place_text(sheet.place, words) else missing,
        Step.TIME: occurred_text(sheet.occurred, words),
        Step.EVIDENCE: None if sheet.files else words("review.no_files"),
        Step.AGENCY: _office(sheet, words),
    }
    return tuple(words(f"review.{step.value}", value=value) for step, value in values.items() if value)


def _office(sheet: DraftSheet, words: Words) -> Html:
    if sheet.chosen is None or not 0 <= sheet.chosen < len(sheet.candidates):
        return words("review.agency_unknown")
    return plain(office_text(sheet.candidates[sheet.chosen], VALUE_SHOWN))


def _seen(sheet: DraftSheet, words: Words) -> tuple[Html | None, ...]:
    """What leaves, made by the very parts of the officer's card and of the public's page."""
    if sheet.officer is None or sheet.public is None:
        return ()
    point = sheet.place is not None and sheet.place.point is not None
    return (
        lines(
            words("review.officer"),
            told(sheet.officer, words),
            words("review.point_too") if point else None,
            words("review.shortened") if utf16_length(sheet.text) > QUOTED else None,
        ),
        lines(words("review.public"), public_told(sheet.public, words)),
        words("review.masked") if _covers(sheet) else None,
    )


def _covers(sheet: DraftSheet) -> bool:
    """Whether the officer reads less than the citizen wrote."""
    officer = sheet.officer
    return officer is not None and (sheet.text, sheet.occurred, sheet.shown_name) != (
        officer.text,
        officer.occurred,
        officer.reporter or sheet.shown_name,
    )


def _warning(sheet: DraftSheet, words: Words) -> Html | None:
    """The words by which a text tells who wrote it; only its writer can judge them."""
    if not sheet.telling:
        return None
    quotes = "; ".join(f"“{clip(phrase, PHRASE_SHOWN)}”" for phrase in sheet.telling[:PHRASES_SHOWN])
    return words("review.telling_anonymous" if sheet.anonymous else "review.telling", phrases=quotes)


def _rows(sheet: DraftSheet, words: Words) -> tuple[tuple[Button, ...], ...]:
    edit = _editor(sheet, words)
    name = () if sheet.anonymous else (edit(Step.NAME),)
    return (
        (Button(words("review.button_send"), tap(Verb.SUBMIT, sheet.id)),),
        (edit(Step.TEXT), edit(Step.KIND)),
        (edit(Step.PLACE), edit(Step.TIME)),
        (edit(Step.EVIDENCE), edit(Step.AGENCY)),
        (edit(Step.PRIVACY), *name),
        (Button(words("intake.button_discard"), tap(Verb.DISCARD, sheet.id)),),
    )


def _editor(sheet: DraftSheet, words: Words) -> Callable[[Step], Button]:
    return lambda step: Button(words(f"review.edit_{step.value}"), tap(Verb.EDIT, sheet.id, step))


def office_text(candidate: CandidateSheet, limit: int) -> str:
    """The office as it is named to people: the unit, then its government, unless one name already holds the other."""
    if candidate.unit is None or candidate.unit in candidate.agency:
        return clip(candidate.agency, limit)
    return clip(f"{candidate.unit}, {candidate.agency}", limit)
