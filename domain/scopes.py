"""Whose figures somebody may see: one scope for every office that they hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.lifecycle import Role
from domain.permissions import Actor, Membership


class ScopeKind(StrEnum):
    """What figures are of."""

    UNIT = "u"
    GOVERNMENT = "g"
    PROVINCE = "p"
    NATION = "n"


@dataclass(frozen=True)
class Scope:
    """One unit, one government, one province or the nation; `place` is an id, or the code of a province."""

    kind: ScopeKind
    place: int = 0

    @property
    def province(self) -> str:
        """The two-digit code of a province."""
        return f"{self.place:02}"

    def __str__(self) -> str:
        """As a button keeps it."""
        return f"{self.kind.value}{self.place}"

    @classmethod
    def parse(cls, text: str) -> Scope | None:
        """Reads what a button keeps; None for a forgery."""
        known = {kind.value: kind for kind in ScopeKind}
        if text[:1] not in known or not text[1:].isdecimal() or len(text) > LONGEST:
            return None
        return cls(known[text[0]], int(text[1:]))


LONGEST = 10
"""Characters of a scope on a button: no larger number is an id."""

NATION = Scope(ScopeKind.NATION)


def scopes_of(actor: Actor) -> tuple[Scope, ...]:
    """The scopes of every office that somebody holds, each once."""
    found = (_scope(membership) for membership in actor.memberships)
    return tuple(dict.fromkeys(scope for scope in found if scope))


def _scope(membership: Membership) -> Scope | None:
    match membership.role:
        case Role.OFFICER | Role.UNIT_HEAD | Role.INSPECTOR if membership.unit_id is not None:
            return Scope(ScopeKind.UNIT, membership.unit_id)
        case Role.COORDINATOR if membership.government_id is not None:
            return Scope(ScopeKind.GOVERNMENT, membership.government_id)
        case Role.PROVINCE_HUB if membership.province is not None:
            return _province(membership.province)
        case Role.NATIONAL_ADMIN:
            return NATION
        case Role.OBSERVER:
            return _observed(membership)
        case _:
            return None


def _observed(membership: Membership) -> Scope:
    """Whoever observes is given the nation, or a part of it."""
    if membership.government_id is not None:
        return Scope(ScopeKind.GOVERNMENT, membership.government_id)
    return _province(membership.province) if membership.province is not None else NATION


def _province(code: str) -> Scope:
    return Scope(ScopeKind.PROVINCE, int(code))


def reads_complaints(actor: Actor, scope: Scope) -> bool:
    """Whether somebody reads the complaints that a figure counts anyway: then no count is too small to be told."""
    match scope.kind:
        case ScopeKind.UNIT:
            return scope.place in actor.units
        case ScopeKind.GOVERNMENT:
            return scope.place in actor.governments(Role.COORDINATOR)
        case _:
            return False


def watches_province(actor: Actor, province: str) -> bool:
    """Whether a province lies within what somebody looks after or observes; a forged one lies nowhere."""
    scopes = scopes_of(actor)
    return province.isdecimal() and (NATION in scopes or Scope(ScopeKind.PROVINCE, int(province)) in scopes)


def may_remind(actor: Actor, province: str | None) -> bool:
    """Whether somebody may remind a government of a province that it is silent: its hub, or a national admin."""
    hubs = {membership.province for membership in actor.memberships if membership.role is Role.PROVINCE_HUB}
    return actor.holds(Role.NATIONAL_ADMIN) or (province is not None and province in hubs)
