"""One answer to the open question of a draft, as one transaction; every part of the intake goes on from here."""

from __future__ import annotations

from collections.abc import Callable

from domain.drafting import MENDABLE, Step
from domain.refusals import DraftMissing, StaleStep
from services.caller import Caller
from services.draft_sheets import DraftSheet
from services.drafting import DraftDesk
from services.hearing import hear
from services.office import Office
from storage.tables_drafts import Draft
from storage.unit_of_work import UnitOfWork

CONCLUSIONS = (Step.AGENCY, Step.REVIEW, Step.SIMILAR)
"""The questions that follow from all that was told: told anew, they are asked anew."""


class Answering:
    """Answers are taken alike, whatever they are about."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def _answer(
        self,
        by: Caller,
        step: Step,
        change: Callable[[DraftDesk, Draft], None],
        draft_id: int | None = None,
        words: str | None = None,
    ) -> DraftSheet:
        """Answers the open question: refuses if it is another one, changes the draft, finds the next question."""
        async with self._office.database.work(by.cause) as work:
            desk = DraftDesk(self._office, work)
            draft = await open_draft(work, by, draft_id)
            if draft.step is not step:
                raise StaleStep
            change(desk, draft)
            if not (step is Step.PRIVACY and not draft.privacy_finished):
                desk.advance(draft)
            # Only now: it sends what has changed so far.
            if step in MENDABLE and step is not Step.REGENCY:
                await hear(work, draft, step, by, words)
            sheet = await desk.sheet(draft)
            await work.commit()
            return sheet


async def open_draft(work: UnitOfWork, by: Caller, draft_id: int | None = None) -> Draft:
    """The draft under way; raises `DraftMissing` without one, or when another is meant."""
    draft = await work.drafts.open_of(by.person_id)
    if draft is None or draft_id not in (None, draft.id):
        raise DraftMissing
    return draft
