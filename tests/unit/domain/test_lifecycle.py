"""The life of a complaint: every status x action x role is allowed or refused, never undefined."""

from itertools import product

import pytest

from domain.lifecycle import (
    BUCKETS,
    OPEN_STATUSES,
    TABLE,
    Action,
    Back,
    Bucket,
    ClockEffect,
    ClockKind,
    Role,
    Status,
    Transition,
    transition,
)
from domain.permissions import SYSTEM, Actor, Membership, Subject, allow, open_actions
from domain.refusals import NotAllowed, NotNow, Refusal

GOVERNMENT, UNIT, HELPING_UNIT, PROVINCE = 7, 70, 71, "32"

SCOPES = {
    Role.OFFICER: Membership(Role.OFFICER, GOVERNMENT, UNIT),
    Role.UNIT_HEAD: Membership(Role.UNIT_HEAD, GOVERNMENT, UNIT),
    Role.INSPECTOR: Membership(Role.INSPECTOR, GOVERNMENT, UNIT),
    Role.PARTICIPANT: Membership(Role.OFFICER, GOVERNMENT, HELPING_UNIT),
    Role.COORDINATOR: Membership(Role.COORDINATOR, GOVERNMENT),
    Role.PROVINCE_HUB: Membership(Role.PROVINCE_HUB, province=PROVINCE),
    Role.NATIONAL_ADMIN: Membership(Role.NATIONAL_ADMIN),
    Role.OBSERVER: Membership(Role.OBSERVER),
}


def somebody(role: Role) -> Actor:
    if role is Role.SYSTEM:
        return SYSTEM
    return Actor(1, (SCOPES[role],) if role in SCOPES else ())


def complaint(status: Status, role: Role) -> Subject:
    """A complaint before which somebody of this role stands in exactly this role."""
    return Subject(
        status,
        citizen_id=1 if role is Role.CITIZEN else 2,
        government_id=GOVERNMENT,
        province=PROVINCE,
        unit_ids=frozenset({UNIT}),
        helping_unit_ids=frozenset({HELPING_UNIT}),
        at_arbiter=role is Role.NATIONAL_ADMIN,
        supporter_id=1 if role is Role.SUPPORTER else None,
    )


def answer(action: Action, status: Status, role: Role) -> Transition | Refusal:
    try:
        return allow(somebody(role), action, complaint(status, role))
    except (NotAllowed, NotNow) as refusal:
        return refusal


def test_every_status_action_and_role_is_allowed_or_refused_and_never_undefined() -> None:
    for status, action, role in product(Status, Action, Role):
        row = transition(status, action)
        somewhere = any(role in other.who for (_, of), other in TABLE.items() if of is action)
        given = answer(action, status, role)
        if row is not None and role in row.who:
            assert given is row, (status, action, role)
            assert row.target(held_from=Status.FORWARDED) in Status
        elif row is None and somewhere:
            assert isinstance(given, NotNow), (status, action, role)
        else:
            assert isinstance(given, NotAllowed), (status, action, role)


def test_every_action_is_open_to_somebody_in_some_status() -> None:
    assert {action for _, action in TABLE} == set(Action)


def test_every_status_can_be_reached_from_a_new_complaint() -> None:
    reached, frontier = set(), [Status.SUBMITTED]
    while frontier:
        status = frontier.pop()
        reached.add(status)
        targets = {row.target(status) for (start, _), row in TABLE.items() if start is status}
        frontier.extend(targets - reached)
    assert reached == set(Status)


def test_every_status_stands_in_exactly_one_official_bucket_and_no_bucket_is_empty() -> None:
    assert set(BUCKETS) == set(Status)
    assert set(BUCKETS.values()) == set(Bucket)


def test_only_a_withdrawn_complaint_has_no_way_on() -> None:
    final = {status for status in Status if not any(start is status for start, _ in TABLE)}
    assert final == {Status.WITHDRAWN}


def test_a_question_answered_brings_a_complaint_back_to_where_the_hold_found_it() -> None:
    row = transition(Status.ON_HOLD, Action.ANSWER)
    assert row is not None
    assert row.to is Back.BEFORE_HOLD
    assert row.target(held_from=Status.IN_PROGRESS) is Status.IN_PROGRESS
    assert row.target(held_from=None) is Status.SUBMITTED


