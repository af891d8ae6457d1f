"""Owes what groups are told of a complaint: a card, words, or only that the card is drawn anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.groups import PERSONAL, for_groups
from domain.lifecycle import WORKERS
from domain.permissions import Actor
from storage.tables_complaints import Complaint, Event
from storage.tables_groups import GroupCard, UnitGroup
from storage.unit_of_work import UnitOfWork


def goes_to_groups(complaint: Complaint) -> bool:
    """Whether a group may hear of it at all."""
    accused = bool(complaint.accused_unit_ids)
    return for_groups(complaint.complaint_class, accuses=complaint.accuses, accused=accused, secret=complaint.secret)


def works_in(actor: Actor, unit_id: int) -> bool:
    """Whether somebody works in a unit now."""
    return any(held.role in WORKERS and held.unit_id == unit_id for held in actor.memberships)


@dataclass
class GroupCards:
    """Works within one unit of work. Words wait for the office hours (`opens`); a card is drawn anew at once."""

    work: UnitOfWork
    complaint: Complaint
    now: datetime
    opens: datetime

    async def arrive(self, unit_id: int, event: Event) -> bool:
        """Owes the unit's group the card; False when there is no group that may have it."""
        group = await self._group(unit_id, event)
        if group is None:
            return False
        card = await self.work.groups.card_of(group.id, self.complaint.id)
        # What came back after it was elsewhere stands at the end of the chat again.
        card.message_id, card.announced, card.arrival_id = None, False, event.id
        card.owed, card.attempts = [], 0
        self._change(card, self.opens)
        return True

    async def say(self, unit_id: int, event: Event) -> bool:
        """Owes the unit's group words about an event; False when each of its people is to be told instead."""
        group = await self._group(unit_id, event)
        if group is None:
            return False
        card = await self.work.groups.card_of(group.id, self.complaint.id)
        self._owe(card, event)
        return True

    async def touch(self, event: Event) -> None:
        """Every card of the complaint is drawn anew; where there are topics, a new status is said there."""
        for card, group in await self.work.groups.cards_of_complaint(self.complaint.id):
            if event.id in (*card.owed, card.arrival_id):
                continue
            if group.lost_at is not None:
                card.wanted += 1
            elif group.topics and event.from_status is not event.to_status and card.message_id:
                self._owe(card, event)
            elif card.message_id or card.titled or not card.announced:
                self._change(card, card.due_at or self.now)

    async def _group(self, unit_id: int, event: Event) -> UnitGroup | None:
        if event.action in PERSONAL or not goes_to_groups(self.complaint):
            return None
        group = await self.work.groups.of_unit(unit_id)
        return group if group and group.lost_at is None else None

    def _owe(self, card: GroupCard, event: Event) -> None:
        card.owed = [*card.owed, event.id]
        self._change(card, self.opens)

    @staticmethod
    def _change(card: GroupCard, due_at: datetime) -> None:
        card.wanted += 1
        card.due_at = due_at
