"""Who is owed a message when something happens: audiences of the lifecycle become rows of the outbox."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from domain.calendar import WorkingCalendar
from domain.lifecycle import FINISHED_STATUSES, OPEN_STATUSES, TELLING, Action, Audience
from domain.messages import Notice
from domain.requests import REACHES_ASKER, RequestState
from services.group_cards import GroupCards
from services.responsible import WORKING_ROLES, Responsible
from storage.tables_complaints import Complaint, Event
from storage.unit_of_work import UnitOfWork

TO_ACT_AT_DESK = frozenset({Action.PASS_ON, Action.RETURN, Action.OBJECT})
"""Actions after which a coordinator has the complaint to route: they get its card and not a mere word of it."""

CARD_FOR_UNIT = frozenset({Action.FORWARD, Action.REFORWARD, Action.ADD_UNIT})
"""Actions that bring a complaint to a unit."""

BY_ITSELF = frozenset({Action.CLOSE, Action.RESUME})
"""What may happen at night without anybody's doing: the citizen hears of it in the morning."""


class Notices:
    """Owes messages about one complaint, within one unit of work."""

    def __init__(
        self,
        work: UnitOfWork,
        complaint: Complaint,
        calendar: WorkingCalendar,
        now: datetime,
        waking: datetime | None = None,
        *,
        groups: bool = True,
    ) -> None:
        """Staff are told in office hours, citizens at once; supporters, and of what nobody did, not before `waking`.

        A unit's group is told instead of each of its people, unless `groups` is False.
        """
        self._work = work
        self._complaint = complaint
        self._now = now
        self._waking = waking or now
        self._office_opens = calendar.next_opening(now)
        self._who = Responsible.of(work)
        self._groups = GroupCards(work, complaint, now, self._office_opens) if groups else None

    async def tell(self, audiences: Iterable[Audience], event: Event) -> None:
        """Owes each audience its message about an event; whoever did it is not told of it."""
        for audience in audiences:
            match audience:
                case Audience.CITIZEN:
                    await self._owe(Notice.UPDATE, [self._complaint.person_id], event)
                case Audience.UNIT:
                    await self.tell_unit(event)
                case Audience.COORDINATOR:
                    await self.tell_desk(event)
                case Audience.ARBITER:
                    await self._tell_arbiter(event)
                case Audience.ASKER:
                    await self._tell_asker(event)
                case Audience.SUPPORTERS:
                    await self._tell_supporters(event)
        if self._groups:
            await self._groups.touch(event)

    async def tell_unit(self, event: Event) -> None:
        """Owes the unit its card or word; the coordinator where it has no active officer, or may not hear it."""
        if event.action is Action.ADD_UNIT:
            await self._tell_added(event)
            return
        if event.action is Action.REMOVE_UNIT:
            await self._tell_removed(event)
            return
        if self._stranded(event):
            await self._owe(Notice.DESK_CARD, await self._who.desk_people(self._complaint), event)
            return
        notice = Notice.CARD if event.action in CARD_FOR_UNIT else Notice.DESK_UPDATE
        people = await self._who.unit_people(self._complaint)
        if people and await self._group_is_told(self._complaint.unit_id, event):
            return
        if event.action is Action.NOTE:
            people = list(dict.fromkeys((*people, *await self._helping_people())))
        if people or event.action not in CARD_FOR_UNIT:
            await self._owe(notice, people, event)
        else:
            await self._owe(Notice.DESK_CARD, await self._who.desk_people(self._complaint), event)

    async def _group_is_told(self, unit_id: int | None, event: Event) -> bool:
        """Owes it to the group of a unit; False where there is none that may hear of it."""
        if self._groups is None or unit_id is None:
            return False
        arrives = event.action in CARD_FOR_UNIT and event.data.get("unit_id", unit_id) == unit_id
        tell = self._groups.arrive if arrives else self._groups.say
        return await tell(unit_id, event)

    async def tell_desk(self, event: Event) -> None:
        """Owes the desk its card, when there is something to route, or else a word."""
        acts = event.action in TO_ACT_AT_DESK or event.action is None or self._stranded(event)
        card = Notice.DESK_CARD if acts else Notice.DESK_UPDATE
        notice = Notice.REQUEST if event.action is Action.REQUEST else card
        if await self._who.arbiters(self._complaint):
            notice = Notice.DESK_UPDATE
        await self._owe(notice, await self._who.coordinators(self._complaint), event)

    def _stranded(self, event: Event) -> bool:
        """Whether somebody tells more of what lies with a unit that it accuses: another must have it."""
        goes_on = self._complaint.status in OPEN_STATUSES | FINISHED_STATUSES
        return goes_on and event.role in TELLING and self._complaint.unit_id in self._complaint.accused_unit_ids

    async def _tell_arbiter(self, event: Event) -> None:
        """Owes the arbiter the card of a complaint that was returned once more."""
        await self._owe(Notice.DESK_CARD, await self._who.arbiters(self._complaint), event)

    async def _tell_added(self, event: Event) -> None:
        """Owes the unit that helps from now on its card, and the one that leads a word."""
        people = await self._work.staff.in_unit(event.data["unit_id"], WORKING_ROLES)
        added = await self._who.not_accused(self._complaint, people)
        if not (added and await self._group_is_told(event.data["unit_id"], event)):
            await self._owe(Notice.CARD, added, event)
        await self._tell_leading(added, event)

    async def _tell_removed(self, event: Event) -> None:
        """Owes a word to each of the unit that helps no more, whose group may not hear it now, and to who leads."""
        people = await self._work.staff.in_unit(event.data["unit_id"], WORKING_ROLES)
        removed = await self._who.not_accused(self._complaint, people)
        await self._owe(Notice.DESK_UPDATE, removed, event)
        await self._tell_leading(removed, event)

    async def _tell_leading(self, told: Collection[int], event: Event) -> None:
        """Owes the unit that leads a word of one that helps, but for who has been told."""
        leading = [each for each in await self._who.unit_people(self._complaint) if each not in told]
        if not (leading and await self._group_is_told(self._complaint.unit_id, event)):
            await self._owe(Notice.DESK_UPDATE, leading, event)

    async def _helping_people(self) -> list[int]:
        """Who works in the units that take part, nobody of an accused unit among them."""
        helping = [
            await self._work.staff.in_unit(each.unit_id, WORKING_ROLES) for each in self._complaint.participations
        ]
        return await self._who.not_accused(self._complaint, (person for people in helping for person in people))

    async def _tell_supporters(self, event: Event) -> None:
        """Owes the supporters a word that names nobody; whoever has the complaint itself is told as its citizen."""
        people = await self._work.supports.people(self._complaint.id) if self._complaint.supporters else ()
        await self._owe(Notice.SUPPORTED, people, event)

    async def _tell_asker(self, event: Event) -> None:
        """Owes whoever asked the answer, unless what was granted is told to their unit anyway."""
        request = await self._work.requests.get(event.data["request_id"])
        told_anyway = request is not None and request.state is RequestState.GRANTED and request.kind in REACHES_ASKER
        if request is not None and not told_anyway:
            await self._owe(Notice.DESK_UPDATE, [request.asked_by], event)

    async def _owe(self, notice: Notice, people: Iterable[int], event: Event) -> None:
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
                not_before=self._not_before(notice, event),
            )

    def _not_before(self, notice: Notice, event: Event) -> datetime:
        if notice not in (Notice.UPDATE, Notice.SUPPORTED):
            return self._office_opens
        urgent = notice is Notice.UPDATE and not (event.person_id is None and event.action in BY_ITSELF)
        return self._now if urgent else self._waking
