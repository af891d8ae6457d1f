"""A citizen has the same trouble as somebody else: joins, with own words if they like, and may leave again."""

from __future__ import annotations

from domain.drafting import DraftState, Step
from domain.lifecycle import Action
from domain.permissions import allow
from domain.refusals import ComplaintNotFound, DraftMissing, NotAllowed, StaleStep
from services.caller import Caller
from services.case_sheets import CaseSheet
from services.draft_sheets import DraftSheet
from services.drafting import DraftDesk
from services.listing import Lister
from services.moves import Mover, Words, subject_of
from services.office import Office
from services.reading import Reader
from services.seeking import find_any
from services.similar import may_be_offered
from services.support_sheets import SimilarLine, SupportSheet
from storage.tables_complaints import Complaint
from storage.tables_drafts import Draft
from storage.unit_of_work import UnitOfWork

PAGE = 8


class Supporting:
    """Nobody supports what is theirs, what they work on, or twice; neither side learns who the other is."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def offer(self, by: Caller, draft_id: int) -> DraftSheet | None:
        """Asks, when a draft is about to be sent, whether its writer rather joins somebody who told the same.

        None when nobody has, or when the draft is not at its end: then sending decides.
        """
        async with self._office.database.work(by.cause) as work:
            desk = DraftDesk(self._office, work)
            draft = await work.drafts.open_of(by.person_id)
            if draft is None or draft.id != draft_id or draft.step not in (Step.REVIEW, Step.SIMILAR):
                return None
            if draft.step is Step.REVIEW and not await desk.look_around(draft):
                return None
            sheet = await desk.sheet(draft)
            await work.commit()
            return sheet

    async def join(self, by: Caller, number: str) -> SupportSheet:
        """Supports a complaint that was looked at; raises `NotAllowed` or `NotNow`."""
        async with self._office.database.work(by.cause) as work:
            complaint = await find_any(work, number)
            added = await self._support(work, by, complaint)
            await work.commit()
            return SupportSheet(complaint.number, complaint.supporters, repeated=not added)

    async def join_instead(self, by: Caller, draft_id: int, number: str, *, tell: bool) -> SupportSheet:
        """Supports instead of sending a draft, which ends; with `tell` its words and files go to whoever works on it.

        A second tap gives the same again.
        """
        async with self._office.database.work(by.cause) as work:
            draft = await work.drafts.get(draft_id)
            if draft is None or draft.person_id != by.person_id:
                raise DraftMissing
            complaint = await find_any(work, number)
            if draft.state is DraftState.SUPPORTED and draft.complaint_id == complaint.id:
                return SupportSheet(complaint.number, complaint.supporters, repeated=True)
            if draft.state is not DraftState.OPEN or draft.step is not Step.SIMILAR:
                raise StaleStep
            await self._support(work, by, complaint)
            if tell:
                await self._tell(work, by, draft, complaint)
            draft.state, draft.complaint_id = DraftState.SUPPORTED, complaint.id
            draft.updated_at = self._office.clock()
            await work.commit()
            return SupportSheet(complaint.number, complaint.supporters, told=tell)

    async def leave(self, by: Caller, number: str) -> CaseSheet:
        """Takes the support back, in whatever status; raises `StaleStep` when there is none."""
        async with self._office.database.work(by.cause) as work:
            complaint = await find_any(work, number)
            if not await work.supports.remove(complaint, by.person_id):
                raise StaleStep
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def mine(self, by: Caller, page: int = 0) -> tuple[SimilarLine, ...]:
        """What the caller supports, the latest first; one page."""
        async with self._office.database.reading() as work:
            found = await work.supports.of_person(by.person_id, PAGE, page * PAGE)
            return await Lister(self._office, work, by.actor).similar_lines(found)

    async def _support(self, work: UnitOfWork, by: Caller, complaint: Complaint) -> bool:
        """Returns False for somebody who supports it already; what must not be known is not found."""
        if complaint.person_id == by.person_id:
            raise NotAllowed(Action.SUPPORT)
        if not may_be_offered(complaint, by.person_id):
            raise ComplaintNotFound
        government = await self._office.government(work, complaint.government_id)
        allow(by.actor, Action.SUPPORT, subject_of(complaint, government, supporter_id=by.person_id))
        return await work.supports.add(complaint, by.person_id, self._office.clock())

    async def _tell(self, work: UnitOfWork, by: Caller, draft: Draft, complaint: Complaint) -> None:
        """Hands words and files over as an event that only staff see: its writer is as hidden as anybody."""
        event = await Mover(self._office, work).move(complaint, by.actor, Action.SUPPORT, Words(draft.text))
        await work.evidence.hand_over(draft.id, complaint.id, event.id)
