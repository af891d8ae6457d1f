"""Canned replies: whoever works in a unit keeps them, and its officers fill them from a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.canned import ASKED_FOR, FILLS, REPLIES_MAX, read
from domain.lifecycle import WORKERS, ClockKind
from domain.permissions import Actor
from domain.refusals import NotUnderstood, StaleStep
from services.caller import Caller
from services.composing import is_open
from services.covering import covered
from services.office import HOME_ZONE, Office
from services.seeking import find_again
from services.told import place_sheet
from storage.tables_canned import CannedReply, CannedWriting
from storage.tables_complaints import Complaint
from storage.unit_of_work import UnitOfWork

PAGE = 8
"""Canned replies on one screen of a phone."""


@dataclass(frozen=True)
class CannedSheet:
    """One canned reply."""

    id: int
    title: str
    text: str
    unit: str


@dataclass(frozen=True)
class CannedList:
    """A page of them; `units` are those of the reader, by id, for which another one can be kept."""

    replies: tuple[CannedSheet, ...]
    page: int
    later: bool
    units: tuple[tuple[int, str], ...] = ()
    serial: int = 0


@dataclass(frozen=True)
class CannedQuestion:
    """Words for a canned reply are awaited: for a new one of a unit, or for one that exists."""

    unit: str
    title: str | None = None


@dataclass(frozen=True)
class FillSheet:
    """Words to be filled, and what is known of the complaint; `due_at` and `received_at` are days of its zone."""

    text: str
    number: str
    place: str | None
    unit: str | None
    government: str | None
    due_at: datetime | None
    received_at: datetime
    now: datetime
    time_zone: str


class Canned:
    """What a unit keeps. A reply of another unit is answered as one that was removed: `StaleStep`."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def kept(self, by: Caller, page: int = 0) -> CannedList:
        """What the caller's units keep."""
        async with self._office.database.reading() as work:
            units = {unit_id: await _unit_name(work, unit_id) for unit_id in sorted(_units(by.actor))}
            rows = await work.canned.of_units(units, PAGE + 1, page * PAGE)
            shown = tuple([await _sheet(work, row) for row in rows[:PAGE]])
            return CannedList(shown, page, len(rows) > PAGE, tuple(units.items()))

    async def one(self, by: Caller, reply_id: int) -> CannedSheet:
        """One of them."""
        async with self._office.database.reading() as work:
            return await _sheet(work, await _own(work, by.actor, reply_id))

    async def ask_new(self, by: Caller, unit_id: int) -> CannedQuestion:
        """Asks for a new one; raises `NotUnderstood` when the unit keeps as many as it may."""
        async with self._office.database.work(by.cause) as work:
            if unit_id not in _units(by.actor):
                raise StaleStep
            if await work.canned.count(unit_id) >= REPLIES_MAX:
                raise NotUnderstood("canned_many")
            return await self._ask(work, by, unit_id, None)

    async def ask_change(self, by: Caller, reply_id: int) -> CannedQuestion:
        """Asks for other words."""
        async with self._office.database.work(by.cause) as work:
            row = await _own(work, by.actor, reply_id)
            return await self._ask(work, by, row.unit_id, row)

    async def _ask(self, work: UnitOfWork, by: Caller, unit_id: int, row: CannedReply | None) -> CannedQuestion:
        asked = CannedWriting(
            person_id=by.person_id, unit_id=unit_id, reply_id=row.id if row else None, asked_at=self._office.clock()
        )
        await work.canned.ask(asked)
        question = CannedQuestion(await _unit_name(work, unit_id), row.title if row else None)
        await work.commit()
        return question

    async def current(self, by: Caller) -> CannedQuestion | None:
        """What the caller was asked for lately and has not answered."""
        if not _units(by.actor):
            return None
        async with self._office.database.reading() as work:
            asked = await self._asked(work, by)
            row = await work.canned.get(asked.reply_id) if asked and asked.reply_id else None
            return CannedQuestion(await _unit_name(work, asked.unit_id), row.title if row else None) if asked else None

    async def write(self, by: Caller, message: str) -> CannedSheet:
        """Keeps the words that were asked for; raises what `domain.canned.read` raises, and the question stays."""
        title, text = read(message)
        async with self._office.database.work(by.cause) as work:
            asked = await self._asked(work, by)
            if asked is None:
                raise StaleStep
            row = await _own(work, by.actor, asked.reply_id) if asked.reply_id else None
            if row is None:
                row = CannedReply(unit_id=asked.unit_id, title=title, text=text)
                await work.canned.keep(row)
            row.title, row.text = title, text
            await work.canned.answered(by.person_id)
            sheet = await _sheet(work, row)
            await work.commit()
            return sheet

    async def stop(self, by: Caller) -> None:
        """The words are not wanted any more."""
        async with self._office.database.work(by.cause) as work:
            await work.canned.answered(by.person_id)
            await work.commit()

    async def remove(self, by: Caller, reply_id: int) -> None:
        """Removes one for the whole unit."""
        async with self._office.database.work(by.cause) as work:
            await work.canned.remove(await _own(work, by.actor, reply_id))
            await work.commit()

    async def offered(self, by: Caller, serial: int, page: int = 0) -> CannedList:
        """What the unit keeps, for the words that are being written; raises `StaleStep` for others."""
        async with self._office.database.reading() as work:
            complaint = await self._written_for(work, by, serial)
            rows = await work.canned.of_units({complaint.unit_id or 0}, PAGE + 1, page * PAGE)
            shown = tuple([await _sheet(work, row) for row in rows[:PAGE]])
            return CannedList(shown, page, len(rows) > PAGE, serial=serial)

    async def filling(self, by: Caller, serial: int, reply_id: int) -> FillSheet:
        """One of them with what its gaps are filled with."""
        async with self._office.database.reading() as work:
            complaint = await self._written_for(work, by, serial)
            row = await _own(work, by.actor, reply_id)
            if row.unit_id != complaint.unit_id:
                raise StaleStep
            government = await self._office.government(work, complaint.government_id)
            return FillSheet(
                text=row.text,
                number=complaint.number,
                place=_place(complaint),
                unit=await _unit_name(work, row.unit_id),
                government=government.name if government else None,
                due_at=await _due(work, complaint),
                received_at=complaint.received_at,
                now=self._office.clock(),
                time_zone=government.time_zone if government else HOME_ZONE,
            )

    async def _asked(self, work: UnitOfWork, by: Caller) -> CannedWriting | None:
        asked = await work.canned.asked(by.person_id, self._office.clock() - ASKED_FOR)
        return asked if asked is not None and asked.unit_id in _units(by.actor) else None

    async def _written_for(self, work: UnitOfWork, by: Caller, serial: int) -> Complaint:
        """What the open words are about, for whoever works in the unit that has it."""
        row = await work.drafts.composition_of(by.person_id)
        if row is None or not is_open(row) or row.serial != serial or row.purpose not in FILLS:
            raise StaleStep
        complaint = await find_again(work, self._office, by.actor, row.complaint_id)
        if complaint.unit_id not in _units(by.actor):
            raise StaleStep
        return complaint


