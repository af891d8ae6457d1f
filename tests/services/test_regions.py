"""A province in figures: ranked, how late, who is silent; a silent government is reminded once per working day."""

import pytest

from domain.audit import Act
from domain.figures import Share
from domain.lifecycle import Role, Status
from domain.messages import Notice
from domain.refusals import NotUnderstood, StaleStep
from locales.translator import words_for
from services.auditing import Auditing
from services.caller import Caller
from services.figure_sheets import GovernmentLine, RegionSheet
from services.regions import Regions
from tests.conftest import FakeClock
from tests.services.conftest import Town
from tests.services.registers import Register
from views import regions
from views.letters import render

WORDS = words_for("id")
CILEGON = 'governments:\n  - code: "36.72"\n'


@pytest.fixture
async def hub(town: Town) -> Caller:
    """The hub of Banten, with Kota Serang and Kota Cilegon, each with a coordinator."""
    await town.directory.load(CILEGON)
    await town.hires(31, Role.COORDINATOR, government="36.72")
    await town.hires(30, Role.COORDINATOR)
    return await town.hires(40, Role.PROVINCE_HUB)


async def enter(town: Town, code: str, count: int, **fields: object) -> int:
    """So many complaints of a government; returns its id."""
    register = Register(town, (await town.meets(10)).person_id)
    async with town.office.database.reading() as work:
        government = await work.directory.government_by_code(code)
    assert government is not None
    for _ in range(count):
        await register.enter(government.id, **fields)
    return government.id


async def banten(town: Town, by: Caller) -> RegionSheet:
    return await Regions(town.office).province(by, "36")


def line(sheet: RegionSheet, name: str) -> GovernmentLine:
    return next(each for each in sheet.lines if name in each.name)


async def test_kab_kota_are_ranked_by_what_they_followed_up(town: Town, clock: FakeClock, hub: Caller) -> None:
    await enter(town, "36.73", 8)
    await enter(town, "36.73", 2, status=Status.IN_PROGRESS)
    await enter(town, "36.72", 6, status=Status.DONE)
    sheet = await banten(town, hub)
    assert [(each.name, each.followed_up) for each in sheet.lines] == [
        ("Pemerintah Kota Cilegon", Share(6, 6)),
        ("Pemerintah Kota Serang", Share(2, 10)),
    ]
    text = regions.region(sheet, 0, WORDS).text
    assert "1. Pemerintah Kota Cilegon: 6 laporan, 100 % ditindaklanjuti" in text
    assert "Banten" in text


async def test_what_is_late_is_a_count_and_an_age(town: Town, clock: FakeClock, hub: Caller) -> None:
    await enter(town, "36.73", 6)
    await enter(town, "36.72", 1)
    sheet = await banten(town, hub)
    serang, cilegon = line(sheet, "Serang"), line(sheet, "Cilegon")
    assert (serang.late, serang.oldest_days, cilegon.late) == (6, 1, 1)
    text = regions.region(sheet, 0, WORDS).text
    assert "Terlambat sekarang: 6, paling lama 1 hari kerja" in text
    assert "Terlambat sekarang: kurang dari 5, paling lama 1 hari kerja" in text


async def test_a_small_count_is_not_found_by_taking_the_others_from_the_total(
    town: Town, clock: FakeClock, hub: Caller
) -> None:
    await enter(town, "36.73", 9)
    await enter(town, "36.72", 2)
    assert [each.followed_up for each in (await banten(town, hub)).lines] == [None, None]


async def test_who_was_not_here_for_long_is_silent_and_is_reminded_once_per_working_day(
    town: Town, clock: FakeClock, hub: Caller
) -> None:
    service = Regions(town.office)
    serang = await enter(town, "36.73", 3)
    with pytest.raises(NotUnderstood, match="not_quiet"):
        await service.remind(hub, serang)
    clock.advance(days=14)
    await town.meets(31)
    assert line(await banten(town, hub), "Serang").quiet_days == 14
    assert line(await banten(town, hub), "Cilegon").quiet_days is None
    assert (await service.remind(hub, serang)).people == 1
    with pytest.raises(NotUnderstood, match="reminded_already"):
        await service.remind(hub, serang)
    [letter] = [each for each in await town.owed(clock) if each.kind is Notice.QUIET]
    text = render(letter, WORDS).text
    assert "Banten" in text
    assert "14 hari" in text
    assert [entry.act for entry in await Auditing(town.office).last(1)] == [Act.REMIND_GOVERNMENT]
    clock.advance(days=1)
    assert (await service.remind(hub, serang)).people == 1


async def test_a_word_to_a_silent_government_does_not_leave_once_somebody_came(
    town: Town, clock: FakeClock, hub: Caller
) -> None:
    serang = await enter(town, "36.73", 1)
    clock.advance(days=14)
    await Regions(town.office).remind(hub, serang)
    await town.meets(30)
    assert [each.kind for each in await town.owed(clock) if each.kind is Notice.QUIET] == []


async def test_only_the_hub_of_the_province_and_the_national_admin_remind(
    town: Town, clock: FakeClock, hub: Caller
) -> None:
    service, serang = Regions(town.office), await enter(town, "36.73", 1)
    observer = await town.hires(41, Role.OBSERVER, government=None)
    national = await town.hires(42, Role.NATIONAL_ADMIN, government=None)
    coordinator = await town.hires(43, Role.COORDINATOR, government="36.72")
    clock.advance(days=14)
    for by in (observer, coordinator, await town.meets(10)):
        with pytest.raises(StaleStep):
            await service.remind(by, serang)
    assert not (await banten(town, observer)).may_remind
    assert (await banten(town, national)).may_remind
    assert (await service.remind(national, serang)).people == 1


async def test_a_hub_sees_its_own_province_and_no_other(town: Town, clock: FakeClock, hub: Caller) -> None:
    service = Regions(town.office)
    [own] = await service.provinces(hub)
    assert (own.province, own.name, own.governments, own.quiet) == ("36", "Banten", 2, 0)
    for by, code in ((hub, "32"), (await town.meets(10), "36"), (await town.meets(30), "36")):
        with pytest.raises(StaleStep):
            await service.province(by, code)


async def test_a_government_without_staff_is_not_called_silent_but_empty(
    town: Town, clock: FakeClock, hub: Caller
) -> None:
    await town.directory.load(CILEGON.replace("36.72", "36.71"))
    clock.advance(days=20)
    tangerang = line(await banten(town, hub), "Tangerang")
    assert (tangerang.staffed, tangerang.quiet_days) == (False, None)
    assert "Belum ada petugas" in regions.region(await banten(town, hub), 0, WORDS).text
