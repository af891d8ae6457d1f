"""Who answers for a complaint is the same, whether the register is asked or a roster that was read from it."""

from domain.lifecycle import Role
from domain.messages import Notice
from services.responsible import WORKING_ROLES, Roster
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta


async def test_a_roster_says_of_every_office_what_the_register_says(town: Town, clock: FakeClock) -> None:
    await town.hires(20, Role.OFFICER, "dprkp")
    await town.hires(20, Role.UNIT_HEAD, "dprkp")
    await town.hires(21, Role.UNIT_HEAD, "dprkp")
    await town.hires(30, Role.COORDINATOR)
    await town.hires(50, Role.PROVINCE_HUB)
    await town.hires(60, Role.NATIONAL_ADMIN, government=None)
    async with town.office.database.reading() as work:
        roster = await Roster.read(work)
        desks = [None, *(each.id for each in await work.directory.governments())]
        for place in desks:
            assert await roster.at_desk(place) == await work.staff.at_desk(place)
        for unit in await work.directory.units():
            for roles in (WORKING_ROLES, (Role.UNIT_HEAD,), tuple(Role)):
                assert await roster.in_unit(unit.id, roles) == await work.staff.in_unit(unit.id, roles)
        for province in ("36", "32"):
            assert await roster.hub_of(province) == await work.staff.hub_of(province)
        assert roster.people >= {person for place in desks for person in await work.staff.at_desk(place)}


async def test_who_comes_to_a_unit_that_has_heard_today_is_reminded_too(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    clock.set(jakarta("2026-04-15 09:00"))
    assert await town.timekeeping.remind(clock()) == 1
    assert await town.timekeeping.remind(clock()) == 0
    await town.hires(40, Role.OFFICER, "dprkp")
    assert await town.timekeeping.remind(clock()) == 1
    letters = [letter for letter in await town.owed(clock) if letter.kind is Notice.REMINDER]
    assert {letter.chat_id for letter in letters} >= {40}


async def test_what_accuses_a_unit_that_has_heard_still_reminds_its_desk(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    clock.set(jakarta("2026-04-15 09:00"))
    assert await town.timekeeping.remind(clock()) == 1
    async with town.office.database.work() as work:
        complaint = await work.complaints.by_number(case.number)
        assert complaint is not None
        assert complaint.unit_id is not None
        complaint.accused_unit_ids = [complaint.unit_id]
        await work.commit()
    assert await town.timekeeping.remind(clock()) == 1
    assert await town.timekeeping.remind(clock()) == 0
