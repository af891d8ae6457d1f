"""Who decides who works where: tiny pure functions over the roles of whoever decides and the office in question."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from domain.lifecycle import WORKERS, Role
from domain.permissions import SYSTEM, Actor, Membership

IDLE_AFTER = timedelta(days=30)
"""Who has done nothing on duty for so long counts as idle (DOMAIN: active officers in 30 days)."""

OFFICES = (
    Role.OFFICER,
    Role.UNIT_HEAD,
    Role.INSPECTOR,
    Role.COORDINATOR,
    Role.PROVINCE_HUB,
    Role.NATIONAL_ADMIN,
    Role.OBSERVER,
)
"""The roles that somebody is given, from the unit to the nation; everybody else comes by themselves."""

ACTING = frozenset({*WORKERS, Role.COORDINATOR, Role.NATIONAL_ADMIN})
"""The offices in which there is something to do: hubs and observers look on, so they are never idle."""

EVERYWHERE = frozenset({Role.NATIONAL_ADMIN, Role.OBSERVER})
"""The offices that belong to no government."""

OF_A_GOVERNMENT = frozenset({*WORKERS, Role.COORDINATOR})
"""The offices that a coordinator fills in the own government; a colleague is not above anybody."""

OF_A_UNIT = frozenset({Role.OFFICER})
"""The offices that the head of a unit fills in it."""


def may_appoint(actor: Actor, office: Membership) -> bool:
    """Whether an actor decides who holds an office: nobody above the own one, and nobody outside its scope."""
    return actor == SYSTEM or any(_fills(held, office) for held in actor.memberships)


def _fills(held: Membership, office: Membership) -> bool:
    match held.role:
        case Role.NATIONAL_ADMIN:
            return office.role in OFFICES
        case Role.COORDINATOR:
            here = held.government_id is not None and held.government_id == office.government_id
            return here and office.role in OF_A_GOVERNMENT
        case Role.UNIT_HEAD:
            return held.unit_id is not None and held.unit_id == office.unit_id and office.role in OF_A_UNIT
        case _:
            return False


def offices_to_fill(actor: Actor) -> tuple[Role, ...]:
    """The roles that an actor may give somewhere, from the unit to the nation."""
    if actor == SYSTEM or actor.holds(Role.NATIONAL_ADMIN):
        return OFFICES
    given = {*(OF_A_GOVERNMENT if actor.holds(Role.COORDINATOR) else ())}
    given |= OF_A_UNIT if actor.holds(Role.UNIT_HEAD) else set()
    return tuple(role for role in OFFICES if role in given)


class StaffWord(StrEnum):
    """What somebody is told when people come and go."""

    JOINED = "joined"
    LEFT = "left"
    GIVEN = "given"
    RECEIVED = "received"
    QUEUED = "queued"
    UNIT_EMPTY = "unit_empty"
    DESK_EMPTY = "desk_empty"
