"""Free days that come or go later: open deadlines move, stopped ones stay, and everybody hears of it once."""

from datetime import date
from pathlib import Path

import pytest

from domain.calendar import Holiday, HolidayKind
from domain.drafting import Purpose
from domain.lifecycle import ClockKind, Role
from domain.messages import Notice
from locales.translator import words_for
from services.holiday_file import HolidayFile, HolidayFileWrong, read_holidays
from services.letter_sheets import Letter
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta
from views.letters import render

MONDAY = Holiday(date(2026, 4, 13), "Cuti Bersama tambahan", HolidayKind.JOINT_LEAVE)
DECREE = HolidayFile("Keputusan Bersama", date(2026, 4, 8), (MONDAY,))


async def moved(town: Town, clock: FakeClock) -> list[Letter]:
    return [letter for letter in await town.owed(clock) if letter.kind is Notice.DATES_MOVED]


async def test_a_holiday_added_later_moves_open_deadlines_and_tells_both_sides(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    clock.set(jakarta("2026-04-08 10:00"))
    change = await town.holidays.enter(DECREE)
    assert (change.added, change.moved.deadlines, change.moved.people) == ((MONDAY,), 2, 2)
    assert await town.due(case.number, ClockKind.FIRST_FOLLOW_UP) == jakarta("2026-04-15 16:00")
    letters = await moved(town, clock)
    assert sorted(letter.chat_id for letter in letters) == [10, 20]
    for letter in letters:
        text = render(letter, words_for("id")).text
        assert "Senin, 13 April 2026: Cuti Bersama tambahan" in text
        assert "semula Selasa, 14 April 2026, menjadi <b>Rabu, 15 April 2026 pukul 16.00 WIB</b>" in text


async def test_one_message_for_all_the_dates_of_one_person(town: Town, clock: FakeClock) -> None:
    await town.hires(30, Role.COORDINATOR)
    citizen = await town.meets(10)
    numbers = {(await town.files(citizen, f"Lampu jalan nomor {n} mati sejak seminggu")).number for n in (1, 2, 3)}
    await town.owed(clock)
    friday = Holiday(date(2026, 4, 10), "Libur", HolidayKind.NATIONAL)
    change = await town.holidays.enter(HolidayFile("Keputusan", date(2026, 4, 7), (friday,)))
    assert (change.moved.deadlines, change.moved.people) == (3, 2)
    letters = await moved(town, clock)
    assert [letter.chat_id for letter in letters] == [10, 30]
    assert all({line.number for line in letter.moved.lines} == numbers for letter in letters if letter.moved)


async def test_a_holiday_that_is_taken_back_moves_them_back(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.holidays.enter(DECREE)
    year = [sheet.day for sheet in await town.holidays.listed(2026) if sheet.day != MONDAY]
    await town.owed(clock)
    clock.advance(hours=1)
    change = await town.holidays.enter(HolidayFile("Perubahan", date(2026, 4, 9), tuple(year)), whole_years=True)
    assert change.removed == (MONDAY,)
    assert await town.due(case.number, ClockKind.FIRST_FOLLOW_UP) == jakarta("2026-04-14 16:00")
    assert "Sekarang hari kerja:" in render((await moved(town, clock))[0], words_for("id")).text


async def test_a_day_that_the_file_does_not_name_stays_unless_the_year_is_whole(town: Town) -> None:
    before = len(await town.holidays.listed(2026))
    change = await town.holidays.enter(DECREE)
    assert len(change.kept) == before
    assert len(await town.holidays.listed(2026)) == before + 1


async def test_a_stopped_deadline_stays_as_stamped_and_says_nothing_new(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, "Petugas memeriksa tiang pada 8 April.")
    clock.set(jakarta("2026-04-14 10:00"))
    await town.holidays.enter(DECREE)
    assert await town.due(case.number, ClockKind.FIRST_FOLLOW_UP) == jakarta("2026-04-14 16:00")
    why = await town.explaining.everything(case.number)
    follow_up = next(each for each in why.clocks if each.explanation.kind is ClockKind.FIRST_FOLLOW_UP)
    assert MONDAY not in [skip.holiday for skip in follow_up.explanation.skipped]


async def test_the_announced_end_of_the_citizens_window_moves_too(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.DONE, "Lampu sudah menyala sejak 7 April.")
    before = await town.due(case.number, ClockKind.REACT)
    await town.holidays.enter(DECREE)
    assert await town.due(case.number, ClockKind.REACT) > before


async def test_a_date_that_did_not_move_disturbs_nobody(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    saturday = Holiday(date(2026, 4, 11), "Hari Raya", HolidayKind.NATIONAL, estimated=True)
    change = await town.holidays.enter(HolidayFile("Keputusan", date(2026, 4, 8), (saturday,)))
    assert (change.moved.deadlines, await moved(town, clock)) == (0, [])


async def test_the_same_file_twice_changes_nothing_the_second_time(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    await town.holidays.enter(DECREE)
    again = await town.holidays.enter(DECREE)
    assert (again.added, again.moved.deadlines, again.moved.people) == ((), 0, 0)


async def test_citizens_sleep_and_offices_are_closed_when_a_decree_is_entered_at_night(
    town: Town, clock: FakeClock
) -> None:
    await town.at_work(clock)
    clock.set(jakarta("2026-04-08 22:00"))
    await town.holidays.enter(DECREE)
    assert await moved(town, clock) == []
    clock.set(jakarta("2026-04-09 07:00"))
    assert [letter.chat_id for letter in await moved(town, clock)] == [10]
    clock.set(jakarta("2026-04-09 07:30"))
    assert [letter.chat_id for letter in await moved(town, clock)] == [20]


async def test_from_october_on_next_years_joint_leave_is_missed(town: Town, clock: FakeClock) -> None:
    clock.set(jakarta("2027-09-30 12:00"))
    assert (await town.holidays.check()).well
    clock.set(jakarta("2027-10-01 00:00"))
    assert (await town.holidays.check()).without_joint_leave == 2028
    leave = Holiday(date(2028, 4, 28), "Cuti Bersama", HolidayKind.JOINT_LEAVE)
    await town.holidays.enter(HolidayFile("Keputusan Bersama 2028", date(2027, 9, 20), (leave,)))
    assert (await town.holidays.check()).well


async def test_estimates_that_are_still_to_come_are_said(town: Town, clock: FakeClock) -> None:
    clock.set(jakarta("2026-04-08 12:00"))
    assert "Hari Raya Idul Adha" in {day.name for day in (await town.holidays.check()).estimated}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "date,name,kind,estimated\n2026-04-13,Cuti Bersama tambahan,joint_leave,\n"),
        (
            "a.yaml",
            "source: Keputusan Bersama\ndated_on: 2026-04-08\nholidays:\n"
            "  - {date: 2026-04-13, name: Cuti Bersama tambahan, kind: cuti bersama}\n",
        ),
    ],
)
def test_a_version_is_read_from_a_table_or_a_document(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    said = ("Keputusan Bersama", date(2026, 4, 8)) if name == "a.csv" else ()
    assert read_holidays(tmp_path / name, *said) == DECREE


@pytest.mark.parametrize(
    ("row", "mend"),
    [
        ("2026-13-01,Libur,national,", "line 2: .*write it as 2026-08-17"),
        ("2026-08-17,,national,", "line 2: .*under `name`"),
        ("2026-08-17,Libur,leave,", "line 2: .*write national or joint_leave"),
        ("2026-08-17,Libur,national,maybe", "line 2: .*write true, false or nothing"),
        ("2026-08-17,Libur,national,\n2026-08-17,Lain,national,", "line 3: .*stands on line 2 already"),
        ("2026-08-17,Libur, lagi,national,", "line 2: .*put a name with commas in quotes"),
        ("", "no day is given"),
    ],
)
def test_a_wrong_line_is_named_with_its_mend_and_nothing_is_taken(tmp_path: Path, row: str, mend: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"date,name,kind,estimated\n{row}\n")
    with pytest.raises(HolidayFileWrong, match=mend):
        read_holidays(file, "Keputusan", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("holidays: [", "no YAML"),
        ("- date: 2026-08-17", "keys are expected"),
        ("days: []", "line 1: `days` does not belong here"),
        ("source: X\nholidays:\n  - {date: 2026-08-17, name: Y, kind: national}", "add `dated_on"),
    ],
)
def test_a_document_of_another_shape_is_named_with_its_mend(tmp_path: Path, text: str, mend: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text)
    with pytest.raises(HolidayFileWrong, match=mend):
        read_holidays(file)
