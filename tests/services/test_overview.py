"""/statistik: what is measured for every office, in its scope and period, and for nobody else."""

import re

import pytest

from domain.drafting import ArchiveReason, Purpose, Satisfaction
from domain.figures import Period, Share, Speed
from domain.lifecycle import ComplaintClass, Role, Status
from domain.refusals import StaleStep
from domain.scopes import NATION, Scope, ScopeKind, scopes_of
from locales.translator import words_for
from services.caller import Caller
from services.figure_sheets import FiguresSheet
from services.overview import Overview
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta
from tests.services.registers import Register
from views.overview import chart_says, overview

WORDS = words_for("id")
ANSWER = "Regu kami memeriksa lampunya 9 April pukul 14.00."
MENDED = "Lampu sudah diganti dan menyala sejak pukul 15.00."


async def told(town: Town, by: Caller, period: Period = Period.THIS_MONTH) -> FiguresSheet:
    """What somebody with one office is told."""
    [scope] = scopes_of(by.actor)
    return (await Overview(town.office).of(by, scope, period)).figures


async def test_an_officer_is_told_how_their_own_unit_fares(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    roads = await town.hires(21, Role.OFFICER, "dpupr")
    await town.requests.ask_extension(case.officer, case.number, 5, "Menunggu suku cadang dari pabrik")
    clock.set(jakarta("2026-04-09 15:00"))
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, ANSWER)
    await town.does(case.officer, case.number, Purpose.DONE, MENDED)
    await town.tracking.confirm(case.citizen, case.number)
    await town.tracking.rate(case.citizen, case.number, Satisfaction.SATISFIED)
    mine, theirs = await told(town, case.officer), await told(town, roads)
    assert mine.whose == "Dinas Perumahan dan Kawasan Permukiman"
    assert (mine.received, mine.followed_up, mine.done, mine.confirmed, mine.silent) == (1, 1, 1, 1, 0)
    assert (mine.verification, mine.follow_up) == (Speed(1, 0, 0), Speed(1, 2, 2))
    assert mine.classes == ((ComplaintClass.ORDINARY, Share(1, 1)),)
    assert mine.ratings == ((Satisfaction.SATISFIED, 1),)
    assert mine.unanswered == Share(1, 1)
    assert mine.officers == Share(1, 1)
    assert (theirs.received, theirs.ratings, theirs.unanswered) == (0, (), Share(0, 0))


async def test_returns_and_reasons_of_the_archive_are_counted(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    register = Register(town, (await town.meets(10)).person_id)
    [government_id] = coordinator.actor.governments(Role.COORDINATOR)
    await register.enter(government_id, returns=1)
    for _ in range(2):
        await register.enter(government_id, status=Status.ARCHIVED, archive_reason=ArchiveReason.IN_COURT.value)
    sheet = await told(town, coordinator)
    assert (sheet.received, sheet.returned, sheet.archived) == (3, 1, 2)
    assert sheet.reasons == ((ArchiveReason.IN_COURT, 2),)


async def test_a_period_counts_what_came_in_then(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    register = Register(town, (await town.meets(10)).person_id)
    [government_id] = coordinator.actor.governments(Role.COORDINATOR)
    for local in ("2025-12-31 23:59", "2026-01-01 00:01", "2026-03-31 23:59", "2026-04-01 00:01"):
        await register.enter(government_id, received_at=jakarta(local))
    received = [(await told(town, coordinator, period)).received for period in Period]
    assert received == [1, 1, 3]


async def test_who_observes_is_told_no_count_that_might_point_at_somebody(town: Town, clock: FakeClock) -> None:
    observer = await town.hires(40, Role.OBSERVER, government=None)
    coordinator = await town.hires(30, Role.COORDINATOR)
    register = Register(town, (await town.meets(10)).person_id)
    [government_id] = coordinator.actor.governments(Role.COORDINATOR)
    for _ in range(4):
        await register.enter(government_id, status=Status.CLOSED)
    few = await told(town, observer)
    assert few.too_few
    assert (few.parts, few.ratings, few.verification) == ((), (), None)
    assert "kurang dari 5" in overview(await Overview(town.office).of(observer, NATION, Period.THIS_MONTH), WORDS).text
    await register.enter(government_id)
    enough = await told(town, observer)
    assert enough.received == 5
    assert enough.ratings == ()
    assert (await told(town, coordinator)).ratings == ((Satisfaction.DISSATISFIED, 4),)


async def test_no_share_on_a_screen_gives_away_the_count_that_is_not_told(town: Town, clock: FakeClock) -> None:
    observer = await town.hires(40, Role.OBSERVER, government=None)
    coordinator = await town.hires(30, Role.COORDINATOR)
    [government_id] = coordinator.actor.governments(Role.COORDINATOR)
    register = Register(town, (await town.meets(10)).person_id)
    for at in range(6):
        await register.enter(government_id, status=Status.IN_PROGRESS if at < 2 else Status.FORWARDED)
    sheet = await Overview(town.office).of(observer, NATION, Period.THIS_MONTH)
    assert (sheet.figures.received, sheet.figures.followed_up) == (6, 2)
    told = f"{overview(sheet, WORDS).text} {chart_says(sheet.figures, WORDS)}"
    assert set(re.findall(r"(\d+) %", told)) <= {"0", "100"}


async def test_a_unit_whose_people_have_not_come_for_long_is_told_as_hardly_active(
    town: Town, clock: FakeClock
) -> None:
    await town.hires(20, Role.OFFICER, "dprkp")
    await town.hires(21, Role.OFFICER, "dpupr")
    coordinator = await town.hires(30, Role.COORDINATOR)
    clock.advance(days=13)
    assert (await told(town, coordinator)).quiet == ()
    await town.meets(21)
    clock.advance(days=2)
    assert (await told(town, coordinator)).quiet == ("Dinas Perumahan dan Kawasan Permukiman",)
    clock.advance(days=30)
    assert (await told(town, coordinator)).officers == Share(0, 2)


async def test_several_offices_are_asked_which_and_a_foreign_one_is_refused(town: Town, clock: FakeClock) -> None:
    await town.hires(20, Role.OFFICER, "dprkp")
    both = await town.hires(20, Role.COORDINATOR)
    names = [line.name for line in await Overview(town.office).choices(both)]
    assert names == ["Dinas Perumahan dan Kawasan Permukiman", "Pemerintah Kota Serang"]
    citizen = await town.meets(10)
    assert await Overview(town.office).choices(citizen) == ()
    for by, scope in ((citizen, NATION), (both, NATION), (both, Scope(ScopeKind.GOVERNMENT, 999))):
        with pytest.raises(StaleStep):
            await Overview(town.office).of(by, scope, Period.THIS_MONTH)


async def test_how_long_a_clock_took_is_stamped_when_it_stops(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    clock.advance(days=6)
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, ANSWER)
    async with town.office.database.reading() as work:
        complaint = await work.complaints.by_number(case.number)
        assert complaint is not None
        days = {row.kind.value: row.taken_days for row in await work.clocks.of(complaint.id)}
    assert days == {"verify": 0, "first_follow_up": 4, "resolve": None}
