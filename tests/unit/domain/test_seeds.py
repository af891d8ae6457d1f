"""What a fresh register begins with: the holidays of the decrees and the emergency numbers."""

from datetime import date

import pytest

from domain.calendar import Holiday, HolidayKind
from routing.alarm import Danger
from storage.seed.emergency import seed_emergency
from storage.seed.holidays import seed_holidays, seed_source

NATIONAL, JOINT = HolidayKind.NATIONAL, HolidayKind.JOINT_LEAVE


def on_weekdays(year: int, kind: HolidayKind) -> list[str]:
    return [f"{day.on:%m-%d}" for day in seed_holidays([year]) if day.kind is kind and day.on.weekday() < 5]


def test_the_joint_leave_of_2026() -> None:
    assert on_weekdays(2026, JOINT) == ["02-16", "03-18", "03-20", "03-23", "03-24", "05-15", "05-28", "12-24"]


def test_the_national_holidays_of_2026_that_fall_on_weekdays() -> None:
    expected = ["01-01", "01-16", "02-17", "03-19", "04-03", "05-01", "05-14", "05-27", "06-01", "06-16", "08-17"]
    assert on_weekdays(2026, NATIONAL) == [*expected, "08-25", "12-25"]


def test_names_are_indonesian_and_estimates_are_a_flag_not_a_part_of_the_name() -> None:
    by_date = {day.on: day for day in seed_holidays([2026, 2027])}
    assert by_date[date(2026, 1, 16)] == Holiday(date(2026, 1, 16), "Isra Mikraj Nabi Muhammad", NATIONAL)
    assert by_date[date(2027, 3, 10)] == Holiday(date(2027, 3, 10), "Hari Raya Idul Fitri", NATIONAL, estimated=True)


def test_only_the_years_asked_for_are_given_one_holiday_per_date_in_order() -> None:
    dates = [day.on for day in seed_holidays([2027, 2025])]
    assert dates == sorted(set(dates))
    assert {on.year for on in dates} == {2025, 2027}


def test_the_source_names_the_package_and_its_version() -> None:
    assert seed_source().startswith("PyPI holidays 0.")


def test_two_emergency_numbers_wait_for_a_person_to_check_them() -> None:
    assert [seeded.number for seeded in seed_emergency() if seeded.checked_on is None] == [
        "119 ext 8",
        "0811-979-10000",
    ]


@pytest.mark.parametrize(
    ("danger", "first"),
    [
        (Danger.FIRE, "112 113 123"),
        (Danger.MEDICAL, "112 119"),
        (Danger.DISASTER, "112 115"),
        (Danger.ACCIDENT, "112 110 115 119"),
        (Danger.VIOLENCE, "112 129 08111-129-129 110"),
        (Danger.SUICIDE, "112 119 ext 8 0811-979-10000 119"),
    ],
)
def test_each_danger_shows_112_and_then_its_direct_numbers(danger: str, first: str) -> None:
    serving = [seeded.number for seeded in seed_emergency() if {"any", danger} & set(seeded.dangers)]
    assert " ".join(serving) == first


def test_a_number_serves_dangers_that_the_program_hears() -> None:
    assert {danger for seeded in seed_emergency() for danger in seeded.dangers} == {"any", *Danger}


def test_no_emergency_number_is_local_or_written_twice() -> None:
    numbers = seed_emergency()
    assert {seeded.area_code for seeded in numbers} == {None}
    assert len({seeded.number for seeded in numbers}) == len(numbers) == 14
    assert "bila tersedia di daerah Anda" in numbers[0].label
