"""Who may be accused decides nothing about who judges: neither lets somebody in, nor ends, nor learns from a list."""

import pytest

from domain.lifecycle import Role
from domain.refusals import InviteInvalid, NotUnderstood, StaffNotFound
from services.caller import Caller
from tests.conftest import FakeClock
from tests.services.conftest import Town

LEVY = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"


async def both(town: Town, role: Role = Role.COORDINATOR) -> Caller:
    """Somebody at a desk who also heads the office that is accused."""
    await town.hires(40, role)
    return await town.hires(40, Role.UNIT_HEAD, "disdukcapil")


async def office_of(town: Town, somebody: Caller) -> int:
    async with town.office.database.reading() as work:
        [row] = await work.staff.memberships_of(somebody.person_id)
        return row.id


async def examined(town: Town, coordinator: Caller) -> str:
    """A complaint about the office, with the inspectorate."""
    number = (await town.files(await town.meets(10), LEVY)).number
    proposal = await town.oversight.propose(coordinator, number)
    await town.oversight.forward(coordinator, proposal.serial)
    return number


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.NATIONAL_ADMIN])
async def test_who_belongs_to_a_unit_lets_nobody_in_to_judge_it(town: Town, clock: FakeClock, role: Role) -> None:
    somebody = await both(town, role)
    assert not {Role.COORDINATOR, Role.INSPECTOR, Role.NATIONAL_ADMIN} & set(town.inviting.roles(somebody))
    [home] = somebody.actor.governments(Role.UNIT_HEAD)
    for given in (Role.COORDINATOR, Role.INSPECTOR, Role.NATIONAL_ADMIN):
        with pytest.raises(StaffNotFound):
            await town.inviting.invite(somebody, given, home)
    for given in (Role.OFFICER, Role.UNIT_HEAD):
        offered = (await town.inviting.offices(somebody, given, home)).units
        assert "Inspektorat" not in {unit.name for unit in offered}
        assert "Dinas Perhubungan" in {unit.name for unit in offered}
    inspector = await town.hires(22, Role.INSPECTOR)
    with pytest.raises(StaffNotFound):
        await town.inviting.invite(somebody, Role.OFFICER, home, min(inspector.actor.units))


async def test_an_invitation_is_worth_nothing_once_its_maker_belongs_to_a_unit(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(40, Role.COORDINATOR)
    sheet = await town.inviting.invite(coordinator, Role.COORDINATOR)
    await town.hires(40, Role.OFFICER, "disdukcapil")
    with pytest.raises(InviteInvalid):
        await town.directory.redeem(await town.meets(41), sheet.token)


async def test_who_belongs_to_a_unit_neither_sees_nor_ends_its_judges(town: Town, clock: FakeClock) -> None:
    somebody, clean = await both(town), await town.hires(30, Role.COORDINATOR)
    inspector = await town.hires(22, Role.INSPECTOR)
    helper = await town.hires(23, Role.OFFICER, "inspektorat")
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    seen = {line.person_id for line in (await town.staffing.page(somebody)).lines}
    assert seen == {somebody.person_id, officer.person_id}
    for judge in (clean, inspector, helper):
        number = await office_of(town, judge)
        for act in (town.staffing.one, town.staffing.preview, town.staffing.revoke):
            with pytest.raises(StaffNotFound):
                await act(somebody, number)
    with pytest.raises(StaffNotFound):
        await town.staffing.transfer(somebody, await office_of(town, inspector), await office_of(town, helper))
    await town.staffing.revoke(clean, await office_of(town, helper))


async def test_neither_the_list_nor_the_digest_tells_that_somebody_examines(town: Town, clock: FakeClock) -> None:
    somebody, clean = await both(town), await town.hires(30, Role.COORDINATOR)
    inspector = await town.hires(22, Role.INSPECTOR)
    clock.advance(days=40)

    async def told() -> object:
        page, digest = await town.staffing.page(somebody), await town.oversight.digest(somebody)
        return page, [sheet.idle for sheet in digest]

    before = await told()
    number = await examined(town, clean)
    await town.handling.take(inspector, number)
    assert await told() == before


async def test_work_that_accuses_is_not_found_by_trying_to_move_it(town: Town, clock: FakeClock) -> None:
    somebody, clean = await both(town), await town.hires(30, Role.COORDINATOR)
    one, other = await town.hires(20, Role.OFFICER, "dishub"), await town.hires(21, Role.OFFICER, "dishub")
    number = await examined(town, clean)
    async with town.office.database.work() as work:
        row = await work.complaints.by_number(number)
        assert row is not None
        row.unit_id, row.taken_by = min(one.actor.units), one.person_id
        await work.commit()
    with pytest.raises(NotUnderstood, match="nothing_in_hand"):
        await town.staffing.transfer(somebody, await office_of(town, one), await office_of(town, other))
    assert (await town.handling.look(one, number)).taken_by_me


async def test_the_head_of_an_inspectorate_fills_it(town: Town, clock: FakeClock) -> None:
    head = await town.hires(22, Role.UNIT_HEAD, "inspektorat")
    sheet = await town.inviting.invite(head, Role.OFFICER)
    await town.directory.redeem(await town.meets(23), sheet.token)
    assert len((await town.staffing.page(head)).lines) == 1
