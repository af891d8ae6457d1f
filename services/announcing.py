"""A coordinator writes once for many: who else gets the words is found when they are begun, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.lifecycle import Action
from domain.permissions import Actor, open_actions
from domain.refusals import NotUnderstood
from services.moves import subject_of
from services.office import Office
from storage.tables_complaints import Complaint
from storage.unit_of_work import UnitOfWork

ALSO, SUPPORTERS = "also", "supporters"
"""What a composition keeps for an announcement: the other complaints, and how many supporters read it besides."""

ADDRESSEES = (ALSO, SUPPORTERS)

MOST = 100
"""Complaints of one announcement: it is one transaction."""


async def addressed(work: UnitOfWork, office: Office, actor: Actor, complaint: Complaint) -> dict[str, Any]:
    """Gathers what lies with the same unit about the same subject in the same area.

    Raises `NotUnderstood("nobody_alike")` when there is nobody else to tell.
    """
    found = await work.complaints.alike(actor, complaint, MOST - 1)
    allowed = [each for each in found if await _may_be_told(work, office, actor, each)]
    if not allowed and not complaint.supporters:
        raise NotUnderstood("nobody_alike")
    return {
        ALSO: [each.id for each in allowed],
        SUPPORTERS: sum(each.supporters for each in (complaint, *allowed)),
    }


async def still_addressed(
    work: UnitOfWork, office: Office, actor: Actor, complaint: Complaint, data: Mapping[str, Any]
) -> list[Complaint]:
    """The complaints that the words go to: the one that they were begun for, and the others that may still be told."""
    others = [await work.complaints.reachable(actor, complaint_id) for complaint_id in data.get(ALSO, ())]
    return [complaint, *[each for each in others if each and await _may_be_told(work, office, actor, each)]]


async def _may_be_told(work: UnitOfWork, office: Office, actor: Actor, complaint: Complaint) -> bool:
    government = await office.government(work, complaint.government_id)
    return Action.ANNOUNCE in open_actions(actor, subject_of(complaint, government))
