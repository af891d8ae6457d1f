"""A coordinator's day: what waits, what was asked, what came back twice, and the figures of the last thirty days."""

from datetime import date

from domain.drafting import Purpose, Satisfaction
from domain.lifecycle import Role
from services.digest_sheets import DigestSheet, Series
from tests.conftest import FakeClock
from tests.services.conftest import AtWork, Town, jakarta

WHY = "Menunggu suku cadang dari pabrik"
MENDED = "Lampu sudah diganti dan menyala sejak pukul 15.00."


async def day_of(town: Town, case: AtWork) -> DigestSheet:
    [sheet] = await town.oversight.digest(case.coordinator)
    return sheet


async def series_of(town: Town, case: AtWork) -> Series:
    series = (await day_of(town, case)).series
    assert series is not None
    return series


async def test_an_unanswered_request_stands_in_the_digest_until_it_is_answered(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    request = await town.requests.ask_extension(case.officer, case.number, 5, WHY)
    sheet = await day_of(town, case)
    assert [(line.number, line.summary) for line in sheet.requests] == [(case.number, WHY)]
    await town.requests.grant(case.coordinator, request.id)
    assert (await day_of(town, case)).requests == ()


async def test_what_came_back_twice_stands_in_the_digest(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    for times in (1, 2):
        await town.does(case.officer, case.number, Purpose.RETURN, "Bukan wewenang kami, tiang ini milik provinsi.")
        assert len((await day_of(town, case)).returned) == times - 1
        proposal = await town.oversight.propose(case.coordinator, case.number)
        await town.oversight.forward(case.coordinator, proposal.serial)


async def test_the_figures_count_each_day_in_the_zone_of_the_government(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    clock.set(jakarta("2026-04-08 23:59"))
    await town.files(await town.meets(11))
    clock.set(jakarta("2026-04-09 00:01"))
    await town.files(await town.meets(12))
    clock.set(jakarta("2026-04-10 09:00"))
    await town.does(case.officer, case.number, Purpose.DONE, MENDED)
    series = await series_of(town, case)
    assert series.first == date(2026, 3, 12)
    assert len(series.received) == len(series.done) == len(series.overdue) == 30
    assert series.received[-4:] == (1, 1, 1, 0)
    assert series.done[-4:] == (0, 0, 0, 1)
    assert sum(series.received) == 3


async def test_a_complaint_counts_as_late_from_its_due_date_until_somebody_acts(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    clock.set(jakarta("2026-04-16 09:00"))
    # The first follow-up was due on Tuesday 14 April at 16:00.
    assert (await series_of(town, case)).overdue[-4:] == (0, 1, 1, 1)
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, "Regu kami memeriksa lampunya 16 April pukul 14.00.")
    clock.set(jakarta("2026-04-17 09:00"))
    assert (await series_of(town, case)).overdue[-4:] == (1, 1, 0, 0)


async def test_two_late_deadlines_of_one_complaint_are_one_late_complaint(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    clock.set(jakarta("2026-05-15 09:00"))
    assert (await series_of(town, case)).overdue[-1] == 1


async def test_the_figures_of_one_government_know_nothing_of_another_desk(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    national = await town.hires(40, Role.NATIONAL_ADMIN, government=None)
    [elsewhere] = await town.oversight.digest(national)
    assert elsewhere.series is not None
    assert elsewhere.series.empty
    assert not (await series_of(town, case)).empty


async def test_the_lowest_of_the_four_answers_stands_in_the_digest(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.DONE, MENDED)
    await town.tracking.confirm(case.citizen, case.number)
    await town.tracking.rate(case.citizen, case.number, Satisfaction.DISSATISFIED)
    assert [line.number for line in (await day_of(town, case)).low_ratings] == [case.number]
