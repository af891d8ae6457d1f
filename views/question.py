"""The question that stands open for somebody: a practice before words for a complaint, and those before a draft."""

from __future__ import annotations

from locales.translator import Words
from services.composition_sheets import CompositionSheet
from services.draft_sheets import DraftSheet
from services.practice_sheets import PracticeSheet
from views import desk_composition, intake, practice
from views.screen import Screen


def question(
    practised: PracticeSheet | None, writing: CompositionSheet | None, draft: DraftSheet | None, words: Words
) -> Screen | None:
    """What was asked last and has not been answered; None when nothing was."""
    if practised is not None:
        return practice.screen(practised, words)
    if writing is not None:
        return desk_composition.screen(writing, words)
    return None if draft is None else intake.screen(draft, words)
