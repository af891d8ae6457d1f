"""Whose figures somebody may see, by their offices."""

import pytest

from domain.lifecycle import Role
from domain.permissions import Actor, Membership
from domain.scopes import (
    NATION,
    Scope,
    ScopeKind,
    may_remind,
    reads_complaints,
    scopes_of,
    watches_province,
)

CITY, UNIT, PROVINCE = 3, 12, "36"
UNIT_SCOPE, CITY_SCOPE = Scope(ScopeKind.UNIT, UNIT), Scope(ScopeKind.GOVERNMENT, CITY)
PROVINCE_SCOPE = Scope(ScopeKind.PROVINCE, 36)

MEMBERSHIPS = {
    Role.OFFICER: Membership(Role.OFFICER, CITY, UNIT),
    Role.UNIT_HEAD: Membership(Role.UNIT_HEAD, CITY, UNIT),
    Role.INSPECTOR: Membership(Role.INSPECTOR, CITY, UNIT),
    Role.COORDINATOR: Membership(Role.COORDINATOR, CITY),
    Role.PROVINCE_HUB: Membership(Role.PROVINCE_HUB, CITY, province=PROVINCE),
    Role.NATIONAL_ADMIN: Membership(Role.NATIONAL_ADMIN),
    Role.OBSERVER: Membership(Role.OBSERVER),
}
SCOPES = {
    Role.OFFICER: UNIT_SCOPE,
    Role.UNIT_HEAD: UNIT_SCOPE,
    Role.INSPECTOR: UNIT_SCOPE,
    Role.COORDINATOR: CITY_SCOPE,
    Role.PROVINCE_HUB: PROVINCE_SCOPE,
    Role.NATIONAL_ADMIN: NATION,
    Role.OBSERVER: NATION,
}


def who(*roles: Role) -> Actor:
    return Actor(1, tuple(MEMBERSHIPS[role] for role in roles))


@pytest.mark.parametrize("role", list(Role))
def test_every_office_has_its_scope_and_nobody_else_has_any(role: Role) -> None:
    actor = who(role) if role in MEMBERSHIPS else Actor(1, (Membership(role, CITY, UNIT, PROVINCE),))
    assert scopes_of(actor) == ((SCOPES[role],) if role in SCOPES else ())


def test_several_offices_are_several_scopes_and_the_same_is_one() -> None:
    assert scopes_of(who(Role.OFFICER, Role.UNIT_HEAD, Role.COORDINATOR)) == (UNIT_SCOPE, CITY_SCOPE)


def test_an_observer_may_be_given_a_part_of_the_nation() -> None:
    of_city, of_province = Membership(Role.OBSERVER, CITY), Membership(Role.OBSERVER, province=PROVINCE)
    assert scopes_of(Actor(1, (of_city, of_province))) == (CITY_SCOPE, PROVINCE_SCOPE)
    assert not reads_complaints(Actor(1, (of_city,)), CITY_SCOPE)


def test_only_who_reads_complaints_is_told_small_counts() -> None:
    readers = {role for role, scope in SCOPES.items() if reads_complaints(who(role), scope)}
    assert readers == {Role.OFFICER, Role.UNIT_HEAD, Role.INSPECTOR, Role.COORDINATOR}


def test_a_province_is_watched_by_its_hub_and_the_nations_people_and_reminded_by_no_observer() -> None:
    watching = {role for role in MEMBERSHIPS if watches_province(who(role), PROVINCE)}
    assert watching == {Role.PROVINCE_HUB, Role.NATIONAL_ADMIN, Role.OBSERVER}
    assert {role for role in MEMBERSHIPS if may_remind(who(role), PROVINCE)} == {Role.PROVINCE_HUB, Role.NATIONAL_ADMIN}
    assert not watches_province(who(Role.PROVINCE_HUB), "32")


@pytest.mark.parametrize("forged", ["", "VX7-HQF-GZV", "-36", "3.6"])
def test_a_province_that_is_no_number_is_watched_by_nobody(forged: str) -> None:
    assert not any(watches_province(who(role), forged) for role in MEMBERSHIPS)
    assert not may_remind(who(Role.PROVINCE_HUB), "32")
    assert not may_remind(who(Role.PROVINCE_HUB), None)


@pytest.mark.parametrize("scope", [UNIT_SCOPE, CITY_SCOPE, PROVINCE_SCOPE, NATION])
def test_a_button_keeps_a_scope(scope: Scope) -> None:
    assert Scope.parse(str(scope)) == scope


@pytest.mark.parametrize("forged", ["", "x1", "g", "g-1", "u99999999999", "p3a", "g²"])
def test_a_forged_scope_is_none(forged: str) -> None:
    assert Scope.parse(forged) is None
