"""Offices that hand a complaint to and fro: what each of them said, and the arbiter who decides for good."""

from __future__ import annotations

from collections.abc import Sequence

from domain.lifecycle import Action, Role
from domain.permissions import Actor
from domain.refusals import AtArbiter
from domain.requests import RequestKind
from services.case_sheets import HandedBack
from storage.tables_complaints import Complaint, Event
from storage.unit_of_work import UnitOfWork


async def prepare_return(work: UnitOfWork, complaint: Complaint) -> None:
    """Lets a return go to the arbiter when it is not the first, a refused request for one included."""
    if complaint.returns or await work.requests.was_refused(complaint.id, RequestKind.RETURN):
        complaint.at_arbiter = True


async def demand_arbiter(work: UnitOfWork, actor: Actor, complaint: Complaint) -> None:
    """Raises `AtArbiter` for whoever is not the arbiter of a complaint that waits for one.

    Where an installation has no national admin, the coordinator stays the judge: nothing waits where nobody reads.
    """
    if complaint.at_arbiter and not actor.holds(Role.NATIONAL_ADMIN) and await work.staff.at_desk(None):
        raise AtArbiter


def proposed_owner(events: Sequence[Event]) -> int | None:
    """The unit that the last return named as the owner, if it named one."""
    returned = [event for event in events if _is_return(event)]
    return returned[-1].data.get("unit_id") if returned else None


async def handed_back(work: UnitOfWork, events: Sequence[Event]) -> tuple[HandedBack, ...]:
    """What each unit said that gave it back or asked to, oldest first."""
    return tuple([await _said(work, event) for event in events if _is_return(event)])


async def _said(work: UnitOfWork, event: Event) -> HandedBack:
    unit = await work.directory.unit(event.unit_id) if event.unit_id else None
    owner_id = event.data.get("unit_id")
    owner = await work.directory.unit(owner_id) if owner_id else None
    return HandedBack(event.at, unit.name if unit else None, event.text, owner.name if owner else None)


def _is_return(event: Event) -> bool:
    asked = event.action is Action.REQUEST and event.data.get("kind") == RequestKind.RETURN
    return event.action is Action.RETURN or asked
