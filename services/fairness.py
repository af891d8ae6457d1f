"""Keeps a flood of one person from everybody else: answered once, then passed over; nobody else notices."""

from __future__ import annotations

from datetime import datetime

from domain.fair_use import DAY, MINUTE, Admission, admission
from domain.refusals import Enough
from services.caller import Caller
from services.office import Office
from storage.tables_privacy import Flood
from storage.unit_of_work import Cause, UnitOfWork


class Fairness:
    """Counts in the register, so that several processes and a restart count alike."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def admit(self, by: Caller) -> Admission:
        """Decides for certain: one answer leaves, and what is passed over is marked as worked, the backlog with it."""
        if by.cause is None:
            return Admission.WORK
        async with self._office.database.work(by.cause) as work:
            flood, now = await work.floods.of(by.person_id), self._office.clock()
            times = (flood.until, flood.answered_at) if flood else (None, None)
            came = await work.inbox.received_between(by.cause.update_id, now - MINUTE, now)
            decided = admission_of(self._office, came, *times)
            if decided is not Admission.WORK:
                if flood is None:
                    flood = Flood(person_id=by.person_id, until=now, answered_at=now)
                    work.floods.add(flood)
                flood.until = max(flood.until, now + MINUTE) if flood.until <= now else flood.until
                flood.answered_at = now if decided is Admission.ANSWER else flood.answered_at
                await work.inbox.shed(by.cause.update_id, now)
                await work.commit()
        return decided

    async def may_look(self, cause: Cause | None) -> bool:
        """Whether a group is shown something once more: all of it together may send in a minute what one person may.

        Nothing is written down, since whoever floods there has a private chat too, and work in both.
        """
        if cause is None:
            return True
        now = self._office.clock()
        async with self._office.database.reading() as work:
            count = await work.inbox.received_between(cause.update_id, now - MINUTE, now)
        return count <= self._office.limits.messages_per_minute


def admission_of(office: Office, came: int, until: datetime | None, told_at: datetime | None) -> Admission:
    """Whether an update is to be worked, by how many have come within a minute.

    `until` and `told_at` are of the flood of this person that was noticed last.
    """
    return admission(came, office.limits.messages_per_minute, until, told_at, office.clock())


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
