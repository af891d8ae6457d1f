"""From which messages a draft was told, so that a later edit of one of them mends what was taken from it."""

from __future__ import annotations

from domain.drafting import Step
from services.caller import Caller
from storage.tables_drafts import Draft
from storage.unit_of_work import UnitOfWork


async def hear(
    work: UnitOfWork, draft: Draft, step: Step, by: Caller, words: str | None, *, more: bool = False
) -> None:
    """Notes from which message an answer came; with `more` it goes on with what was told before."""
    if not more:
        await work.heard.forget(draft.id, (step, Step.REGENCY) if step is Step.PLACE else (step,))
    if by.message_id is not None:
        # A name is sealed where it is kept, and not kept twice.
        told = None if step is Step.NAME else words
        await work.heard.note(by.person_id, by.message_id, told, draft_id=draft.id, step=step)


async def claim(work: UnitOfWork, draft: Draft, text: str) -> None:
    """Words that were meant for a complaint and begin a draft instead: their messages speak of the draft now."""
    for heard in await work.heard.waiting(draft.person_id):
        if heard.words and heard.words in text:
            heard.draft_id, heard.complaint_id, heard.step = draft.id, None, Step.TEXT
