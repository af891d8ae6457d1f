"""Who may do what to which complaint."""

import pytest

from domain.lifecycle import Action, Role, Status
from domain.permissions import SYSTEM, Actor, Membership, Subject, allow, may_read, open_actions, standings
from domain.refusals import NotAllowed, NotNow

CITY, OTHER_CITY, PROVINCE = 1, 2, "32"
ROADS, WATER, INSPECTORATE = 10, 11, 12
CITIZEN, STRANGER, OFFICER, COORDINATOR = 100, 101, 102, 103


def officer(unit: int = ROADS, role: Role = Role.OFFICER, person: int = OFFICER) -> Actor:
    return Actor(person, (Membership(role, CITY, unit),))


def coordinator(government: int = CITY) -> Actor:
    return Actor(COORDINATOR, (Membership(Role.COORDINATOR, government),))


def complaint(
    status: Status = Status.FORWARDED, unit: int = ROADS, accused: int | None = None, government: int | None = CITY
) -> Subject:
    return Subject(
        status,
        CITIZEN,
        government,
        PROVINCE,
        frozenset({unit}),
        frozenset({accused} if accused else ()),
    )


def test_a_stranger_stands_nowhere_and_may_do_nothing() -> None:
    stranger = Actor(STRANGER)
    assert standings(stranger, complaint()) == frozenset()
    assert not may_read(stranger, complaint())
    assert open_actions(stranger, complaint()) == ()


def test_the_accused_unit_stands_nowhere_even_when_the_complaint_lies_with_it() -> None:
    accused = complaint(accused=ROADS)
    for role in (Role.OFFICER, Role.UNIT_HEAD):
        assert standings(officer(role=role), accused) == frozenset()
        assert not may_read(officer(role=role), accused)
        with pytest.raises(NotAllowed):
            allow(officer(role=role), Action.FOLLOW_UP, accused)


def test_who_sits_in_the_accused_unit_gets_in_by_no_other_door() -> None:
    head_and_coordinator = Actor(OFFICER, (Membership(Role.UNIT_HEAD, CITY, ROADS), Membership(Role.COORDINATOR, CITY)))
    assert standings(head_and_coordinator, complaint(unit=INSPECTORATE, accused=ROADS)) == frozenset()


def test_an_officer_of_the_accused_unit_keeps_the_rights_of_a_citizen_in_an_own_complaint() -> None:
    own = Subject(Status.DONE, OFFICER, CITY, PROVINCE, frozenset({INSPECTORATE}), frozenset({ROADS}))
    assert standings(officer(), own) == {Role.CITIZEN}
    assert allow(officer(), Action.CONFIRM, own).to is Status.CLOSED


def test_the_inspectorate_works_on_what_accuses_another_unit() -> None:
    inspector = officer(INSPECTORATE, Role.INSPECTOR)
    assert allow(inspector, Action.FOLLOW_UP, complaint(unit=INSPECTORATE, accused=ROADS))


def test_an_officer_of_another_unit_of_the_same_city_sees_nothing() -> None:
    assert standings(officer(WATER), complaint(unit=ROADS)) == frozenset()
    assert not may_read(officer(WATER), complaint(unit=ROADS))


def test_a_coordinator_sees_the_own_government_and_no_other() -> None:
    assert may_read(coordinator(CITY), complaint())
    assert not may_read(coordinator(OTHER_CITY), complaint())


def test_a_coordinator_without_a_government_does_not_stand_before_what_has_none() -> None:
    lost = Actor(COORDINATOR, (Membership(Role.COORDINATOR, None),))
    assert standings(lost, complaint(government=None)) == frozenset()


def test_a_province_hub_nudges_but_reads_nothing() -> None:
    hub = Actor(STRANGER, (Membership(Role.PROVINCE_HUB, province=PROVINCE),))
    assert allow(hub, Action.NUDGE, complaint())
    assert not may_read(hub, complaint())


def test_a_province_hub_of_another_province_stands_nowhere() -> None:
    hub = Actor(STRANGER, (Membership(Role.PROVINCE_HUB, province="35"),))
    assert standings(hub, complaint()) == frozenset()


def test_an_observer_sees_figures_only() -> None:
    observer = Actor(STRANGER, (Membership(Role.OBSERVER),))
    assert not may_read(observer, complaint())
    assert open_actions(observer, complaint()) == ()


def test_a_national_admin_stands_in_where_nobody_is_responsible_and_as_arbiter() -> None:
    national = Actor(STRANGER, (Membership(Role.NATIONAL_ADMIN),))
    assert may_read(national, complaint(government=None))
    assert not may_read(national, complaint())
    at_arbiter = Subject(Status.SUBMITTED, CITIZEN, CITY, PROVINCE, at_arbiter=True)
    assert allow(national, Action.FORWARD, at_arbiter).to is Status.FORWARDED


def test_the_wrong_status_is_told_apart_from_the_wrong_person() -> None:
    with pytest.raises(NotNow) as refused:
        allow(officer(), Action.FOLLOW_UP, complaint(Status.CLOSED))
    assert refused.value.status is Status.CLOSED
    with pytest.raises(NotAllowed):
        allow(Actor(CITIZEN), Action.FOLLOW_UP, complaint(Status.FORWARDED))


def test_a_stranger_does_not_learn_from_a_refusal_what_the_status_is() -> None:
    for status in Status:
        with pytest.raises(NotAllowed):
            allow(Actor(STRANGER), Action.FOLLOW_UP, complaint(status))


def test_the_system_forwards_and_closes_but_never_answers_for_people() -> None:
    assert allow(SYSTEM, Action.CLOSE, complaint(Status.DONE)).to is Status.CLOSED
    for action in (Action.FOLLOW_UP, Action.CONFIRM, Action.RATE, Action.ARCHIVE):
        with pytest.raises(NotAllowed):
            allow(SYSTEM, action, complaint(Status.DONE))


def test_a_person_without_a_number_is_nobodys_citizen() -> None:
    erased = Subject(Status.DONE, None, CITY)
    assert standings(Actor(CITIZEN), erased) == frozenset()


def test_what_is_open_is_what_would_be_allowed() -> None:
    for status in Status:
        subject = complaint(status)
        for action in open_actions(officer(), subject):
            assert allow(officer(), action, subject)
