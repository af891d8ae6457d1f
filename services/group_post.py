"""What groups are brought, one call at a time: what is next, and what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.groups import BETWEEN_CALLS, CARDS_AT_ONCE, LISTED, TRIES, Errand, Standing, next_errand
from domain.lifecycle import Role, Status
from domain.permissions import Actor, Membership, may_read
from services.case_sheets import CaseSheet
from services.group_cards import goes_to_groups
from services.group_losing import GroupLosing
from services.group_sheets import GroupCall
from services.moves import subject_of
from services.office import Office
from services.reading import Reader
from storage.tables_complaints import Complaint
from storage.tables_groups import GroupCard, UnitGroup
from storage.tables_offices import Unit
from storage.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=60)
"""How long a call may take before another process believes that the one that made it has ended."""

ENDED = frozenset({Status.CLOSED, Status.ARCHIVED, Status.MERGED, Status.WITHDRAWN})

REPEATED = frozenset({Errand.CARD, Errand.SAY, Errand.LIST})
"""What stands there twice when it is sent twice; an edit, a closed topic are the same the second time."""

UNCERTAIN_TWICE = 2
"""Attempts without an answer after which it is believed to have arrived."""

Change = Callable[[UnitOfWork, UnitGroup, list[GroupCard]], Awaitable[None]]


def room_actor(unit: Unit) -> Actor:
    """A group reads as its unit does, and as nobody in particular."""
    return Actor(None, (Membership(Role.OFFICER, unit.government_id, unit.id),))


def unnamed(case: CaseSheet) -> CaseSheet:
    """A case as a group sees it: who reported it is read in the private chat, since a group may have others in it."""
    return replace(case, reporter=None)


class GroupPost:
    """The delivery's side of the groups. Each group has one call at a time, so that nothing overtakes."""

    def __init__(self, office: Office, between: timedelta = BETWEEN_CALLS) -> None:
        """Works on the shared register; `between` is how far apart the calls to one group are."""
        self._office = office
        self._between = between

    async def turns(self, limit: int) -> tuple[int, ...]:
        """The groups whose turn it is, so many at most; each is held until its call is recorded, or for a minute."""
        now = self._office.clock()
        async with self._office.database.reading() as work:
            if not await work.groups.any_due(now):
                return ()
        async with self._office.database.work() as work:
            held = tuple(group.id for group in await work.groups.claim(now, limit, LEASE))
            await work.commit()
        return held

    async def next_call(self, group_id: int) -> GroupCall | None:
        """What a group whose turn it is is to be called for now; committed before anything leaves."""
        async with self._office.database.work() as work:
            group = await work.groups.get(group_id)
            call = await self._next(work, group, self._office.clock()) if group else None
            if group is not None and call is None:
                group.leased_until = None
            await work.commit()
        return call

    async def _next(self, work: UnitOfWork, group: UnitGroup, now: datetime) -> GroupCall | None:
        unit = await work.directory.unit(group.unit_id)
        reader = Reader(self._office, work, room_actor(unit))
        cards = await work.groups.due_cards(group.id, now)
        listed = await self._listed(work, reader, group, cards)
        if listed is not None:
            return listed
        for card in cards:
            complaint = await work.complaints.get(card.complaint_id)
            standing = await self._standing(work, reader, group, card, complaint)
            errand = next_errand(standing)
            if errand is not None:
                return await self._call(work, reader, group, card, complaint, standing, errand)
            if not standing.ended and not goes_to_groups(complaint):
                # It may not be told here since it became secret or an accusation: its unit reads it in private.
                await GroupLosing(self._office, work).instead(group, [card])
            card.due_at, card.owed, card.attempts = None, [], 0
        return None

    async def _listed(
        self, work: UnitOfWork, reader: Reader, group: UnitGroup, cards: Sequence[GroupCard]
    ) -> GroupCall | None:
        """One list for many new cards; a group with topics has each in its own."""
        if group.topics:
            return None
        new = [card for card in cards if card.message_id is None and card.wanted > card.shown]
        if len(new) <= CARDS_AT_ONCE:
            return None
        shown: list[tuple[GroupCard, CaseSheet]] = []
        for card in new:
            complaint = await work.complaints.get(card.complaint_id)
            standing = await self._standing(work, reader, group, card, complaint)
            if standing.readable and not standing.ended and len(shown) < LISTED:
                shown.append((card, unnamed(await reader.case(complaint))))
        if len(shown) <= CARDS_AT_ONCE:
            return None
        return GroupCall(
            Errand.LIST,
            group.id,
            work.groups.chat_id_of(group),
            tuple((card.id, card.wanted) for card, _ in shown),
            tuple(case for _, case in shown),
        )

    async def _standing(
        self, work: UnitOfWork, reader: Reader, group: UnitGroup, card: GroupCard, complaint: Complaint
    ) -> Standing:
        government = await self._office.government(work, complaint.government_id)
        return Standing(
            topics=group.topics,
            thread=card.thread_id is not None,
            message=card.message_id is not None,
            closed=card.closed,
            stale=card.wanted > card.shown,
            owed=bool(card.owed),
            titled=card.titled,
            readable=goes_to_groups(complaint) and may_read(reader.actor, subject_of(complaint, government)),
            ended=complaint.status in ENDED,
        )

    async def _call(
        self,
        work: UnitOfWork,
        reader: Reader,
        group: UnitGroup,
        card: GroupCard,
        complaint: Complaint,
        standing: Standing,
        errand: Errand,
    ) -> GroupCall:
        owed = card.owed if errand is Errand.SAY else []
        return GroupCall(
            errand,
            group.id,
            work.groups.chat_id_of(group),
            ((card.id, card.wanted),),
            (unnamed(await reader.case(complaint)),),
            tuple([await reader.event(await work.timeline.get(event_id)) for event_id in owed]),
            card.thread_id,
            card.message_id,
            bare=standing.ended or not standing.readable,
        )

    async def done(self, call: GroupCall, given: int | None = None) -> None:
        """Telegram has done it; `given` is the id of the message or topic that was made."""

        async def change(_work: UnitOfWork, group: UnitGroup, cards: list[GroupCard]) -> None:
            group.error, group.error_at = None, None
            for card in cards:
                _settle(call, card, given)

        await self._record(call, change)

    async def missing(self, call: GroupCall, why: str, *, topic: bool) -> None:
        """Somebody has deleted the topic, with all that stood in it, or the card: it is made anew."""

        async def change(work: UnitOfWork, group: UnitGroup, cards: list[GroupCard]) -> None:
            for card in cards:
                card.message_id, card.wanted = None, max(card.wanted, card.shown + 1)
                card.thread_id = None if topic else card.thread_id
                card.closed, card.titled = card.closed and not topic, card.titled and not topic
            await self._count(work, group, cards, why)

        await self._record(call, change)

    async def without_topics(self, call: GroupCall, why: str) -> None:
        """The group has no topics any more, or we may not open them: from now on cards stand in the chat itself."""

        async def change(work: UnitOfWork, group: UnitGroup, cards: list[GroupCard]) -> None:
            group.topics = False
            await self._count(work, group, cards, why)

        await self._record(call, change)

    async def moved(self, call: GroupCall, chat_id: int) -> None:
        """The group has become a supergroup."""

        async def change(work: UnitOfWork, group: UnitGroup, _cards: list[GroupCard]) -> None:
            await move_group(work, group, chat_id, self._office.clock())

        await self._record(call, change)

    async def lost(self, call: GroupCall, why: str) -> None:
        """We were put out, or may not write there."""

        async def change(work: UnitOfWork, group: UnitGroup, _cards: list[GroupCard]) -> None:
            await GroupLosing(self._office, work).lose(group, why)

        await self._record(call, change)

    async def rest(self, call: GroupCall, pause: timedelta, why: str) -> None:
        """Nothing can be sent there for a while, which is no fault of the card."""

        async def change(_work: UnitOfWork, group: UnitGroup, _cards: list[GroupCard]) -> None:
            group.error, group.error_at = why[:200], self._office.clock()

        await self._record(call, change, pause)

    async def failed(self, call: GroupCall, why: str) -> None:
        """Telegram does not take it; after some attempts the unit's people are told instead."""

        async def change(work: UnitOfWork, group: UnitGroup, cards: list[GroupCard]) -> None:
            await self._count(work, group, cards, why)

        await self._record(call, change)

    async def uncertain(self, call: GroupCall, why: str) -> None:
        """No answer came: it is called once more, and then believed to have arrived."""

        async def change(work: UnitOfWork, group: UnitGroup, cards: list[GroupCard]) -> None:
            await self._count(work, group, cards, why)
            for card in cards:
                if call.errand in REPEATED and card.attempts >= UNCERTAIN_TWICE:
                    _settle(call, card, None)

        await self._record(call, change)

    async def _count(self, work: UnitOfWork, group: UnitGroup, cards: list[GroupCard], why: str) -> None:
        group.error, group.error_at = why[:200], self._office.clock()
        for card in cards:
            card.attempts += 1
        hopeless = [card for card in cards if card.attempts >= TRIES]
        await GroupLosing(self._office, work).instead(group, hopeless)

    async def _record(self, call: GroupCall, change: Change, pause: timedelta | None = None) -> None:
        async with self._office.database.work() as work:
            group = await work.groups.get(call.group_id)
            if group is not None:
                found = [await work.groups.card_by_id(card_id) for card_id, _ in call.cards]
                await change(work, group, [card for card in found if card is not None])
                group.leased_until = None
                group.not_before = self._office.clock() + max(pause or self._between, self._between)
            await work.commit()


