"""The review of a draft: what was told, what the officer and the public will see, and a way to mend each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from domain.drafting import Step
from domain.masking import mask
from locales.translator import Html, Words, plain
from services.sheets import CandidateSheet, DraftSheet, FileSheet, PlaceSheet
from views.dates import day
from views.naming import kind_name
from views.screen import Button, Screen, clip, lines, numbered, paragraph
from views.taps import Verb, tap

TEXT_SHOWN = 1500
"""Characters of the description on this screen; the rest is said to be kept."""

VALUE_SHOWN = 200
"""Characters of every other value."""


def screen(sheet: DraftSheet, words: Words) -> Screen:
    """Everything once more, before it leaves."""
    rows = _rows(sheet, words)
    text = paragraph(
        words("review.title"),
        lines(*_told(sheet, words)),
        lines(*_seen(sheet, words)),
        words("review.accuses") if sheet.accuses else None,
        words("review.how"),
        numbered(button for row in rows for button in row),
    )
    return Screen(text, rows)


def _told(sheet: DraftSheet, words: Words) -> tuple[Html, ...]:
    """The fields in the order in which they were asked."""
    values = {
        Step.TEXT: _text(sheet.text, words),
        Step.KIND: kind_name(words, sheet.kind) if sheet.kind else None,
        Step.PLACE: place_text(sheet.place, words) if sheet.place else None,
        Step.TIME: _time(sheet, words),
        Step.EVIDENCE: files_text(sheet.files, words) if sheet.files else words("review.no_files"),
        Step.AGENCY: _office(sheet, words),
    }
    missing = words("review.missing")
    return tuple(words(f"review.{step.value}", value=value or missing) for step, value in values.items())


def _text(text: str, words: Words) -> Html:
    shown = plain(clip(text, TEXT_SHOWN))
    return shown if clip(text, TEXT_SHOWN) == text else lines(shown, words("review.shortened"))


def _time(sheet: DraftSheet, words: Words) -> Html:
    """The person's own words with the day that was understood in them."""
    said = plain(clip(sheet.occurred, VALUE_SHOWN)) if sheet.occurred else None
    on = day(words, sheet.occurred_on) if sheet.occurred_on else None
    if said and on:
        return words("review.understood", said=said, day=on)
    return said or on or words("review.long_ago")


def _office(sheet: DraftSheet, words: Words) -> Html:
    if sheet.chosen is None or not 0 <= sheet.chosen < len(sheet.candidates):
        return words("review.agency_unknown")
    return plain(office_text(sheet.candidates[sheet.chosen], VALUE_SHOWN))


def _seen(sheet: DraftSheet, words: Words) -> tuple[Html | None, ...]:
    """What leaves: to the officer, and to whoever knows the number."""
    public = words("review.public_hidden" if sheet.anonymous or sheet.secret else "review.public")
    covered = mask(sheet.text, lambda kind: kind).found
    return _officer(sheet, words), public, words("review.masked") if covered else None


def _officer(sheet: DraftSheet, words: Words) -> Html:
    if sheet.anonymous:
        return words("review.officer_anonymous")
    if not sheet.shown_name:
        return words("review.officer_unnamed")
    return words("review.officer_named", name=clip(sheet.shown_name, VALUE_SHOWN))


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


def place_text(place: PlaceSheet, words: Words) -> Html | None:
    """The place as it was told and as it was recognised."""
    told, label = place.words or "", place.label or ""
    # What was typed as it is written in the register need not be said twice.
    parts = (label,) if label.casefold().startswith(told.casefold().strip()) else (told, label)
    said = Html("; ".join(plain(clip(part, VALUE_SHOWN)) for part in parts if part))
    return said or (words("review.point") if place.point else None)


def files_text(files: tuple[FileSheet, ...], words: Words) -> Html:
    """How many files of each kind: "2 foto, 1 dokumen"."""
    counts = Counter(file.kind for file in files)
    return Html(", ".join(words(f"files.{kind.value}", count=count) for kind, count in counts.items()))


def office_text(candidate: CandidateSheet, limit: int) -> str:
    """The office as it is named to people: the unit, then its government, unless one name already holds the other."""
    if candidate.unit is None or candidate.unit in candidate.agency:
        return clip(candidate.agency, limit)
    return clip(f"{candidate.unit}, {candidate.agency}", limit)
