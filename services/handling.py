"""An officer works: the unit's queue, a case, taking it and giving it back. Words go through `Correspondence`."""

from __future__ import annotations

from domain.lifecycle import Action
from domain.refusals import AlreadyTaken, ComplaintNotFound
from services.caller import Caller
from services.looking import note_look
from services.moves import Mover
from services.office import Office
from services.reading import Reader
from services.seeking import find, find_again
from services.sheets import CaseLine, CaseSheet

PAGE = 8
"""Lines of a list on one screen of a phone."""


class Handling:
    """What a unit does. Every look is through the permissions: a foreign number is answered as a missing one."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def queue(self, by: Caller, page: int = 0) -> tuple[CaseLine, ...]:
        """The open complaints of the caller's units, most pressing first; one page."""
        async with self._office.database.reading() as work:
            found = await work.complaints.open_of_units(by.actor, self._office.clock(), PAGE, page * PAGE)
            return await Reader(self._office, work, by.actor).lines(found)

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
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def of_card(self, by: Caller, message_id: int) -> str:
        """The number of the card that a message in the caller's chat is; raises `ComplaintNotFound`."""
        async with self._office.database.reading() as work:
            complaint_id = await work.outbox.complaint_of(by.person_id, message_id)
            if complaint_id is None:
                raise ComplaintNotFound
            return (await find_again(work, self._office, by.actor, complaint_id)).number
