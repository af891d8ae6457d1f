"""Which units may have a complaint: never an accused one, and an accusation goes to the inspectorate first."""

from __future__ import annotations

from domain.drafting import UNDECIDED
from domain.examination import INSPECTORATE
from storage.tables_complaints import Complaint
from storage.tables_offices import Unit
from storage.unit_of_work import UnitOfWork


async def eligible_units(work: UnitOfWork, complaint: Complaint) -> list[Unit]:
    """The units that may have it, proposed ones first.

    An accused unit never may. What accuses anybody goes to the inspectorate; once that has returned it, it judged that
    there is nothing to examine, and the other units are open again.
    """
    if complaint.government_id is None:
        return []
    units = await work.directory.units(complaint.government_id)
    units = [unit for unit in units if unit.id not in complaint.accused_unit_ids]
    if complaint.accuses and not await _examined(work, complaint):
        return [unit for unit in units if unit.kind == INSPECTORATE]
    order = [item.get("unit") for item in complaint.suggestions]
    if complaint.chosen not in (None, UNDECIDED):
        order.insert(0, complaint.suggestions[complaint.chosen].get("unit"))
    return sorted(units, key=lambda unit: (order.index(unit.code) if unit.code in order else len(order), unit.name))


async def _examined(work: UnitOfWork, complaint: Complaint) -> bool:
    """Whether an inspectorate has given it back; what a unit returned before anybody was accused is no judgement."""
    return bool(complaint.returns) and await work.timeline.returned_by(complaint.id, INSPECTORATE)


async def other_units(work: UnitOfWork, complaint: Complaint) -> list[Unit]:
    """The units that could have it instead, or help: neither the one that leads nor one that takes part already."""
    engaged = {complaint.unit_id, *(each.unit_id for each in complaint.participations)}
    return [unit for unit in await eligible_units(work, complaint) if unit.id not in engaged]
