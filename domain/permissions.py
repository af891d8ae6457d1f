"""Who may do what to which complaint: tiny pure functions over roles and their scopes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from domain.lifecycle import MOVES, WORKERS, Action, Role, Status, Transition, transition
from domain.refusals import ArbiterDecided, NotAllowed, NotNow


@dataclass(frozen=True)
class Membership:
    """A role with its scope: a unit, a government, a province (its two-digit code), or the nation."""

    role: Role
    government_id: int | None = None
    unit_id: int | None = None
    province: str | None = None


@dataclass(frozen=True)
class Actor:
    """Somebody who acts: a person with memberships, or the system (no person)."""

    person_id: int | None
    memberships: tuple[Membership, ...] = ()

    @property
    def units(self) -> frozenset[int]:
        """The units that this person belongs to, in whatever role."""
        return frozenset(m.unit_id for m in self.memberships if m.unit_id is not None)

    def governments(self, *roles: Role) -> frozenset[int]:
        """The governments in which this person holds one of the roles."""
        return frozenset(m.government_id for m in self.memberships if m.role in roles and m.government_id is not None)

    def holds(self, *roles: Role) -> bool:
        """Whether this person holds one of the roles anywhere."""
        return any(m.role in roles for m in self.memberships)


SYSTEM = Actor(person_id=None)


@dataclass(frozen=True)
class Subject:
    """What the rules need to know of a complaint. `supporter_id`: who has the same trouble, or says so just now.

    `helping_unit_ids` take part beside the unit that leads; `arbitrated`: who is responsible was decided for good.
    """

    status: Status
    citizen_id: int | None
    government_id: int | None = None
    province: str | None = None
    unit_ids: frozenset[int] = field(default_factory=frozenset)
    accused_unit_ids: frozenset[int] = field(default_factory=frozenset)
    at_arbiter: bool = False
    supporter_id: int | None = None
    helping_unit_ids: frozenset[int] = field(default_factory=frozenset)
    arbitrated: bool = False


def standings(actor: Actor, subject: Subject) -> frozenset[Role]:
    """The roles in which this actor stands before this complaint; empty for a stranger.

    Who belongs to a unit that the complaint accuses stands before it in no role but that of its citizen
    (a report about levies must never reach the accused, by whatever door).
    """
    if actor == SYSTEM:
        return frozenset({Role.SYSTEM})
    own = {Role.CITIZEN} if actor.person_id is not None and actor.person_id == subject.citizen_id else set()
    if actor.units & subject.accused_unit_ids:
        return frozenset(own)
    roles = own | {m.role for m in actor.memberships if _covers(m, subject)}
    if any(m.role in WORKERS and m.unit_id in subject.helping_unit_ids for m in actor.memberships):
        roles.add(Role.PARTICIPANT)
    # Nobody supports what is theirs or what they work on.
    joins = not roles and actor.person_id is not None and actor.person_id == subject.supporter_id
    return frozenset(roles or ({Role.SUPPORTER} if joins else ()))


def _covers(membership: Membership, subject: Subject) -> bool:
    match membership.role:
        case Role.OFFICER | Role.UNIT_HEAD | Role.INSPECTOR:
            return membership.unit_id in subject.unit_ids
        case Role.COORDINATOR:
            return subject.government_id is not None and membership.government_id == subject.government_id
        case Role.NATIONAL_ADMIN:
            return subject.government_id is None or subject.at_arbiter
        case Role.PROVINCE_HUB:
            return membership.province is not None and membership.province == subject.province
        case _:
            return False


_NEVER_READS = frozenset({Role.PROVINCE_HUB, Role.OBSERVER, Role.SUPPORTER})


def may_read(actor: Actor, subject: Subject) -> bool:
    """Whether this actor may read the text: hubs and observers see figures, supporters the public face."""
    return bool(standings(actor, subject) - _NEVER_READS)


def allow(actor: Actor, action: Action, subject: Subject) -> Transition:
    """Returns what follows, or refuses: `NotAllowed` for the wrong person, `NotNow` for the wrong status.

    What the arbiter has given to a unit stays there: `ArbiterDecided`.
    """
    roles = standings(actor, subject)
    row = transition(subject.status, action)
    if row is not None and roles & row.who:
        if _settled(action, subject):
            raise ArbiterDecided
        return row
    if row is None and roles & _ever_allowed(action):
        raise NotNow(action, subject.status)
    raise NotAllowed(action)


def at_desk(actor: Actor, government_id: int | None) -> bool:
    """Whether this actor coordinates a government, or (None) serves the desk that forwards to SP4N."""
    if government_id is None:
        return actor.holds(Role.NATIONAL_ADMIN)
    return government_id in actor.governments(Role.COORDINATOR)


def may_decide(actor: Actor, subject: Subject, involved: Collection[int | None]) -> bool:
    """Whether somebody who stands at the desk is free to decide: not who asked, took it on, or belongs to its units."""
    return actor.person_id not in involved and not actor.units & (subject.unit_ids | subject.helping_unit_ids)


def open_actions(actor: Actor, subject: Subject, among: Iterable[Action] = Action) -> tuple[Action, ...]:
    """The actions that `allow` would let through now."""
    roles = standings(actor, subject)
    rows = MOVES[subject.status]
    return tuple(
        action for action in among if action in rows and roles & rows[action].who and not _settled(action, subject)
    )


def _settled(action: Action, subject: Subject) -> bool:
    """Whether the arbiter has closed this way."""
    return action is Action.RETURN and subject.arbitrated


def _ever_allowed(action: Action) -> frozenset[Role]:
    rows = (transition(status, action) for status in Status)
    return frozenset(role for row in rows if row is not None for role in row.who)
