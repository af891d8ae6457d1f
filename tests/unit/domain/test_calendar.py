"""Working days, as rows that a person can check against the calendar of 2026."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import Holiday, HolidayKind, OfficeHours, WorkingCalendar
from storage.seed.holidays import seed_holidays

HOLIDAYS = seed_holidays([2025, 2026, 2027])
JAKARTA = WorkingCalendar("Asia/Jakarta", HOLIDAYS)
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
INSTANTS = st.timedeltas(timedelta(), timedelta(days=1000)).map(datetime(2025, 1, 1, tzinfo=UTC).__add__)
CALENDARS = st.sampled_from([WorkingCalendar(zone, HOLIDAYS) for zone in ZONES])


def at(local: str, zone: str = "Asia/Jakarta") -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-01-09 16:29:59", 3, "2026-01-14 16:00"),  # Friday in time: Mon 12, Tue 13, Wed 14
        ("2026-01-09 16:30:00", 3, "2026-01-14 16:00"),  # the moment of closing is still in time
        ("2026-01-09 16:30:01", 3, "2026-01-15 16:00"),  # Friday too late: day 0 is Monday, due Thursday
        ("2026-01-12 03:00:00", 3, "2026-01-15 16:00"),  # before opening counts as that morning
        ("2026-01-12 16:00:01", 3, "2026-01-19 16:00"),  # Monday late; Fri 16 is Isra Mikraj
        ("2026-01-10 12:00:00", 3, "2026-01-15 16:00"),  # Saturday counts as Monday
        ("2025-12-31 23:59:00", 3, "2026-01-07 16:00"),  # New Year's Eve: day 0 is Fri 2 Jan
        ("2026-12-31 23:59:00", 3, "2027-01-08 16:30"),  # day 0 is Mon 4 Jan 2027; Tue 5 is Isra Mikraj
        ("2026-03-17 10:00:00", 3, "2026-03-27 16:30"),  # leave week 18-24 March: Wed 25, Thu 26, Fri 27
        ("2026-03-17 16:00:01", 3, "2026-03-30 16:00"),  # one second after closing before the leave week
        ("2026-12-23 09:00:00", 1, "2026-12-28 16:00"),  # Thu joint leave, Fri Christmas
        ("2026-05-13 09:00:00", 5, "2026-05-22 16:30"),  # Thu 14 and Fri 15 free
        ("2026-01-09 10:00:00", 0, "2026-01-09 16:30"),  # no day at all: closing time of the same day
    ],
)
def test_a_limit_ends_at_closing_time_of_the_nth_working_day(start: str, days: int, due: str) -> None:
    assert JAKARTA.due_after(at(start), days) == at(due)


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Asia/Jakarta", "2026-01-14 16:00"),  # 16:15 on Friday: still open
        ("Asia/Makassar", "2026-01-15 16:00"),  # 17:15: closed
        ("Asia/Jayapura", "2026-01-15 16:00"),  # 18:15: closed
    ],
)
def test_one_instant_is_in_time_in_the_west_and_late_in_the_east(zone: str, due: str) -> None:
    instant = at("2026-01-09 16:15")
    assert WorkingCalendar(zone, HOLIDAYS).due_after(instant, 3) == at(due, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_friday_just_before_and_just_after_closing_in_every_zone(zone: str) -> None:
    calendar = WorkingCalendar(zone, HOLIDAYS)
    assert calendar.local_date(calendar.due_after(at("2026-01-09 16:29:59", zone), 3)) == date(2026, 1, 14)
    assert calendar.local_date(calendar.due_after(at("2026-01-09 16:30:01", zone), 3)) == date(2026, 1, 15)


@pytest.mark.parametrize("zone", ZONES)
def test_new_years_eve_in_every_zone(zone: str) -> None:
    calendar = WorkingCalendar(zone, HOLIDAYS)
    assert calendar.day_of_start(at("2026-12-31 23:59", zone)) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("instant", "opening"),
    [
        ("2026-01-12 09:00", "2026-01-12 09:00"),  # open: at once
        ("2026-01-12 16:00", "2026-01-12 16:00"),  # the last moment
        ("2026-01-12 05:00", "2026-01-12 07:30"),
        ("2026-01-12 21:00", "2026-01-13 07:30"),
        ("2026-01-15 21:00", "2026-01-19 07:30"),  # Isra Mikraj, then the weekend
    ],
)
def test_at_once_means_in_office_hours(instant: str, opening: str) -> None:
    assert JAKARTA.next_opening(at(instant)) == at(opening)


def test_skipped_days_are_given_by_name() -> None:
    skipped = JAKARTA.skipped(at("2026-03-17 10:00"), at("2026-03-25 16:00"))
    assert [(day.on.day, day.holiday.kind, day.holiday.name) for day in skipped if day.holiday] == [
        (18, HolidayKind.JOINT_LEAVE, "Cuti Bersama Hari Suci Nyepi"),
        (19, HolidayKind.NATIONAL, "Hari Suci Nyepi"),
        (20, HolidayKind.JOINT_LEAVE, "Cuti Bersama Hari Raya Idul Fitri"),
        (21, HolidayKind.NATIONAL, "Hari Raya Idul Fitri"),
        (22, HolidayKind.NATIONAL, "Hari kedua dari Hari Raya Idul Fitri"),
        (23, HolidayKind.JOINT_LEAVE, "Cuti Bersama Hari Raya Idul Fitri"),
        (24, HolidayKind.JOINT_LEAVE, "Cuti Bersama Hari Raya Idul Fitri"),
    ]


def test_an_ordinary_weekend_is_skipped_without_a_name() -> None:
    skipped = JAKARTA.skipped(at("2026-01-09 10:00"), at("2026-01-12 16:00"))
    assert [(day.on.day, day.holiday) for day in skipped] == [(10, None), (11, None)]


def test_a_holiday_added_afterwards_moves_the_due_date() -> None:
    election = Holiday(date(2026, 1, 13), "Pemilihan", HolidayKind.NATIONAL)
    calendar = WorkingCalendar("Asia/Jakarta", [*HOLIDAYS, election])
    assert calendar.due_after(at("2026-01-09 10:00"), 3) == at("2026-01-15 16:00")


def test_a_day_that_is_holiday_and_joint_leave_is_named_after_the_holiday() -> None:
    day = date(2026, 1, 13)
    both = [Holiday(day, "Hari Raya", HolidayKind.NATIONAL), Holiday(day, "Cuti", HolidayKind.JOINT_LEAVE)]
    skipped = WorkingCalendar("Asia/Jakarta", both).skipped(at("2026-01-13 00:00"), at("2026-01-13 23:00"))
    assert [day.holiday and day.holiday.kind for day in skipped] == [HolidayKind.NATIONAL]


def test_office_hours_are_data() -> None:
    hours = OfficeHours.parse({"saturday": "08:00-12:00", "monday": "08:00-14:00"})
    calendar = WorkingCalendar("Asia/Jayapura", (), hours)
    assert hours.days == {5: (time(8), time(12)), 0: (time(8), time(14))}
    assert calendar.due_after(at("2026-01-09 09:00", "Asia/Jayapura"), 1) == at("2026-01-12 14:00", "Asia/Jayapura")


@pytest.mark.parametrize(
    ("table", "mend"),
    [
        ({}, "give at least one"),
        ({"senin": "07:30-16:00"}, "use monday"),
        ({"monday": "half past seven"}, "write it as '07:30-16:00'"),
        ({"monday": "16:00-07:30"}, "swap the two times"),
    ],
)
def test_wrong_office_hours_name_the_mend(table: dict[str, str], mend: str) -> None:
    with pytest.raises(ValueError, match=mend):
        OfficeHours.parse(table)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        JAKARTA.due_after(datetime(2026, 1, 9, 10), 3)  # noqa: DTZ001 (that is the point)


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        WorkingCalendar("Asia/Atlantis")


def test_a_free_day_has_no_closing_time() -> None:
    with pytest.raises(ValueError, match="not a working day"):
        JAKARTA.closing(date(2026, 1, 16))


@settings(max_examples=200, deadline=None)
@given(calendar=CALENDARS, instant=INSTANTS, days=st.integers(0, 60))
def test_a_deadline_is_never_on_a_free_day_and_counts_its_working_days(
    calendar: WorkingCalendar, instant: datetime, days: int
) -> None:
    due = calendar.due_after(instant, days)
    due_on = calendar.local_date(due)
    assert calendar.is_working_day(due_on)
    assert due == calendar.closing(due_on) >= instant
    assert calendar.working_days_between(calendar.day_of_start(instant), due_on) == days


@settings(max_examples=200, deadline=None)
@given(calendar=CALENDARS, instants=st.tuples(INSTANTS, INSTANTS).map(sorted), days=st.integers(0, 60))
def test_who_comes_first_is_due_first(calendar: WorkingCalendar, instants: list[datetime], days: int) -> None:
    earlier, later = instants
    assert calendar.due_after(earlier, days) <= calendar.due_after(later, days)


@settings(max_examples=200, deadline=None)
@given(calendar=CALENDARS, instant=INSTANTS)
def test_the_next_opening_is_in_office_hours_and_never_in_the_past(
    calendar: WorkingCalendar, instant: datetime
) -> None:
    opening = calendar.next_opening(instant)
    assert opening >= instant
    assert calendar.is_open(opening)
