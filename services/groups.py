"""A unit and its group: connected by a code, left again, known by who works in the unit, looked after."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from domain.audit import Act
from domain.groups import CODE_LASTS, CODE_LENGTH, CODE_LETTERS, HINTS_EVERY, GroupWord
from domain.lifecycle import WORKERS
from domain.messages import Notice
from domain.permissions import Actor
from domain.refusals import ComplaintNotFound, NotUnderstood
from services.caller import Caller
from services.case_sheets import CaseSheet
from services.group_cards import goes_to_groups, works_in
from services.group_losing import GroupLosing
from services.group_post import move_group, room_actor, unnamed
from services.group_sheets import CheckSheet, CodeSheet, Encounter, GroupQueue, OwnRoom, RoomSheet, SightSheet
from services.handling import PAGE
from services.listing import Lister
from services.office import Office
from services.people import actor_of
from services.reading import Reader
from services.seeking import find, find_again
from storage.tables_complaints import Complaint
from storage.tables_groups import UnitGroup
from storage.tables_offices import Unit
from storage.unit_of_work import Cause, UnitOfWork


class Groups:
    """What people do with groups. A group shows what its unit may read; who acts there is known by their account."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office
        self._hinted: dict[int, datetime] = {}

    async def meet(self, chat_id: int, user_id: int | None, cause: Cause | None = None) -> Encounter:
        """Who does something in which group. Strangers are not written down, and nobody counts as reachable for it."""
        async with self._office.database.reading() as work:
            group = await work.groups.of_chat(chat_id)
            person = await work.identities.person_of(user_id) if user_id is not None else None
            by = Caller(person.id, await actor_of(work, person), person.locale, cause) if person else None
            room = await _room(work, group) if group else None
            return Encounter(room, by, bool(by and group and works_in(by.actor, group.unit_id)))

    async def codes(self, by: Caller) -> tuple[CodeSheet, ...]:
        """A fresh code for each unit of the caller; it works once, within the hour, for people of the unit."""
        now = self._office.clock()
        async with self._office.database.work(by.cause) as work:
            sheets = []
            for unit in await _units(work, by):
                code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
                await work.groups.add_code(_hash(code), unit.id, now, now + CODE_LASTS)
                sheets.append(CodeSheet(unit.name, code, await work.groups.of_unit(unit.id) is not None))
            await work.commit()
            return tuple(sheets)

    async def connect(self, by: Caller, chat_id: int, code: str, *, topics: bool, public: bool = False) -> RoomSheet:
        """Makes a chat the group of the unit that the code is of; the group that the unit had before is left.

        Colleagues and the desk are told: whoever connects a chat chooses who reads the unit's cards. Raises
        `NotUnderstood` for a code that is not one of the caller's units, was used or has run out, for a chat that is
        another unit's group, and for one that everybody may read (`public`).
        """
        if public:
            raise NotUnderstood("group_public")
        now = self._office.clock()
        async with self._office.database.work(by.cause) as work:
            units = [unit.id for unit in await _units(work, by)]
            unit_id = await work.groups.use_code(_hash(code.strip().upper()), units, now)
            if unit_id is None:
                raise NotUnderstood("group_code")
            here = await work.groups.of_chat(chat_id)
            if here is not None and here.unit_id != unit_id:
                raise NotUnderstood("group_taken")
            before = await work.groups.of_unit(unit_id) if here is None else None
            if before is not None:
                await self._leave(work, before)
            group = here or await work.groups.connect(unit_id, chat_id, now, topics=topics)
            await GroupLosing(self._office, work).learn(group, topics=topics)
            await GroupLosing(self._office, work).regain(group)
            if here is None:
                await GroupLosing(self._office, work).tell(group, GroupWord.CONNECTED, by.person_id)
            work.audit.note(Act.CONNECT_GROUP, person_id=by.person_id, unit=unit_id, group=group.id)
            room = await _room(work, group)
            await work.commit()
            return room

    async def disconnect(self, by: Caller, unit_id: int) -> RoomSheet:
        """Leaves the group of a unit that the caller works in; what it was owed goes to each person of the unit."""
        async with self._office.database.work(by.cause) as work:
            group = await work.groups.of_unit(unit_id) if works_in(by.actor, unit_id) else None
            if group is None:
                raise NotUnderstood("group_none")
            room = await _room(work, group)
            await self._leave(work, group)
            work.audit.note(Act.DISCONNECT_GROUP, person_id=by.person_id, unit=unit_id, group=group.id)
            await work.commit()
            return room

    async def _leave(self, work: UnitOfWork, group: UnitGroup) -> None:
        waiting = [card for card in await work.groups.cards_of(group.id) if card.due_at]
        await GroupLosing(self._office, work).instead(group, waiting)
        await work.groups.end(group)

    async def lost(self, chat_id: int, why: str, cause: Cause | None = None) -> None:
        """We were put out of a chat, or may not write there any more."""
        async with self._office.database.work(cause) as work:
            group = await work.groups.of_chat(chat_id)
            if group is not None:
                await GroupLosing(self._office, work).lose(group, why)
            await work.commit()

    async def regained(self, chat_id: int, *, topics: bool, cause: Cause | None = None) -> None:
        """We are in a chat, with these rights."""
        async with self._office.database.work(cause) as work:
            group = await work.groups.of_chat(chat_id)
            if group is not None:
                await GroupLosing(self._office, work).learn(group, topics=topics)
                await GroupLosing(self._office, work).regain(group)
            await work.commit()

    async def moved(self, old_chat_id: int, new_chat_id: int, cause: Cause | None = None) -> None:
        """A group has become a supergroup; both chats say so, and the second time changes nothing."""
        async with self._office.database.work(cause) as work:
            group = await work.groups.of_chat(old_chat_id)
            if group is not None:
                # Telegram may have said before that we are not in the old chat any more.
                await GroupLosing(self._office, work).regain(group)
                await move_group(work, group, new_chat_id, self._office.clock())
            await work.commit()

    def may_hint_at(self, chat_id: int) -> bool:
        """The same for a chat that is no unit's: remembered here alone, since nothing of strangers is kept."""
        now = self._office.clock()
        self._hinted = {chat: at for chat, at in self._hinted.items() if abs(now - at) < HINTS_EVERY}
        if chat_id in self._hinted:
            return False
        self._hinted[chat_id] = now
        return True

    async def may_hint(self, room: RoomSheet) -> bool:
        """Whether strangers in a group are told where to go just now: not more often than once in a while."""
        now = self._office.clock()
        async with self._office.database.work() as work:
            group = await work.groups.get(room.id)
            due = group is not None and (group.hinted_at is None or now >= group.hinted_at + HINTS_EVERY)
            if group is not None and due:
                group.hinted_at = now
            await work.commit()
            return due

    async def queue(self, room: RoomSheet, page: int = 0) -> GroupQueue:
        """The open complaints of the unit whose group it is, whoever asks; without what no group may hear of."""
        async with self._office.database.reading() as work:
            unit = await work.directory.unit(room.unit_id)
            found = await work.queues.in_group(room_actor(unit), self._office.clock(), PAGE + 1, page * PAGE)
            lines = await Lister(self._office, work, room_actor(unit)).lines(found[:PAGE])
            return GroupQueue(unit.name, lines, page, more=len(found) > PAGE)

    async def case(self, room: RoomSheet, number: str) -> CaseSheet:
        """A complaint as the group may see it; raises `ComplaintNotFound` for one that is not the unit's."""
        async with self._office.database.reading() as work:
            return await self._named(work, room, number)

    async def case_of(self, room: RoomSheet, message_id: int, thread_id: int | None, number: str | None) -> CaseSheet:
        """The complaint that is spoken of: by the message that is replied to, by its topic, or by the number there.

        Raises `ComplaintNotFound`. Only this group's own cards are asked, so that a forged topic leads nowhere.
        """
        async with self._office.database.reading() as work:
            card = await work.groups.card_at(room.id, message_id)
            if card is None and thread_id is not None:
                card = await work.groups.card_in(room.id, thread_id)
            if card is not None:
                actor = room_actor(await work.directory.unit(room.unit_id))
                complaint = await find_again(work, self._office, actor, card.complaint_id)
                return await self._seen(work, actor, complaint)
            if number is None:
                raise ComplaintNotFound
            return await self._named(work, room, number)

    async def _named(self, work: UnitOfWork, room: RoomSheet, number: str) -> CaseSheet:
        actor = room_actor(await work.directory.unit(room.unit_id))
        return await self._seen(work, actor, await find(work, self._office, actor, number))

    async def _seen(self, work: UnitOfWork, actor: Actor, complaint: Complaint) -> CaseSheet:
        if not goes_to_groups(complaint):
            raise ComplaintNotFound
        return unnamed(await Reader(self._office, work, actor).case(complaint))

    async def bring(self, by: Caller, room: RoomSheet, number: str) -> None:
        """Owes whoever asks the whole card in the private chat, with the name and the files that no group shows."""
        case = await self.case(room, number)
        now = self._office.clock()
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, case.number)
            key = f"{Notice.CARD}:{complaint.id}:{by.person_id}:{secrets.token_hex(6)}"
            await work.outbox.add(key, by.person_id, Notice.CARD, now, complaint_id=complaint.id)
            await work.commit()

    async def own(self, by: Caller) -> tuple[OwnRoom, ...]:
        """The groups of the caller's units."""
        async with self._office.database.reading() as work:
            rooms = []
            for unit in await _units(work, by):
                group = await work.groups.of_unit(unit.id)
                rooms.append(OwnRoom(unit.id, unit.name, work.groups.chat_id_of(group) if group else None))
            return tuple(rooms)

    async def check(self, by: Caller, unit_id: int, sight: SightSheet) -> CheckSheet:
        """How the group of a unit does; what Telegram says of us there is believed at once."""
        async with self._office.database.work(by.cause) as work:
            group = await work.groups.of_unit(unit_id) if works_in(by.actor, unit_id) else None
            if group is None:
                raise NotUnderstood("group_none")
            unit = await work.directory.unit(unit_id)
            government = await work.directory.government(unit.government_id)
            sheet = CheckSheet(
                unit.name,
                sight,
                await work.groups.waiting(group.id),
                group.error_at,
                government.time_zone,
            )
            if sight.present and sight.may_send and not sight.public:
                await GroupLosing(self._office, work).learn(group, topics=sight.topics and sight.manages_topics)
                await GroupLosing(self._office, work).regain(group)
            else:
                why = "everybody may read there" if sight.public else "we may not write there"
                await GroupLosing(self._office, work).lose(group, why)
            await work.commit()
            return sheet


async def _units(work: UnitOfWork, by: Caller) -> list[Unit]:
    """The units that somebody works in."""
    ids = dict.fromkeys(held.unit_id for held in by.actor.memberships if held.role in WORKERS and held.unit_id)
    return [await work.directory.unit(unit_id) for unit_id in ids if unit_id is not None]


async def _room(work: UnitOfWork, group: UnitGroup) -> RoomSheet:
    unit = await work.directory.unit(group.unit_id)
    return RoomSheet(group.id, group.unit_id, unit.name)


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
