"""An officer works: the unit's queue, a case, taking it and giving it back. Words go through `Correspondence`."""

from __future__ import annotations

from domain.lifecycle import Action
from domain.messages import Notice
from domain.queues import Tab
from domain.refusals import AlreadyTaken, StaleStep
from services.caller import Caller
from services.case_sheets import CaseSheet
from services.desk_sheets import QueueSheet
from services.listing import Lister
from services.looking import note_look
from services.moves import Mover, Words
from services.office import Office
from services.reading import Reader
from services.seeking import find, find_again
from storage.tables_complaints import Complaint
from storage.unit_of_work import UnitOfWork

PAGE = 8
"""Lines of a list on one screen of a phone."""

OVER = "over"
"""Where the event of a taking says that it was out of a colleague's hands."""


class Handling:
    """What a unit does. Every look is through the permissions: a foreign number is answered as a missing one."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def queue(self, by: Caller, page: int = 0, tab: Tab = Tab.ALL) -> QueueSheet:
        """The open complaints of the caller's units, most pressing first; one page of a tab."""
        now = self._office.clock()
        async with self._office.database.reading() as work:
            found = await work.queues.page(by.actor, now, tab, PAGE, page * PAGE)
            lines = await Lister(self._office, work, by.actor).lines(found)
            counts = await work.queues.counts(by.actor, now)
            return QueueSheet(lines, tab, page, tuple(counts.items()))

    async def look(self, by: Caller, number: str) -> CaseSheet:
        """The case, for whoever may read it; that it was opened is written down."""
        # Without the cause: to look is not what was asked for when something else is done in the same breath.
        async with self._office.database.work() as work:
            complaint = await find(work, self._office, by.actor, number)
            await note_look(self._office, work, by.actor, complaint)
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def take(self, by: Caller, number: str) -> CaseSheet:
        """Takes a complaint on; raises `AlreadyTaken` when a colleague has it. Taking twice changes nothing."""
        return await self._hold_in_hand(by, number, Action.TAKE)

    async def release(self, by: Caller, number: str) -> CaseSheet:
        """Gives a complaint back to the unit."""
        return await self._hold_in_hand(by, number, Action.RELEASE)

    async def _hold_in_hand(self, by: Caller, number: str, action: Action) -> CaseSheet:
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            holder = by.person_id if action is Action.TAKE else None
            if complaint.taken_by not in (None, by.person_id):
                raise AlreadyTaken
            if complaint.taken_by != holder:
                await Mover(self._office, work).move(complaint, by.actor, action)
                complaint.taken_by = holder
            return await self._moved(work, by, complaint)

    async def take_over(self, by: Caller, number: str, taken: int) -> CaseSheet:
        """Takes a complaint out of the hands of the colleague who took it with the event `taken`; they are told.

        Raises `StaleStep` when it lies in other hands by now: whom one takes it from is a decision.
        """
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            last, colleague = await work.timeline.last(complaint.id, Action.TAKE), complaint.taken_by
            if colleague in (None, by.person_id) or last is None or last.id != taken:
                raise StaleStep
            event = await Mover(self._office, work).move(complaint, by.actor, Action.TAKE, Words(data={OVER: True}))
            complaint.taken_by = by.person_id
            key = f"{Notice.DESK_UPDATE}:{event.id}:{colleague}"
            await work.outbox.add(
                key, colleague, Notice.DESK_UPDATE, event.at, complaint_id=complaint.id, event_id=event.id
            )
            return await self._moved(work, by, complaint)

    async def _moved(self, work: UnitOfWork, by: Caller, complaint: Complaint) -> CaseSheet:
        sheet = await Reader(self._office, work, by.actor).case(complaint)
        await work.commit()
        return sheet

    async def of_card(self, by: Caller, message_id: int) -> str | None:
        """The number of the card that a message in the caller's chat is; None when it is no card.

        Raises `ComplaintNotFound` when what it shows has left the caller's reach.
        """
        async with self._office.database.reading() as work:
            complaint_id = await work.outbox.complaint_of(by.person_id, message_id)
            if complaint_id is None:
                return None
            return (await find_again(work, self._office, by.actor, complaint_id)).number
