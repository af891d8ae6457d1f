"""Whom a complaint accuses: seen when it is filed, and in every word that people write for it later."""

from __future__ import annotations

from collections.abc import Iterable

from domain.examination import INSPECTORATE
from routing.places import Place
from services.office import Office
from storage.tables_complaints import Complaint
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork


async def accused_ids(work: UnitOfWork, government: Government | None, codes: Iterable[str]) -> set[int]:
    """The units of a government that are accused, by their codes."""
    if government is None:
        return set()
    units = [await work.directory.unit_by_code(government.id, code) for code in codes]
    return {unit.id for unit in units if unit is not None}


async def heed(office: Office, work: UnitOfWork, complaint: Complaint, said: str) -> None:
    """Lets words that were written for a complaint close the wall, if they accuse: before anybody is told of them.

    Whom they mean nobody knows for certain. So whoever works on a complaint that accused nobody until now is among
    the accused, but for the inspectorate; later only who is named. A person may mend it: `services.accusations`.
    """
    found = office.matcher.suggest(said, Place(**complaint.place) if complaint.place else None)
    if not found.accuses:
        return
    government = await office.government(work, complaint.government_id)
    accused = await accused_ids(work, government, found.accused)
    if not complaint.accuses:
        accused |= await _at_work(work, complaint)
    complaint.accuses = True
    complaint.accused_unit_ids = sorted({*complaint.accused_unit_ids, *accused})


async def _at_work(work: UnitOfWork, complaint: Complaint) -> set[int]:
    """The units that have it or help with it and may be meant."""
    engaged = {complaint.unit_id, *(each.unit_id for each in complaint.participations)} - {None}
    units = [await work.directory.unit(unit_id) for unit_id in engaged if unit_id is not None]
    return {unit.id for unit in units if unit.kind != INSPECTORATE}
