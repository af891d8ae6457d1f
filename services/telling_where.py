"""The part of the intake that asks where and when it happened."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from domain.drafting import Step
from domain.refusals import NotUnderstood, StaleStep
from services.answering import CONCLUSIONS, Answering, open_draft
from services.caller import Caller
from services.draft_sheets import DraftSheet
from services.drafting import DraftDesk
from services.hearing import hear
from services.occurrence import forget_agencies
from storage.tables_drafts import Draft

TIME_CHOICES = {"today": 0, "yesterday": 1, "longer": None}
"""What the buttons of the question "when" mean, in days ago; None: long ago, or not remembered."""


class TellingWhere(Answering):
    """The answers about place and time."""

    async def place(self, by: Caller, words: str) -> DraftSheet:
        """Takes a place in words: recognised, offered as a choice, or a landmark whose kabupaten is asked next."""
        async with self._office.database.work(by.cause) as work:
            desk = DraftDesk(self._office, work)
            draft = await open_draft(work, by)
            if draft.step is Step.REGENCY:
                asked = Step.REGENCY
                desk.occurrence(draft).take_regency(words)
            elif draft.step in (Step.PLACE, Step.PLACE_CHOICE):
                asked = Step.PLACE
                desk.occurrence(draft).take_place(words)
            else:
                raise StaleStep
            desk.advance(draft)
            await hear(work, draft, asked, by, words.strip())
            sheet = await desk.sheet(draft)
            await work.commit()
            return sheet

    async def locate(self, by: Caller, lat: float, lng: float) -> DraftSheet:
        """Takes a shared location at any step; one abroad or at sea is refused and the place is asked in words."""
        found = self._office.matcher.gazetteer.locate(lat, lng)
        if found is None:
            raise NotUnderstood("place_abroad")
        async with self._office.database.work(by.cause) as work:
            desk = DraftDesk(self._office, work)
            draft = await work.drafts.open_of(by.person_id) or await desk.new(by)
            desk.occurrence(draft).place_told()
            draft.place = asdict(found) | {"lat": lat, "lng": lng}
            if draft.step in (Step.PLACE, Step.PLACE_CHOICE, Step.REGENCY, *CONCLUSIONS):
                desk.advance(draft)
            sheet = await desk.sheet(draft)
            await work.commit()
            return sheet

    async def pick_place(self, by: Caller, draft_id: int, index: int | None) -> DraftSheet:
        """Takes one of the places offered, or none of them: then it is asked again."""

        def change(_desk: DraftDesk, draft: Draft) -> None:
            if index is not None:
                if not 0 <= index < len(draft.place_choices):
                    raise NotUnderstood("choice_unknown")
                draft.place = draft.place_choices[index]
            draft.place_choices = []
            forget_agencies(draft)

        return await self._answer(by, Step.PLACE_CHOICE, change, draft_id)

    async def keep_place(self, by: Caller, draft_id: int) -> DraftSheet:
        """Takes the words of the place as they were typed, although they are not recognised."""

        def change(_desk: DraftDesk, draft: Draft) -> None:
            draft.place = {}
            forget_agencies(draft)

        return await self._answer(by, Step.REGENCY, change, draft_id)

    async def occurred(self, by: Caller, words: str) -> DraftSheet:
        """Takes when it happened, in the person's words; a date in them is understood where there is one."""
        said = words.strip()
        if not said:
            raise NotUnderstood("time_unknown")

        return await self._answer(by, Step.TIME, lambda desk, draft: desk.occurrence(draft).take_time(said), words=said)

    async def pick_time(self, by: Caller, draft_id: int, which: str) -> DraftSheet:
        """Takes today, yesterday, or longer ago."""
        if which not in TIME_CHOICES:
            raise NotUnderstood("choice_unknown")
        days = TIME_CHOICES[which]

        def change(desk: DraftDesk, draft: Draft) -> None:
            draft.occurred_text = None
            draft.occurred_on = None if days is None else desk.occurrence(draft).today() - timedelta(days=days)
            desk.occurrence(draft).time_told()

        return await self._answer(by, Step.TIME, change, draft_id)
