"""A citizen follows what was filed: the list, one case, the outcome, the rating."""

from __future__ import annotations

from domain.drafting import Satisfaction
from domain.lifecycle import OPEN_STATUSES, Action, Status
from domain.permissions import allow
from services.caller import Caller
from services.moves import Mover, subject_of
from services.office import Office
from services.reading import Reader
from services.seeking import find_any
from services.sheets import CaseLine, CaseSheet
from storage.tables import Rating

ANSWERABLE = OPEN_STATUSES | {Status.DONE, Status.CLOSED}
"""Statuses in which the citizen's words still reach somebody."""


class Tracking:
    """What the person who complained may see and say. A stranger sees the public face of a number."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def mine(self, by: Caller) -> tuple[CaseLine, ...]:
        """What the caller has filed, newest first."""
        async with self._office.database.reading() as work:
            found = await work.complaints.of_person(by.person_id)
            return await Reader(self._office, work, by.actor).lines(found)

    async def open_numbers(self, by: Caller) -> tuple[CaseLine, ...]:
        """Those to which something can still be added, newest first."""
        return tuple(line for line in await self.mine(by) if line.status in ANSWERABLE)

    async def look(self, by: Caller, number: str) -> CaseSheet:
        """The case for its citizen and for who works on it, its public face for anybody else."""
        async with self._office.database.reading() as work:
            complaint = await find_any(work, number)
            return await Reader(self._office, work, by.actor).case(complaint)

    async def confirm(self, by: Caller, number: str) -> CaseSheet:
        """The citizen says that it is solved: only this makes it so."""
        return await self._act(by, number, Action.CONFIRM)

    async def withdraw(self, by: Caller, number: str) -> CaseSheet:
        """The citizen takes it back."""
        return await self._act(by, number, Action.WITHDRAW)

    async def rate(self, by: Caller, number: str, satisfaction: Satisfaction) -> CaseSheet:
        """Keeps the rating of this round; a later one of the same round replaces it."""
        async with self._office.database.work(by.cause) as work:
            complaint = await find_any(work, number)
            government = await self._office.government(work, complaint.government_id)
            allow(by.actor, Action.RATE, subject_of(complaint, government))
            rating = await work.complaints.rating_of(complaint)
            now = self._office.clock()
            if rating is None:
                fresh = Rating(
                    complaint_id=complaint.id, round=complaint.round, satisfaction=satisfaction, rated_at=now
                )
                work.complaints.rate(fresh)
            else:
                rating.satisfaction, rating.rated_at = satisfaction, now
            await work.flush()
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet

    async def _act(self, by: Caller, number: str, action: Action) -> CaseSheet:
        async with self._office.database.work(by.cause) as work:
            complaint = await find_any(work, number)
            await Mover(self._office, work).move(complaint, by.actor, action)
            sheet = await Reader(self._office, work, by.actor).case(complaint)
            await work.commit()
            return sheet
