"""The figures of the week and of the month: speeds in working days, shares in time, the ranking of units."""

from datetime import date, timedelta

import pytest

from domain.drafting import Purpose, Satisfaction
from domain.figures import Share, Speed, pooled, speed_of
from domain.lifecycle import ComplaintClass, Role
from domain.messages import Notice
from locales.translator import words_for
from services.figure_sheets import FiguresSheet
from services.figures import Evaluation, GovernmentUnknown
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta
from tests.services.exact import month_of
from views.letters import render

ANSWER = "Regu kami memeriksa lampunya 9 April pukul 14.00."
MENDED = "Lampu sudah diganti dan menyala sejak pukul 15.00."
APRIL = date(2026, 4, 1)


async def april(town: Town) -> FiguresSheet:
    return await month_of(town, APRIL)


async def weeklies(town: Town, clock: FakeClock) -> list[str]:
    letters = [letter for letter in await town.owed(clock) if letter.kind is Notice.WEEKLY]
    return [render(letter, words_for("id")).text for letter in letters]


def test_half_were_no_slower_than_the_median_and_nine_of_ten_than_the_other() -> None:
    assert speed_of([]) is None
    assert speed_of([(4, 1)]) == Speed(1, 4, 4)
    assert speed_of([(9, 1), *((day, 1) for day in range(1, 9)), (50, 1)]) == Speed(10, 5, 9)
    assert speed_of([(2, 8), (7, 0), (3, 1), (60, 1)]) == Speed(10, 2, 3)


def test_a_share_means_all_only_when_it_is_all() -> None:
    assert (Share(366, 367).percent, Share(367, 367).percent, Share(0, 0).percent) == (99, 100, 0)


def test_counts_that_point_at_somebody_are_pooled_or_not_told_at_all() -> None:
    assert pooled([("a", 4), ("b", 5), ("c", 9)], 5) == ((("c", 9),), 9)
    assert pooled([("a", 4), ("b", 1), ("c", 9)], 5) == ((("c", 9),), 5)
    assert pooled([("a", 9), ("b", 5)], 5, nameless=2) == ((("a", 9),), 7)
    assert pooled([("a", 4)], 5) == ((), 0)


async def test_speeds_are_counted_in_working_days_from_start_to_stop(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    clock.set(jakarta("2026-04-13 09:00"))
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, ANSWER)
    sheet = await april(town)
    assert (sheet.received, sheet.followed_up, sheet.done) == (1, 1, 0)
    # Wednesday 8 to Monday 13 April: four working days after the disposition on Tuesday 7.
    assert (sheet.verification, sheet.follow_up) == (Speed(1, 0, 0), Speed(1, 4, 4))
    assert (sheet.verified_in_time, sheet.followed_up_in_time) == (Share(1, 1), Share(1, 1))


async def test_what_a_citizen_was_waited_for_slows_no_office_down(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.coordinator, case.number, Purpose.HOLD, "Tiang nomor berapa?")
    clock.set(jakarta("2026-04-10 09:00"))
    await town.does(case.citizen, case.number, Purpose.ANSWER, "Tiang nomor 12.")
    clock.set(jakarta("2026-04-13 09:00"))
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, ANSWER)
    assert (await april(town)).follow_up == Speed(1, 1, 1)


async def test_the_share_in_time_is_held_against_the_original_date_and_leaves_out_what_still_runs(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    assert (await april(town)).classes == ()
    request = await town.requests.ask_extension(case.officer, case.number, 20, "Menunggu suku cadang dari pabrik")
    await town.requests.grant(case.coordinator, request.id)
    clock.set(jakarta("2026-04-28 09:00"))
    assert (await april(town)).classes == ((ComplaintClass.ORDINARY, Share(0, 1)),)


async def test_units_are_ranked_by_the_share_that_they_followed_up(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    roads = await town.hires(21, Role.OFFICER, "dpupr")
    for turn, unit in enumerate(("dpupr", "dpupr", "dprkp")):
        receipt = await town.files(await town.meets(50 + turn))
        proposal = await town.oversight.propose(case.coordinator, receipt.number)
        unit_id = next(iter((roads if unit == "dpupr" else case.officer).actor.units))
        proposal = await town.oversight.choose_unit(case.coordinator, proposal.serial, unit_id)
        await town.oversight.forward(case.coordinator, proposal.serial)
        if unit == "dpupr":
            await town.does(roads, receipt.number, Purpose.FOLLOW_UP, ANSWER)
    ranking = [(unit.followed_up.part, unit.followed_up.whole) for unit in (await april(town)).parts]
    assert ranking == [(2, 2), (0, 2)]


async def test_places_sectors_and_ratings_are_counted(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.DONE, MENDED)
    await town.tracking.confirm(case.citizen, case.number)
    await town.tracking.rate(case.citizen, case.number, Satisfaction.SATISFIED)
    sheet = await april(town)
    assert sheet.places == (("Cipocok Jaya", 1),)
    assert [count for _, count in sheet.sectors] == [1]
    assert sheet.ratings == ((Satisfaction.SATISFIED, 1),)
    assert (sheet.done, sheet.confirmed, sheet.silent, sheet.reopened) == (1, 1, 0, 0)


async def test_a_month_has_the_days_of_the_governments_own_zone(town: Town, clock: FakeClock) -> None:
    await town.hires(30, Role.COORDINATOR)
    for instant in ("2026-03-31 23:59", "2026-04-01 00:01", "2026-04-30 23:59", "2026-05-01 00:01"):
        clock.set(jakarta(instant))
        await town.files(await town.meets(10))
    sheet = await april(town)
    assert (sheet.first, sheet.last, sheet.received) == (APRIL, date(2026, 4, 30), 2)


async def test_a_month_of_a_government_that_is_not_here_is_refused(town: Town) -> None:
    with pytest.raises(GovernmentUnknown, match=r"99\.99"):
        await Evaluation(town.office).of("99.99", APRIL)


async def test_the_figures_come_on_the_first_working_day_of_the_week_once(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    clock.set(jakarta("2026-04-10 09:00"))
    assert await town.timekeeping.weekly(clock()) == 0
    clock.set(jakarta("2026-04-13 07:00"))
    assert await town.timekeeping.weekly(clock()) == 0
    clock.set(jakarta("2026-04-13 09:00"))
    assert [await town.timekeeping.weekly(clock()) for _ in range(2)] == [1, 0]
    [text] = await weeklies(town, clock)
    assert "6 April 2026 sampai 12 April 2026" in text
    assert "1 laporan, 0 % ditindaklanjuti" in text
    assert "Dinas Perumahan dan Kawasan Permukiman: 1 laporan" in text
    clock.advance(days=1)
    assert await town.timekeeping.weekly(clock()) == 0


async def test_after_a_free_monday_the_figures_come_on_tuesday(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    # Monday 1 June 2026 is Pancasila Day.
    tuesday = jakarta("2026-06-02 09:00")
    clock.set(tuesday - timedelta(days=1))
    assert await town.timekeeping.weekly(clock()) == 0
    clock.set(tuesday)
    assert await town.timekeeping.weekly(clock()) == 1
    [text] = await weeklies(town, clock)
    assert "Tidak ada laporan dalam empat pekan terakhir" in text