def _units(actor: Actor) -> frozenset[int]:
    """The units in which somebody works."""
    return frozenset(each.unit_id for each in actor.memberships if each.role in WORKERS and each.unit_id is not None)


async def _own(work: UnitOfWork, actor: Actor, reply_id: int) -> CannedReply:
    row = await work.canned.get(reply_id)
    if row is None or row.unit_id not in _units(actor):
        raise StaleStep
    return row


async def _sheet(work: UnitOfWork, row: CannedReply) -> CannedSheet:
    return CannedSheet(row.id, row.title, row.text, await _unit_name(work, row.unit_id))


async def _unit_name(work: UnitOfWork, unit_id: int) -> str:
    unit = await work.directory.unit(unit_id)
    return unit.name if unit else ""


def _place(complaint: Complaint) -> str | None:
    """The area where it was recognised, or else the citizen's words without what names anybody."""
    place = place_sheet(complaint.place_text, complaint.place)
    return (place.label or covered(place.words)) if place else None


async def _due(work: UnitOfWork, complaint: Complaint) -> datetime | None:
    """Until when it is to be solved, as long as that runs."""
    row = await work.clocks.latest(complaint.id, ClockKind.RESOLVE)
    return row.due_at if row and row.stopped_at is None and row.paused_at is None else None
