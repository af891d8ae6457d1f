"""Who decides who works where: tiny pure functions over the roles of whoever decides and the office in question."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from domain.examination import INSPECTORATE
from domain.lifecycle import WORKERS, Role
from domain.permissions import SYSTEM, Actor, Membership

IDLE_AFTER = timedelta(days=30)
"""Who has done nothing on duty for so long counts as idle (DOMAIN: active officers in 30 days)."""

SEASONED = timedelta(days=7)
"""How long an office is held before its holder agrees that an accuser's identity is opened: others see them come."""

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

JUDGING = frozenset({Role.COORDINATOR, Role.NATIONAL_ADMIN, Role.INSPECTOR})
"""The offices that read what accuses a unit, and decide where it goes."""


def may_appoint(actor: Actor, office: Membership, unit_kind: str | None) -> bool:
    """Whether an actor decides who holds an office: nobody above the own one, and nobody outside its scope.

    Nor whoever belongs to a unit, about its judges: one of their own would read what accuses it. `unit_kind` is that
    of the office's unit.
    """
    if actor == SYSTEM:
        return True
    return not _judges(office, unit_kind, actor) and any(_fills(held, office) for held in actor.memberships)


def _judges(office: Membership, unit_kind: str | None, actor: Actor) -> bool:
    """Whether who holds the office may be given what accuses a unit of the actor; what accuses it never goes to it."""
    if not actor.units:
        return False
    return office.role in JUDGING or (unit_kind == INSPECTORATE and actor.units != {office.unit_id})


def judges(role: Role, unit_kind: str | None) -> bool:
    """Whether who holds an office may be given what accuses a unit: at a desk, or in an inspectorate."""
    return role in JUDGING or unit_kind == INSPECTORATE


def seasoned(since: datetime, at: datetime) -> bool:
    """Whether an office had been held for long enough, at an instant, for its holder to be a second person."""
    return since <= at - SEASONED


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
    given = {*(OF_A_GOVERNMENT if actor.holds(Role.COORDINATOR) else ())}
    given |= OF_A_UNIT if actor.holds(Role.UNIT_HEAD) else set()
    if actor == SYSTEM or actor.holds(Role.NATIONAL_ADMIN):
        given = {*OFFICES}
    return tuple(role for role in OFFICES if role in given and not (actor.units and role in JUDGING))


class StaffWord(StrEnum):
    """What somebody is told when people come and go."""

    JOINED = "joined"
    ARRIVED = "arrived"
    LEFT = "left"
    GIVEN = "given"
    RECEIVED = "received"
    QUEUED = "queued"
    UNIT_EMPTY = "unit_empty"
    DESK_EMPTY = "desk_empty"
