"""Who is owed a message when something happens: audiences of the lifecycle become rows of the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.calendar import WorkingCalendar
from domain.lifecycle import Action, Audience, Role
from domain.messages import Notice
from storage.tables import Complaint, Event
from storage.unit_of_work import UnitOfWork

TO_ACT_AT_DESK = frozenset({Action.PASS_ON, Action.RETURN, Action.OBJECT})
"""Actions after which a coordinator has the complaint to route: they get its card and not a mere word of it."""

CARD_FOR_UNIT = frozenset({Action.FORWARD, Action.REFORWARD, Action.ADD_UNIT})
"""Actions that bring a complaint to a unit."""

WORKING_ROLES = (Role.OFFICER, Role.UNIT_HEAD, Role.INSPECTOR)


class Notices:
    """Owes messages about one complaint, within one unit of work."""

    def __init__(self, work: UnitOfWork, complaint: Complaint, calendar: WorkingCalendar, now: datetime) -> None:
        """Staff are told in their office hours, citizens at once."""
        self._work = work
        self._complaint = complaint
        self._now = now
        self._office_opens = calendar.next_opening(now)

    async def tell(self, audiences: Iterable[Audience], event: Event) -> None:
        """Owes each audience its message about an event; whoever did it is not told of it."""
        for audience in audiences:
            match audience:
                case Audience.CITIZEN:
                    await self._owe(Notice.UPDATE, [self._complaint.person_id], event)
                case Audience.UNIT:
                    await self.tell_unit(event)
                case Audience.COORDINATOR | Audience.ARBITER:
                    await self.tell_desk(event)
                case Audience.SUPPORTERS | Audience.ASKER:
                    continue

    async def tell_unit(self, event: Event) -> None:
        """Owes the unit its card or word; a unit without an active officer falls to the coordinator."""
        notice = Notice.CARD if event.action in CARD_FOR_UNIT else Notice.DESK_UPDATE
        people = await self.unit_people()
        if people or event.action not in CARD_FOR_UNIT:
            await self._owe(notice, people, event)
        else:
            await self._owe(Notice.DESK_CARD, await self.desk_people(), event)

    async def tell_desk(self, event: Event) -> None:
        """Owes the desk its card, when there is something to route, or else a word."""
        notice = Notice.DESK_CARD if event.action in TO_ACT_AT_DESK or event.action is None else Notice.DESK_UPDATE
        await self._owe(notice, await self.desk_people(), event)

    async def unit_people(self) -> list[int]:
        """Who works in the unit that holds the complaint, nobody of an accused unit among them."""
        if self._complaint.unit_id is None:
            return []
        people = await self._work.staff.in_unit(self._complaint.unit_id, WORKING_ROLES)
        return await self._not_accused(people)

    async def desk_people(self) -> list[int]:
        """The coordinators of the government, or the national admins where there is none."""
        people = await self._work.staff.at_desk(self._complaint.government_id)
        return await self._not_accused(people)

    async def _not_accused(self, people: Iterable[int]) -> list[int]:
        accused: set[int] = set()
        for unit_id in self._complaint.accused_unit_ids:
            accused.update(await self._work.staff.in_unit(unit_id, tuple(Role)))
        return [person for person in people if person not in accused]

    async def _owe(self, notice: Notice, people: Iterable[int], event: Event) -> None:
        not_before = self._now if notice is Notice.UPDATE else self._office_opens
        for person_id in people:
            if person_id == event.person_id and notice is not Notice.UPDATE:
                continue
            await self._work.outbox.add(
                f"{notice}:{event.id}:{person_id}",
                person_id,
                notice,
                self._now,
                complaint_id=self._complaint.id,
                event_id=event.id,
                not_before=not_before,
            )
