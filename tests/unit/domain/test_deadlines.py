"""Clocks of a complaint: what pauses, extensions and late holidays do to a due date, and how it explains itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import deadlines
from domain.calendar import Holiday, HolidayKind, WorkingCalendar
from domain.deadlines import ClockMisused, Deadline, ReminderKind
from domain.lifecycle import ClockKind
from storage.seed.holidays import seed_holidays

HOLIDAYS = seed_holidays([2025, 2026, 2027])
JAKARTA = WorkingCalendar("Asia/Jakarta", HOLIDAYS)
CAP = 10
VERSION = "permenpanrb-5-2025"


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Asia/Jakarta")).astimezone(UTC)


def started(local: str, days: int = 14, calendar: WorkingCalendar = JAKARTA) -> Deadline:
    return deadlines.start(ClockKind.RESOLVE, at(local), days, calendar, VERSION)


def held(deadline: Deadline, from_: str, to: str, cap: int = CAP) -> Deadline:
    return deadlines.resume(deadlines.pause(deadline, at(from_)), at(to), JAKARTA, cap)


@pytest.mark.parametrize(
    ("from_", "to", "due"),
    [
        ("2026-01-13 10:00", "2026-01-13 15:00", "2026-01-19 16:00"),  # within one day: nothing
        ("2026-01-13 10:00", "2026-01-14 08:00", "2026-01-20 16:00"),  # over one night: one day
        ("2026-01-13 16:01", "2026-01-14 09:00", "2026-01-19 16:00"),  # asked after closing, answered next day: nothing
        ("2026-01-15 10:00", "2026-01-17 20:00", "2026-01-20 16:00"),  # over Isra Mikraj, answered on Saturday: one day
        ("2026-01-12 10:00", "2026-01-15 10:00", "2026-01-22 16:00"),  # three days
    ],
)
def test_a_pause_gives_back_the_working_days_it_covered(from_: str, to: str, due: str) -> None:
    # Friday 9 January + 5: Mon 12, Tue 13, Wed 14, Thu 15, (Fri 16 Isra Mikraj), Mon 19
    assert held(started("2026-01-09 10:00", 5), from_, to).due_at == at(due)


def test_a_pause_over_the_leave_week_gives_back_only_working_days() -> None:
    paused = held(started("2026-03-16 10:00", 3), "2026-03-17 10:00", "2026-03-25 09:00")
    # left at the pause: 2 days (25, 26 March); left at the resumption on the 25th: 26 and 27 March
    assert paused.due_at == at("2026-03-27 16:30")


def test_a_pause_ends_when_the_cap_is_used_up() -> None:
    paused = deadlines.pause(started("2026-01-05 10:00"), at("2026-01-06 10:00"))
    assert deadlines.pause_ends_at(paused, JAKARTA, 2) == at("2026-01-08 16:00")
    resumed = deadlines.resume(paused, at("2026-02-20 10:00"), JAKARTA, 2)
    assert resumed.due_at == JAKARTA.due_after(at("2026-01-05 10:00"), 16)
    assert resumed.pauses[0].to_at == at("2026-01-08 16:00")


def test_the_cap_counts_all_pauses_of_a_clock_together() -> None:
    once = held(started("2026-01-05 10:00"), "2026-01-06 10:00", "2026-01-08 10:00", cap=3)
    twice = held(once, "2026-01-12 10:00", "2026-01-30 10:00", cap=3)
    assert twice.due_at == JAKARTA.due_after(at("2026-01-05 10:00"), 14 + 3)


def test_a_clock_that_had_run_out_gets_nothing_back() -> None:
    late = started("2026-01-05 10:00", 3)
    assert held(late, "2026-01-09 10:00", "2026-01-14 10:00").due_at == late.due_at


def test_an_extension_granted_later_does_not_wake_a_pause_that_came_too_late() -> None:
    late = held(started("2026-01-05 10:00", 3), "2026-01-09 10:00", "2026-01-12 10:00")
    assert deadlines.extend(late, at("2026-01-13 10:00"), 2, JAKARTA).due_at == at("2026-01-12 16:00")


def test_an_extension_moves_the_due_date_and_keeps_the_original() -> None:
    clock = started("2026-01-05 10:00", 5)
    extended = deadlines.extend(clock, at("2026-01-08 10:00"), 3, JAKARTA)
    assert (clock.due_at, extended.due_at) == (at("2026-01-12 16:00"), at("2026-01-15 16:00"))
    assert extended.original_due_at == clock.due_at


def test_a_pause_after_an_extension_counts_although_the_original_had_run_out() -> None:
    extended = deadlines.extend(started("2026-01-05 10:00", 3), at("2026-01-07 10:00"), 5, JAKARTA)
    resumed = held(extended, "2026-01-12 10:00", "2026-01-13 10:00")
    assert resumed.due_at == at("2026-01-19 16:00")
    assert resumed.original_due_at == at("2026-01-08 16:00")


def test_a_holiday_added_afterwards_moves_an_open_deadline() -> None:
    clock = started("2026-01-09 10:00", 3)
    later = WorkingCalendar("Asia/Jakarta", [*HOLIDAYS, Holiday(date(2026, 1, 13), "Baru", HolidayKind.NATIONAL)])
    assert deadlines.recount(clock, later).due_at == at("2026-01-15 16:00")


def test_a_holiday_added_afterwards_leaves_a_stopped_deadline_as_stamped() -> None:
    clock = deadlines.stop(started("2026-01-09 10:00", 3), at("2026-01-14 15:00"), JAKARTA, CAP)
    later = WorkingCalendar("Asia/Jakarta", [*HOLIDAYS, Holiday(date(2026, 1, 13), "Baru", HolidayKind.NATIONAL)])
    assert deadlines.recount(clock, later) == clock


def test_a_deadline_is_not_counted_in_a_foreign_zone() -> None:
    with pytest.raises(ClockMisused, match="Asia/Jakarta"):
        deadlines.recount(started("2026-01-09 10:00"), WorkingCalendar("Asia/Jayapura", HOLIDAYS))


def test_stopping_at_closing_time_is_in_time_and_a_second_later_is_not() -> None:
    clock = started("2026-01-09 10:00", 3)
    assert deadlines.stop(clock, at("2026-01-14 16:00:00"), JAKARTA, CAP).in_time is True
    assert deadlines.stop(clock, at("2026-01-14 16:00:01"), JAKARTA, CAP).in_time is False
    assert clock.in_time is None


def test_a_clock_stopped_during_a_pause_gets_the_pause_back() -> None:
    paused = deadlines.pause(started("2026-01-05 10:00", 3), at("2026-01-06 10:00"))
    stopped = deadlines.stop(paused, at("2026-01-09 10:00"), JAKARTA, CAP)
    assert stopped.due_at == at("2026-01-13 16:00")
    assert stopped.in_time is True


def test_a_paused_clock_is_never_overdue() -> None:
    clock = started("2026-01-05 10:00", 3)
    long_after = at("2026-06-01 10:00")
    assert clock.is_overdue(long_after)
    assert not deadlines.pause(clock, at("2026-01-06 10:00")).is_overdue(long_after)


def test_what_cannot_be_done_to_a_clock_is_refused() -> None:
    clock = started("2026-01-05 10:00")
    paused = deadlines.pause(clock, at("2026-01-06 10:00"))
    stopped = deadlines.stop(clock, at("2026-01-06 10:00"), JAKARTA, CAP)
    for impossible in (
        lambda: deadlines.pause(paused, at("2026-01-07 10:00")),
        lambda: deadlines.pause(clock, at("2026-01-04 10:00")),
        lambda: deadlines.resume(clock, at("2026-01-07 10:00"), JAKARTA, CAP),
        lambda: deadlines.resume(paused, at("2026-01-05 11:00"), JAKARTA, CAP),
        lambda: deadlines.stop(stopped, at("2026-01-07 10:00"), JAKARTA, CAP),
        lambda: deadlines.extend(stopped, at("2026-01-07 10:00"), 3, JAKARTA),
        lambda: deadlines.extend(clock, at("2026-01-07 10:00"), 0, JAKARTA),
    ):
        with pytest.raises(ClockMisused):
            impossible()


def test_a_deadline_explains_itself() -> None:
    clock = held(started("2026-01-09 17:00", 3), "2026-01-13 10:00", "2026-01-15 10:00")
    clock = deadlines.extend(clock, at("2026-01-15 11:00"), 1, JAKARTA)
    told = deadlines.explain(clock, JAKARTA)
    assert (told.counted_from, told.started_after_closing) == (date(2026, 1, 12), True)
    assert [(each.pause.from_at, each.days) for each in told.pauses] == [(at("2026-01-13 10:00"), 2)]
    assert [extension.days for extension in told.extensions] == [1]
    assert [day.on.day for day in told.skipped] == [10, 11, 16, 17, 18]
    # Monday 12 January + 3 + 2 + 1: 13, 14, 15, 19, 20, 21
    assert (told.due_at, told.original_due_at) == (at("2026-01-21 16:00"), at("2026-01-20 16:00"))
    assert (told.kind, told.limit_days) == (ClockKind.RESOLVE, 3)


def test_a_start_on_sunday_is_not_called_after_closing() -> None:
    assert deadlines.explain(started("2026-01-11 10:00"), JAKARTA).started_after_closing is False


@pytest.mark.parametrize(
    ("days", "points"),
    [
        (3, [("half_time", "2026-01-06 07:30"), ("last_day", "2026-01-07 07:30"), ("overdue", "2026-01-09 07:30")]),
        (5, [("half_time", "2026-01-07 07:30"), ("last_day", "2026-01-09 07:30"), ("overdue", "2026-01-13 07:30")]),
        (2, [("last_day", "2026-01-06 07:30"), ("overdue", "2026-01-08 07:30")]),
        (1, [("overdue", "2026-01-07 07:30")]),  # one working day before is the morning before the start
    ],
)
def test_reminders_come_at_half_time_one_day_before_and_after(days: int, points: list[tuple[str, str]]) -> None:
    owed = deadlines.reminder_points(started("2026-01-05 10:00", days), JAKARTA)
    assert [(point.kind, point.at) for point in owed] == [(ReminderKind(kind), at(local)) for kind, local in points]


def test_a_paused_clock_owes_no_reminder() -> None:
    paused = deadlines.pause(started("2026-01-05 10:00"), at("2026-01-06 10:00"))
    assert deadlines.reminder_points(paused, JAKARTA) == ()


ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
CALENDARS = st.sampled_from([WorkingCalendar(zone, HOLIDAYS) for zone in ZONES])
STARTS = st.timedeltas(timedelta(), timedelta(days=699)).map(datetime(2025, 1, 1, tzinfo=UTC).__add__)
GAPS = st.lists(st.timedeltas(timedelta(), timedelta(days=12)), max_size=6)
LIMITS = st.integers(1, 30)


def lived(calendar: WorkingCalendar, start: datetime, days: int, gaps: list[timedelta], cap: int = CAP) -> Deadline:
    """A clock that pauses and goes on in turn, each time after one of the gaps."""
    clock, now = deadlines.start(ClockKind.RESOLVE, start, days, calendar, VERSION), start
    for gap in gaps:
        now += gap
        resumed = clock.paused_at is not None
        clock = deadlines.resume(clock, now, calendar, cap) if resumed else deadlines.pause(clock, now)
    return clock


@settings(max_examples=150, deadline=None)
@given(calendar=CALENDARS, start=STARTS, days=LIMITS, gaps=GAPS, more=st.integers(1, 10))
def test_no_life_of_a_clock_ends_on_a_free_day_or_sooner_than_without_pauses(
    calendar: WorkingCalendar, start: datetime, days: int, gaps: list[timedelta], more: int
) -> None:
    clock = lived(calendar, start, days, gaps)
    extended = deadlines.extend(clock, start + sum(gaps, timedelta()), more, calendar)
    plain = calendar.due_after(start, days)
    assert plain <= clock.due_at <= calendar.due_after(start, days + CAP)
    assert clock.due_at < extended.due_at
    assert calendar.is_working_day(calendar.local_date(extended.due_at))


@settings(max_examples=150, deadline=None)
@given(calendar=CALENDARS, start=STARTS, days=LIMITS, gaps=GAPS, wait=st.timedeltas(timedelta(), timedelta(days=9)))
def test_who_starts_first_is_due_first_whatever_pauses_both_share(
    calendar: WorkingCalendar, start: datetime, days: int, gaps: list[timedelta], wait: timedelta
) -> None:
    later = lived(calendar, start + wait, days, gaps)
    earlier = deadlines.recount(replace(later, started_at=start), calendar)
    assert earlier.due_at <= deadlines.recount(later, calendar).due_at


@settings(max_examples=150, deadline=None)
@given(calendar=CALENDARS, start=STARTS, days=LIMITS, gaps=GAPS, sooner=st.timedeltas(timedelta(), timedelta(days=9)))
def test_a_longer_pause_never_brings_the_due_date_nearer(
    calendar: WorkingCalendar, start: datetime, days: int, gaps: list[timedelta], sooner: timedelta
) -> None:
    clock = lived(calendar, start, days, gaps)
    if clock.running:
        clock = deadlines.pause(clock, start + sum(gaps, timedelta()))
    assert clock.paused_at is not None
    short, long = (deadlines.resume(clock, clock.paused_at + gap, calendar, CAP) for gap in (sooner, 2 * sooner))
    assert clock.due_at <= short.due_at <= long.due_at


@settings(max_examples=150, deadline=None)
@given(calendar=CALENDARS, start=STARTS, days=LIMITS, gaps=GAPS, new=st.integers(0, 60))
def test_a_holiday_added_afterwards_never_brings_the_due_date_nearer(
    calendar: WorkingCalendar, start: datetime, days: int, gaps: list[timedelta], new: int
) -> None:
    clock = lived(calendar, start, days, gaps)
    added = Holiday(calendar.local_date(start) + timedelta(days=new), "Baru", HolidayKind.NATIONAL)
    longer = WorkingCalendar(calendar.zone, [*HOLIDAYS, added])
    assert deadlines.recount(clock, longer).due_at >= clock.due_at


@settings(max_examples=150, deadline=None)
@given(calendar=CALENDARS, start=STARTS, days=LIMITS, gaps=GAPS)
def test_the_explanation_adds_up(calendar: WorkingCalendar, start: datetime, days: int, gaps: list[timedelta]) -> None:
    clock = lived(calendar, start, days, gaps)
    told = deadlines.explain(clock, calendar)
    counted = calendar.working_days_between(told.counted_from, calendar.local_date(told.due_at))
    assert counted == told.limit_days + sum(each.days for each in told.pauses)
    assert all(not calendar.is_working_day(day.on) for day in told.skipped)