def test_an_interim_follow_up_stops_the_first_clock_and_never_starts_the_ten_days() -> None:
    row = transition(Status.FORWARDED, Action.FOLLOW_UP)
    assert row is not None
    assert row.to is Status.IN_PROGRESS
    assert row.clocks == ((ClockKind.FIRST_FOLLOW_UP, ClockEffect.STOP),)


def test_the_ten_days_of_the_citizen_begin_when_the_unit_says_done() -> None:
    starting = {key for key, row in TABLE.items() if (ClockKind.REACT, ClockEffect.START) in row.clocks}
    assert starting == {(Status.FORWARDED, Action.MARK_DONE), (Status.IN_PROGRESS, Action.MARK_DONE)}


def test_the_resolution_clock_does_not_start_again_when_a_returned_complaint_is_forwarded_anew() -> None:
    row = transition(Status.SUBMITTED, Action.FORWARD)
    assert row is not None
    assert (ClockKind.RESOLVE, ClockEffect.START_IF_NEW) in row.clocks
    assert (ClockKind.FIRST_FOLLOW_UP, ClockEffect.START) in row.clocks


@pytest.mark.parametrize("status", sorted({Status.ARCHIVED, Status.MERGED, Status.WITHDRAWN}))
def test_what_is_put_away_leaves_no_clock_running(status: Status) -> None:
    stopped = {(clock, ClockEffect.STOP) for clock in ClockKind}
    rows = [row for row in TABLE.values() if row.to is status]
    assert rows
    assert all(set(row.clocks) == stopped for row in rows if row.clocks)


def test_only_the_citizen_or_silence_closes() -> None:
    closing = {(action, row.who) for (status, action), row in TABLE.items() if row.to is Status.CLOSED is not status}
    assert closing == {(Action.CONFIRM, frozenset({Role.CITIZEN})), (Action.CLOSE, frozenset({Role.SYSTEM}))}


def test_not_solved_reopens_as_often_as_needed() -> None:
    for status in (Status.DONE, Status.CLOSED):
        row = transition(status, Action.REOPEN)
        assert row is not None
        assert (row.to, row.who) == (Status.IN_PROGRESS, {Role.CITIZEN})


def test_the_buttons_of_a_role_are_exactly_what_would_be_let_through() -> None:
    for status, role in product(Status, Role):
        let_through = [action for action in Action if isinstance(answer(action, status, role), Transition)]
        assert list(open_actions(somebody(role), complaint(status, role))) == let_through


def test_open_means_that_somebody_still_owes_work_or_an_answer() -> None:
    assert {Status.SUBMITTED, Status.FORWARDED, Status.IN_PROGRESS, Status.ON_HOLD} == OPEN_STATUSES


def lives() -> set[tuple[Status, frozenset[ClockKind]]]:
    """Every status that a complaint can come to, with the clocks that then run or are paused."""
    seen: set[tuple[Status, Status | None, frozenset[ClockKind], frozenset[ClockKind]]] = set()
    verify = frozenset({ClockKind.VERIFY})
    coming = [(Status.SUBMITTED, None, verify, verify)]
    while coming:
        life = coming.pop()
        if life in seen:
            continue
        seen.add(life)
        status, held_from, running, known = life
        for (before, action), row in TABLE.items():
            if before is not status:
                continue
            started = {kind for kind, effect in row.clocks if effect is ClockEffect.START}
            started |= {kind for kind, effect in row.clocks if effect is ClockEffect.START_IF_NEW} - known
            stopped = {kind for kind, effect in row.clocks if effect is ClockEffect.STOP}
            held = status if action is Action.HOLD else held_from
            coming.append((row.target(held_from), held, (running - stopped) | started, known | started))
    return {(status, running) for status, _, running, _ in seen}


def test_the_clocks_of_offices_run_only_while_a_complaint_is_open() -> None:
    # What is late is looked for among what is open: a clock that outlived its complaint would be found nowhere.
    assert {status for status, running in lives() if running - {ClockKind.REACT}} <= OPEN_STATUSES
    assert {status for status, running in lives() if running} <= OPEN_STATUSES | {Status.DONE}
