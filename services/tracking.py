"""A citizen follows what was filed: the list, one case, the outcome, the rating."""

from __future__ import annotations

from domain.drafting import RATING_CHANGEABLE, Satisfaction
from domain.lifecycle import Action, Status
from domain.permissions import allow
from domain.refusals import NotUnderstood
from services.caller import Caller
from services.case_sheets import CaseLine, CaseSheet
from services.handling import PAGE
from services.listing import Lister
from services.looking import note_look
from services.moves import Mover, Words, subject_of
from services.office import Office
from services.reading import Reader
from services.seeking import find_any
from storage.tables_complaints import Complaint, Rating
from storage.unit_of_work import UnitOfWork

ANSWERABLE = frozenset(Status) - {Status.WITHDRAWN}
"""Statuses in which the citizen's words still reach somebody; what was put away can be objected to."""

LISTENING = 20
"""The newest of somebody's complaints that words may belong to."""


class Tracking:
    """What the person who complained may see and say. A stranger sees the public face of a number."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def mine(self, by: Caller, page: int = 0) -> tuple[CaseLine, ...]:
        """What the caller has filed, newest first; one page."""
        async with self._office.database.reading() as work:
            found = await work.complaints.of_person(by.person_id, PAGE, page * PAGE)
            return await Lister(self._office, work, by.actor).lines(found)

    async def open_numbers(self, by: Caller) -> tuple[CaseLine, ...]:
        """Those to which something can still be said, newest first."""
        async with self._office.database.reading() as work:
            found = await work.complaints.of_person(by.person_id, LISTENING, among=ANSWERABLE)
            return await Lister(self._office, work, by.actor).lines(found)

    async def look(self, by: Caller, number: str) -> CaseSheet:
        """The case for its citizen and for who works on it, its public face for anybody else."""
        if by.actor.memberships:
            await self._note_look(by, number)
        async with self._office.database.reading() as work:
            complaint = await find_any(work, number)
            return await Reader(self._office, work, by.actor).case(complaint)

    async def _note_look(self, by: Caller, number: str) -> None:
        """Writes down that somebody on duty opened it, by the citizens' door."""
        async with self._office.database.work() as work:
            if await note_look(self._office, work, by.actor, await find_any(work, number)):
                await work.commit()

    async def confirm(self, by: Caller, number: str) -> CaseSheet:
        """The citizen says that it is solved: only this makes it so."""
        return await self._act(by, number, Action.CONFIRM)

    async def rate(self, by: Caller, number: str, satisfaction: Satisfaction) -> CaseSheet:
        """Keeps the rating of this round, one per round; for a day the citizen may think better of it.

        Raises `NotUnderstood("rated_already")` after that.
        """
        async with self._office.database.work(by.cause) as work:
            complaint = await find_any(work, number)
            government = await self._office.government(work, complaint.government_id)
            allow(by.actor, Action.RATE, subject_of(complaint, government))
            if await self._rate(work, complaint, satisfaction):
                words = Words(data={"satisfaction": satisfaction.value})
                await Mover(self._office, work).move(complaint, by.actor, Action.RATE, words)
            await work.flush()
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def _rate(self, work: UnitOfWork, complaint: Complaint, satisfaction: Satisfaction) -> bool:
        """Writes the rating down; returns False when it says what it said before."""
        rating, now = await work.complaints.rating_of(complaint), self._office.clock()
        if rating is None:
            work.complaints.rate(
                Rating(
                    complaint_id=complaint.id,
                    round=complaint.round,
                    satisfaction=satisfaction,
                    first_rated_at=now,
                    rated_at=now,
                )
            )
            return True
        if now >= rating.first_rated_at + RATING_CHANGEABLE:
            raise NotUnderstood("rated_already")
        changed = rating.satisfaction is not satisfaction
        rating.satisfaction, rating.rated_at = satisfaction, now
        return changed

    async def _act(self, by: Caller, number: str, action: Action) -> CaseSheet:
        async with self._office.database.work(by.cause) as work:
            complaint = await find_any(work, number)
            await Mover(self._office, work).move(complaint, by.actor, action)
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet
