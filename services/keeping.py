"""Several complaints that one person is telling: one at a time is open, the others are kept until they are taken up."""

from __future__ import annotations

from domain.drafting import DraftState
from domain.refusals import DraftMissing, StaleStep
from services.caller import Caller
from services.covering import summary
from services.draft_sheets import DraftLine, DraftSheet
from services.drafting import DraftDesk
from services.office import Office
from storage.tables_drafts import Draft
from storage.unit_of_work import UnitOfWork


class Keeping:
    """Raises `DraftMissing` when there is nothing to keep or to take up."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def waiting(self, by: Caller) -> tuple[DraftLine, ...]:
        """Everything that the caller has begun and not sent, the latest first."""
        async with self._office.database.reading() as work:
            return tuple([await draft_line(work, draft) for draft in await work.drafts.waiting(by.person_id)])

    async def put_aside(self, by: Caller) -> None:
        """Keeps the open draft for later."""
        async with self._office.database.work(by.cause) as work:
            draft = await work.drafts.open_of(by.person_id)
            if draft is None:
                raise DraftMissing
            await DraftDesk(self._office, work).put_aside(draft)
            await work.commit()

    async def begin_another(self, by: Caller) -> DraftSheet:
        """Opens a new draft and keeps the open one; raises `NotUnderstood("drafts_many")`."""
        async with self._office.database.work(by.cause) as work:
            desk = DraftDesk(self._office, work)
            before = await work.drafts.open_of(by.person_id)
            if before is not None:
                await desk.put_aside(before)
            kept = before is not None and before.state is DraftState.KEPT
            sheet = await desk.sheet(await desk.new(by), aside=kept)
            await work.commit()
            return sheet

    async def resume(self, by: Caller, draft_id: int) -> DraftSheet:
        """Takes up a kept draft where it stopped; the one that was open is kept instead."""
        async with self._office.database.work(by.cause) as work:
            desk = DraftDesk(self._office, work)
            draft = await work.drafts.get(draft_id)
            if draft is None or draft.person_id != by.person_id:
                raise DraftMissing
            if draft.state not in (DraftState.OPEN, DraftState.KEPT):
                raise StaleStep
            before = await work.drafts.open_of(by.person_id)
            if before is not None and before.id != draft.id:
                await desk.put_aside(before)
            draft.state = DraftState.OPEN
            sheet = await desk.sheet(draft, resumed=True)
            await work.commit()
            return sheet


async def draft_line(work: UnitOfWork, draft: Draft) -> DraftLine:
    """A draft in a list."""
    files = await work.evidence.of_draft(draft)
    told = summary(draft.text or draft.place_text or "")
    return DraftLine(draft.id, told, draft.step, len(files), draft.updated_at)
