"""The rhythm of automatic words: levels by working days, quiet hours, and the days on which the outcome is asked."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cadence import TIERS, CadenceInvalid, Step, parse_cadence
from domain.calendar import WorkingCalendar
from domain.lifecycle import Role
from storage.seed.cadence import seed_cadence
from storage.seed.holidays import seed_holidays

CADENCE = seed_cadence()
HOLIDAYS = seed_holidays([2026])
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


def at(local: str, zone: str = "Asia/Jakarta") -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("found", "leaves"),
    [
        ("2026-04-14 06:59", "2026-04-14 07:00"),
        ("2026-04-14 07:00", "2026-04-14 07:00"),
        ("2026-04-14 19:59", "2026-04-14 19:59"),
        ("2026-04-14 20:00", "2026-04-15 07:00"),
        ("2026-04-18 23:00", "2026-04-19 07:00"),  # a Sunday is no working day, but people are awake
    ],
)
def test_citizens_are_not_disturbed_at_night(zone: str, found: str, leaves: str) -> None:
    assert CADENCE.waking(at(found, zone), WorkingCalendar(zone, HOLIDAYS)) == at(leaves, zone)


@pytest.mark.parametrize(
    ("tier", "opens"),
    [
        (Role.UNIT_HEAD, "2026-03-27 07:30"),
        (Role.COORDINATOR, "2026-03-31 07:30"),
        (Role.PROVINCE_HUB, "2026-04-02 07:30"),
        (Role.NATIONAL_ADMIN, "2026-04-10 07:30"),  # Friday 3 April is Good Friday
    ],
)
def test_levels_are_counted_in_working_days(tier: Role, opens: str) -> None:
    step = next(step for step in CADENCE.steps if step.tier is tier)
    due = at("2026-03-26 16:00")
    assert CADENCE.step_at(step, due, WorkingCalendar("Asia/Jakarta", HOLIDAYS)) == at(opens)


@given(reached=st.sets(st.sampled_from(TIERS)))
@settings(max_examples=50, deadline=None)
def test_the_next_level_is_always_above_every_one_that_was_reached(reached: set[Role]) -> None:
    step = CADENCE.next_step(reached)
    highest = max((TIERS.index(tier) for tier in reached), default=-1)
    assert step is None if highest == len(TIERS) - 1 else step is not None and TIERS.index(step.tier) == highest + 1


def table(**changes: Any) -> dict[str, Any]:
    steps = [{"tier": "unit_head", "after_days": 1}, {"tier": "coordinator", "after_days": 3}]
    return {"step": steps, "citizen": {"awake": "07:00-20:00", "ask_days": [5, 9], "draft_days": 3}} | changes


def test_the_steps_are_data() -> None:
    assert parse_cadence(table()).steps == (Step(Role.UNIT_HEAD, 1), Step(Role.COORDINATOR, 3))


@pytest.mark.parametrize(
    ("changes", "mend"),
    [
        ({"step": []}, "write at least one"),
        ({"step": [{"tier": "mayor", "after_days": 1}]}, "use one of unit_head"),
        ({"step": [{"tier": "unit_head", "after_days": 0}]}, "use 1 or more"),
        (
            {"step": [{"tier": "coordinator", "after_days": 1}, {"tier": "unit_head", "after_days": 3}]},
            "climb from below",
        ),
        ({"step": [{"tier": "unit_head", "after_days": 3}, {"tier": "coordinator", "after_days": 3}]}, "day by day"),
        ({"citizen": {"awake": "morning", "ask_days": [5]}}, "write it as '07:00-20:00'"),
        ({"citizen": {"awake": "20:00-07:00", "ask_days": [5]}}, "swap the two times"),
        ({"citizen": {"awake": "07:00-20:00", "ask_days": [9, 5]}}, "working days in order"),
        ({"citizen": {"awake": "07:00-20:00", "ask_days": [5], "draft_days": 0}}, "use 1 or more"),
    ],
)
def test_wrong_data_name_the_mend(changes: dict[str, Any], mend: str) -> None:
    with pytest.raises(CadenceInvalid, match=mend):
        parse_cadence(table(**changes))
