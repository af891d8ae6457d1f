"""Complaints that are not sent yet, as a list in words: what they are about, where they stopped, and when."""

from __future__ import annotations

from collections.abc import Sequence

from locales.translator import Html, Words, plain
from services.draft_sheets import DraftLine
from services.office import HOME_ZONE
from views.dates import day_of
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

LABEL_LIMIT = 60
"""Characters of a label; phones cut longer ones."""


def waiting(found: Sequence[DraftLine], words: Words) -> Screen:
    """Every draft with its number, and last a new one."""
    another = Button(words("draft.button_new"), tap(Verb.ANOTHER))
    if not found:
        return choice_screen(words("draft.none"), (another,))
    resumed = tuple(Button(_name(line, words), tap(Verb.RESUME, line.id)) for line in found)
    listed = (
        lines(Html(f"{place}. {plain(button.label)}"), _stopped(line, words))
        for place, (button, line) in enumerate(zip(resumed, found, strict=True), start=1)
    )
    last = Html(f"{len(found) + 1}. {plain(another.label)}")
    text = paragraph(words("draft.waiting"), *listed, last, words("draft.how"))
    return Screen(text, tuple((button,) for button in (*resumed, another)))


def unsent(line: DraftLine, words: Words) -> Screen:
    """A word that comes by itself about a draft that waits. It repeats nothing: others may see the telephone."""
    text = paragraph(
        words("draft.unsent.title"),
        lines(
            words("draft.stopped", step=words(f"draft.step.{line.step.value}")),
            words("draft.since", day=day_of(words, line.updated_at, HOME_ZONE)),
        ),
        words("draft.unsent.kept"),
        words("draft.unsent.how"),
    )
    return choice_screen(text, (Button(words("draft.unsent.button"), tap(Verb.RESUME, line.id)),))


def _name(line: DraftLine, words: Words) -> str:
    """A label starts with words and not with the marks that somebody began with."""
    told = line.summary.lstrip("“”\"'()[]<>*-.,!? ")
    if told and told[0].isalnum():
        return clip(told, LABEL_LIMIT)
    return clip(f"{words('draft.untold')} {told}".strip(), LABEL_LIMIT)


def _stopped(line: DraftLine, words: Words) -> Html:
    return lines(
        words("draft.stopped", step=words(f"draft.step.{line.step.value}")),
        words("draft.files", count=line.files) if line.files else None,
        words("draft.since", day=day_of(words, line.updated_at, HOME_ZONE)),
    )
