"""Several units on one complaint: one leads, the others help; and a unit that is silent is nudged."""

from __future__ import annotations

from domain.lifecycle import Action
from domain.permissions import Actor, allow
from domain.refusals import NotUnderstood
from services.caller import Caller
from services.desk_sheets import TeamSheet
from services.eligible import other_units
from services.moves import Mover, Words, subject_of
from services.office import Office
from services.responsible import Responsible
from services.seeking import find, find_any
from storage.tables_complaints import Complaint
from storage.tables_teamwork import Participation
from storage.unit_of_work import UnitOfWork


async def add_unit(office: Office, work: UnitOfWork, actor: Actor, complaint: Complaint, unit_id: int) -> None:
    """Lets a unit take part and brings it the card.

    Raises `NotUnderstood` for a unit that may not see it, that takes part already, or that has nobody.
    """
    if unit_id not in {unit.id for unit in await other_units(work, complaint)}:
        raise NotUnderstood("choice_unknown")
    if not await work.staff.of_unit(unit_id):
        raise NotUnderstood("unit_unstaffed")
    complaint.participations.append(Participation(unit_id=unit_id, since=office.clock()))
    await Mover(office, work).move(complaint, actor, Action.ADD_UNIT, Words(data={"unit_id": unit_id}))


class Teamwork:
    """What a desk does with the units of a complaint. Raises the refusals of `find` and `allow`."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def candidates(self, by: Caller, number: str) -> TeamSheet:
        """The units that could help."""
        async with self._office.database.reading() as work:
            complaint = await find(work, self._office, by.actor, number)
            government = await self._office.government(work, complaint.government_id)
            allow(by.actor, Action.ADD_UNIT, subject_of(complaint, government))
            return await _team(work, complaint)

    async def add(self, by: Caller, number: str, unit_id: int) -> TeamSheet:
        """Lets a unit take part."""
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            government = await self._office.government(work, complaint.government_id)
            allow(by.actor, Action.ADD_UNIT, subject_of(complaint, government))
            await add_unit(self._office, work, by.actor, complaint, unit_id)
            sheet = await _team(work, complaint)
            await work.commit()
            return sheet

    async def helpers(self, by: Caller, number: str) -> TeamSheet:
        """The units that take part, for who may end that."""
        async with self._office.database.reading() as work:
            return await _team(work, await self._to_end_help(work, by, number))

    async def remove(self, by: Caller, number: str, unit_id: int) -> TeamSheet:
        """Lets a unit take part no more: its people lose the complaint and are told.

        Raises `NotUnderstood` for a unit that does not help, above all for the one that leads.
        """
        async with self._office.database.work(by.cause) as work:
            complaint = await self._to_end_help(work, by, number)
            remaining = [each for each in complaint.participations if each.unit_id != unit_id]
            if len(remaining) == len(complaint.participations):
                raise NotUnderstood("unit_leads" if unit_id == complaint.unit_id else "unit_helps_not")
            complaint.participations = remaining
            words = Words(data={"unit_id": unit_id})
            await Mover(self._office, work).move(complaint, by.actor, Action.REMOVE_UNIT, words)
            sheet = await _team(work, complaint)
            await work.commit()
            return sheet

    async def _to_end_help(self, work: UnitOfWork, by: Caller, number: str) -> Complaint:
        complaint = await find(work, self._office, by.actor, number)
        government = await self._office.government(work, complaint.government_id)
        allow(by.actor, Action.REMOVE_UNIT, subject_of(complaint, government))
        return complaint

    async def nudge(self, by: Caller, number: str) -> str:
        """Reminds the people of the unit that leads, once per working day; returns the unit's name.

        A province hub may do it without reading the complaint, so the number is looked up and the rules decide.
        Raises `NotUnderstood` when it was done today already, or when nobody is there to hear it.
        """
        async with self._office.database.work(by.cause) as work:
            complaint = await find_any(work, number)
            government = await self._office.government(work, complaint.government_id)
            allow(by.actor, Action.NUDGE, subject_of(complaint, government))
            calendar, now = await self._office.calendar(work, government), self._office.clock()
            last = await work.timeline.last(complaint.id, Action.NUDGE)
            opens = calendar.next_opening
            if last and calendar.local_date(opens(last.at)) == calendar.local_date(opens(now)):
                raise NotUnderstood("nudged_already")
            if not await Responsible.of(work).unit_people(complaint):
                raise NotUnderstood("unit_unstaffed")
            await Mover(self._office, work).move(complaint, by.actor, Action.NUDGE)
            unit = await work.directory.unit(complaint.unit_id) if complaint.unit_id else None
            await work.commit()
            return unit.name if unit else ""


async def _team(work: UnitOfWork, complaint: Complaint) -> TeamSheet:
    units = await other_units(work, complaint)
    helping = [await work.directory.unit(each.unit_id) for each in complaint.participations]
    return TeamSheet(
        number=complaint.number,
        unit_ids=tuple(unit.id for unit in units),
        unit_names=tuple(unit.name for unit in units),
        helpers=tuple((unit.id, unit.name) for unit in helping),
    )
