"""Another class for a complaint: a resolution clock that runs is counted from its start with the new limit."""

from __future__ import annotations

from domain.lifecycle import Action, ClockKind, ComplaintClass
from domain.permissions import Actor
from services.clocks import Clocks
from services.moves import Mover, Words
from services.office import Office
from storage.tables_complaints import Complaint
from storage.unit_of_work import UnitOfWork


async def reclassify(
    office: Office, work: UnitOfWork, actor: Actor, complaint: Complaint, complaint_class: ComplaintClass
) -> None:
    """Sets the class; the same class once more changes nothing. Raises the refusals of `allow`."""
    before, complaint.complaint_class = complaint.complaint_class, complaint_class
    if before is complaint_class:
        return
    words = Words(data={"class": complaint_class.value, "before": before.value if before else None})
    await Mover(office, work).move(complaint, actor, Action.CHANGE_CLASS, words)
    government = await office.government(work, complaint.government_id)
    rules = office.rules(complaint.regulation_version, government)
    calendar = await office.calendar(work, government)
    await Clocks(work, complaint, calendar, rules).relimit(ClockKind.RESOLVE)
