"""Keeps a flood of one person from everybody else: answered once, then passed over; nobody else notices."""

from __future__ import annotations

from domain.fair_use import DAY, MINUTE, Admission, admission
from domain.refusals import Enough
from services.caller import Caller
from services.office import Office
from storage.tables_privacy import Flood
from storage.unit_of_work import UnitOfWork


class Fairness:
    """Counts in the register, so that several processes and a restart count alike."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def admit(self, by: Caller) -> Admission:
        """Whether the update is to be worked; one that is not is marked as worked, and the chat's backlog with it."""
        if by.cause is None:
            return Admission.WORK
        async with self._office.database.reading() as work:
            decided = await self._decide(work, by)
        if decided is Admission.WORK:
            return decided
        async with self._office.database.work(by.cause) as work:
            # Decided anew: only in here it is certain that one answer leaves.
            decided = await self._decide(work, by)
            now = self._office.clock()
            if decided is not Admission.WORK:
                flood = await work.floods.of(by.person_id)
                if flood is None:
                    flood = Flood(person_id=by.person_id, until=now, answered_at=now)
                    work.floods.add(flood)
                flood.until = max(flood.until, now + MINUTE) if flood.until <= now else flood.until
                flood.answered_at = now if decided is Admission.ANSWER else flood.answered_at
                await work.inbox.shed(by.cause.update_id, now)
                await work.commit()
        return decided

    async def _decide(self, work: UnitOfWork, by: Caller) -> Admission:
        now = self._office.clock()
        flood = await work.floods.of(by.person_id)
        count = await work.inbox.received_between(by.cause.update_id, now - MINUTE, now) if by.cause else 0
        until, answered_at = (flood.until, flood.answered_at) if flood else (None, None)
        return admission(count, self._office.limits.messages_per_minute, until, answered_at, now)


async def within_drafts(office: Office, work: UnitOfWork, person_id: int) -> None:
    """Raises `Enough` when a person has begun as many drafts in a day as they may."""
    limit = office.limits.drafts_per_day
    if await work.drafts.begun_since(person_id, office.clock() - DAY) >= limit:
        raise Enough("drafts", limit)


async def within_complaints(office: Office, work: UnitOfWork, person_id: int) -> None:
    """Raises `Enough` when a person has filed as many complaints in a day as they may; the draft stays."""
    limit = office.limits.complaints_per_day
    if await work.complaints.filed_since(person_id, office.clock() - DAY) >= limit:
        raise Enough("complaints", limit)
