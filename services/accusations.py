"""A person says by hand whom a complaint accuses, where the program could not know; who examines may clear somebody."""

from __future__ import annotations

from domain.examination import INSPECTORATE
from domain.lifecycle import Action
from domain.permissions import open_actions
from domain.refusals import NotUnderstood
from services.caller import Caller
from services.desk_sheets import AccusedSheet
from services.moves import Mover, Words, subject_of
from services.office import Office
from services.seeking import find
from storage.tables_complaints import Complaint
from storage.unit_of_work import UnitOfWork


class Accusations:
    """Raises the refusals of `find` and `allow`: who belongs to a unit that is accused finds no number here."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def of(self, by: Caller, number: str) -> AccusedSheet:
        """Whom it accuses, and whom else it could."""
        async with self._office.database.reading() as work:
            return await self._sheet(work, by, await find(work, self._office, by.actor, number))

    async def accuse(self, by: Caller, number: str, unit_id: int) -> AccusedSheet:
        """From now on the complaint accuses a unit; nobody of it hears of it. A second tap changes nothing."""
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            if unit_id in by.actor.units or unit_id not in await _units(work, complaint):
                raise NotUnderstood("choice_unknown")
            if unit_id not in complaint.accused_unit_ids:
                complaint.accuses = True
                complaint.accused_unit_ids = sorted({*complaint.accused_unit_ids, unit_id})
                await self._move(work, by, complaint, Action.ACCUSE, unit_id)
            return await self._done(work, by, complaint)

    async def clear(self, by: Caller, number: str, unit_id: int) -> AccusedSheet:
        """The complaint does not accuse a unit after all; where none is left it accuses nobody."""
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            if unit_id in complaint.accused_unit_ids:
                await self._move(work, by, complaint, Action.CLEAR, unit_id)
                complaint.accused_unit_ids = [each for each in complaint.accused_unit_ids if each != unit_id]
                complaint.accuses = bool(complaint.accused_unit_ids)
            return await self._done(work, by, complaint)

    async def _move(self, work: UnitOfWork, by: Caller, complaint: Complaint, action: Action, unit_id: int) -> None:
        unit = await work.directory.unit(unit_id)
        await Mover(self._office, work).move(complaint, by.actor, action, Words(unit.name, {"accused": unit_id}))

    async def _done(self, work: UnitOfWork, by: Caller, complaint: Complaint) -> AccusedSheet:
        sheet = await self._sheet(work, by, complaint)
        await work.commit()
        return sheet

    async def _sheet(self, work: UnitOfWork, by: Caller, complaint: Complaint) -> AccusedSheet:
        government = await self._office.government(work, complaint.government_id)
        may = open_actions(by.actor, subject_of(complaint, government), (Action.ACCUSE, Action.CLEAR))
        units = await _units(work, complaint)
        accused = tuple((each, units[each]) for each in complaint.accused_unit_ids if each in units)
        free = {
            each: name for each, name in units.items() if each not in {*complaint.accused_unit_ids, *by.actor.units}
        }
        return AccusedSheet(
            number=complaint.number,
            accused=accused,
            others=tuple(free.items()) if Action.ACCUSE in may else (),
            may_clear=Action.CLEAR in may,
        )


async def _units(work: UnitOfWork, complaint: Complaint) -> dict[int, str]:
    """The units of its government but for who examines: those that work on it first, then those that were proposed."""
    if complaint.government_id is None:
        return {}
    units = await work.directory.units(complaint.government_id)
    engaged = {complaint.unit_id, *(each.unit_id for each in complaint.participations)}
    proposed = {item.get("unit") for item in complaint.suggestions}
    likely = sorted(units, key=lambda unit: (unit.id not in engaged, unit.code not in proposed, unit.name))
    return {unit.id: unit.name for unit in likely if unit.kind != INSPECTORATE}