def _settle(call: GroupCall, card: GroupCard, given: int | None) -> None:
    """Writes down what a call has done; what changed meanwhile stays owed."""
    wanted = dict(call.cards)[card.id]
    match call.errand:
        case Errand.OPEN:
            # The card goes into its topic, also one that stood in the chat itself before there were topics.
            card.thread_id, card.message_id, card.closed, card.titled = given, None, False, True
            card.wanted = max(card.wanted, card.shown + 1)
        case Errand.RENAME:
            card.titled = not call.bare
        case Errand.CLOSE | Errand.REOPEN:
            card.closed = call.errand is Errand.CLOSE
        case Errand.SAY:
            said = {event.id for event in call.events}
            card.owed = [event_id for event_id in card.owed if event_id not in said]
        case Errand.CARD | Errand.LIST:
            card.message_id, card.announced = given if call.errand is Errand.CARD else None, True
            card.shown = wanted
        case Errand.EDIT:
            card.shown = wanted


async def move_group(work: UnitOfWork, group: UnitGroup, chat_id: int, now: datetime) -> None:
    """A group has another id now: what stood in the old chat cannot be changed there any more, so it is sent anew."""
    if await work.groups.of_chat(chat_id) is not None:
        return
    work.groups.move(group, chat_id)
    group.topics, group.lost_at = False, None
    for card in await work.groups.cards_of(group.id):
        card.thread_id, card.message_id, card.closed, card.announced, card.titled = None, None, False, False, False
        card.wanted, card.due_at, card.attempts = card.wanted + 1, card.due_at or now, 0
