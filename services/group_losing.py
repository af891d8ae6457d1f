"""A unit's people hear of its group: connected by a colleague, lost, back; what it cannot be told goes to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.groups import GroupWord
from domain.lifecycle import Action, Audience, transition
from domain.messages import Notice
from services.group_sheets import GroupNews
from services.notices import Notices
from services.office import Office
from services.responsible import WORKING_ROLES
from storage.tables_complaints import Event
from storage.tables_groups import GroupCard, UnitGroup
from storage.tables_messages import OutboxMessage
from storage.unit_of_work import UnitOfWork


@dataclass
class GroupLosing:
    """Works within one unit of work."""

    office: Office
    work: UnitOfWork

    async def lose(self, group: UnitGroup, why: str) -> None:
        """Nothing arrives there any more; once, with a word to the unit and to its coordinators."""
        now = self.office.clock()
        group.error, group.error_at = why[:200], now
        if group.lost_at is not None:
            return
        group.lost_at = now
        await self.instead(group, [card for card in await self.work.groups.cards_of(group.id) if card.due_at])
        await self.tell(group, GroupWord.LOST)

    async def regain(self, group: UnitGroup) -> None:
        """It can be reached again: its cards are drawn anew."""
        if group.lost_at is None:
            return
        now = self.office.clock()
        group.lost_at, group.error, group.error_at = None, None, None
        for card in await self.work.groups.cards_of(group.id):
            if card.titled or (card.message_id and card.wanted > card.shown):
                card.due_at = now
        await self.tell(group, GroupWord.BACK)

    async def learn(self, group: UnitGroup, *, topics: bool) -> None:
        """Whether we may open and close topics there; with the right, names that tell too much are mended."""
        if topics and not group.topics:
            for card in await self.work.groups.cards_of(group.id):
                card.due_at = card.due_at or (self.office.clock() if card.titled else None)
        group.topics = topics

    async def instead(self, group: UnitGroup, cards: Sequence[GroupCard]) -> None:
        """What the group has not been told goes to each person of the unit."""
        for card in cards:
            if card.message_id is None and not card.announced and card.arrival_id is not None:
                await self._privately(group, card, card.arrival_id)
            for event_id in card.owed:
                await self._privately(group, card, event_id)
            never_came = card.message_id is None
            card.owed, card.due_at, card.attempts = [], None, 0
            card.announced = card.announced or never_came
            card.shown = card.wanted if never_came else card.shown

    async def _privately(self, group: UnitGroup, card: GroupCard, event_id: int) -> None:
        event = await self.work.timeline.get(event_id)
        complaint = await self.work.complaints.get(card.complaint_id)
        if not _for_unit(event) or group.unit_id not in (complaint.unit_id, event.data.get("unit_id")):
            return
        government = await self.office.government(self.work, complaint.government_id)
        calendar = await self.office.calendar(self.work, government)
        await Notices(self.work, complaint, calendar, self.office.clock(), groups=False).tell_unit(event)

    async def tell(self, group: UnitGroup, word: GroupWord, by: int | None = None) -> None:
        """Owes the unit and its desk a word, except the person who did it; once a day, however often it happens."""
        now = self.office.clock()
        unit = await self.work.directory.unit(group.unit_id)
        government = await self.office.government(self.work, unit.government_id)
        calendar = await self.office.calendar(self.work, government)
        people = [
            *await self.work.staff.in_unit(unit.id, WORKING_ROLES),
            *await self.work.staff.at_desk(unit.government_id),
        ]
        # A group that was forgotten may leave its id to the next one.
        connection = f"{group.id}:{int(group.connected_at.timestamp())}:{calendar.local_date(now)}"
        for person_id in dict.fromkeys(each for each in people if each != by):
            await self.work.outbox.add(
                f"{Notice.GROUP}:{word}:{connection}:{person_id}",
                person_id,
                Notice.GROUP,
                now,
                data={"unit_id": unit.id, "word": word.value, "by": by},
                not_before=calendar.next_opening(now),
            )


def _for_unit(event: Event) -> bool:
    """Whether a unit is told of it where it has no group; a new status alone is not."""
    row = transition(event.from_status, event.action) if event.from_status and event.action else None
    return event.action is Action.ADD_UNIT or (row is not None and Audience.UNIT in row.told)


async def group_news(work: UnitOfWork, message: OutboxMessage) -> GroupNews:
    """What a letter about a group says."""
    unit = await work.directory.unit(message.data["unit_id"])
    by = message.data.get("by")
    designation = await work.identities.staff_name_of(by) if by is not None else None
    return GroupNews(unit.name, GroupWord(message.data["word"]), designation)
