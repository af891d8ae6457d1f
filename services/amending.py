"""An edited message mends what was taken from it: the words of a draft, or those that wait to be sent."""

from __future__ import annotations

from dataclasses import dataclass

from domain.drafting import GIVEN_UP, MENDABLE, Step, next_step
from domain.refusals import NotUnderstood
from services.caller import Caller
from services.composing import STRAY, checked, fresh_serial
from services.drafting import DraftDesk
from services.office import Office
from services.reply_gate import look
from storage.tables_drafts import Draft
from storage.tables_telling import HeardMessage
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Amended:
    """What came of an edit: it was taken, or it speaks of a complaint that was `sent` already, by its number."""

    sent: str | None = None


_WHERE = frozenset({Step.PLACE, Step.PLACE_CHOICE, Step.REGENCY})
_FOLLOWING = frozenset({Step.AGENCY, Step.REVIEW, Step.SIMILAR, *_WHERE})
"""Questions that depend on what was told before them."""


class Amending:
    """Takes what somebody has changed in a message that was worked before."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def amend(self, by: Caller, text: str) -> Amended | None:
        """Puts the new words in the place of the former ones; None when nothing depends on that message any more.

        Raises `NotUnderstood` when the new words do not fit the question; then the former ones stand.
        """
        async with self._office.database.work(by.cause) as work:
            heard = await work.heard.of(by.person_id, by.message_id) if by.message_id is not None else None
            if heard is None:
                return None
            if heard.draft_id is not None:
                done = await self._mend(work, heard, text.strip())
            else:
                done = await self._mend_composition(work, heard, text) or await self._sent(work, heard)
            await work.commit()
            return done

    async def _mend(self, work: UnitOfWork, heard: HeardMessage, text: str) -> Amended | None:
        draft = await work.drafts.get(heard.draft_id) if heard.draft_id is not None else None
        if draft is None or draft.state in GIVEN_UP or heard.step not in MENDABLE:
            return None
        desk = DraftDesk(self._office, work)
        if not self._changed(desk, draft, heard, text):
            return None
        if heard.step is not Step.NAME:
            heard.words = text
        # The open question stays, unless the mended answer is one that must be asked now.
        if draft.step in _FOLLOWING or next_step(draft) in _WHERE:
            desk.advance(draft)
        return Amended()

    @staticmethod
    def _changed(desk: DraftDesk, draft: Draft, heard: HeardMessage, text: str) -> bool:
        if text.isdigit():
            # The number of a choice: which one was meant is asked at the review.
            return False
        match heard.step:
            case Step.TEXT:
                return _described(desk, draft, heard.words or "", text)
            case Step.PLACE:
                desk.occurrence(draft).take_place(text)
            case Step.REGENCY:
                draft.place_text = (draft.place_text or "").removesuffix(f", {heard.words}")
                desk.occurrence(draft).take_regency(text)
            case Step.TIME:
                desk.occurrence(draft).take_time(text)
            case _:
                desk.name(draft, text)
        return True

    async def _mend_composition(self, work: UnitOfWork, heard: HeardMessage, text: str) -> Amended | None:
        """Words that wait to be sent are changed; a button of their older preview sends nothing any more.

        What is on its way already is taken back by that, and shown once more.
        """
        row = await work.drafts.hold_composition(heard.person_id)
        before = heard.words or ""
        if row is None or row.complaint_id != heard.complaint_id or not before:
            return None
        if before in str(row.data.get(STRAY, "")):
            row.data = {**row.data, STRAY: str(row.data[STRAY]).replace(before, checked(text), 1)}
        elif row.text and before in row.text:
            row.text = checked(row.text.replace(before, text.strip(), 1))
            await look(work, row)
        else:
            return None
        heard.words = text.strip()
        row.serial, row.updated_at, row.leaves_at = fresh_serial(), self._office.clock(), None
        return Amended()

    @staticmethod
    async def _sent(work: UnitOfWork, heard: HeardMessage) -> Amended | None:
        if heard.complaint_id is None or heard.words is not None:
            return None
        complaint = await work.complaints.get(heard.complaint_id)
        return Amended(sent=complaint.number) if complaint.person_id == heard.person_id else None


def _described(desk: DraftDesk, draft: Draft, before: str, text: str) -> bool:
    """The part of the description that this message gave is replaced; other parts stay."""
    if not before:
        return desk.add_words(draft, text)
    if before not in draft.text:
        return False
    if desk.is_short(mended := draft.text.replace(before, text, 1)):
        raise NotUnderstood("text_short")
    desk.describe(draft, mended)
    return True
