"""Several units on one complaint with one that leads, and a nudge to a unit that is silent."""

import pytest

from domain.audit import Act
from domain.drafting import Purpose
from domain.lifecycle import Action, Role
from domain.messages import Notice
from domain.refusals import ComplaintNotFound, NotAllowed, NotNow, NotUnderstood
from locales.translator import words_for
from services.accusations import Accusations
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta
from tests.services.test_request_kinds import unit_id
from tests.services.test_requests import kinds
from views.letters import render

NOTE = "Kabel bawah tanah sudah kami periksa, aman."


async def test_a_unit_that_helps_sees_it_and_speaks_to_staff_alone(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    helper = await town.hires(21, Role.OFFICER, "dishub")
    with pytest.raises(ComplaintNotFound):
        await town.handling.look(helper, case.number)
    team = await town.teamwork.add(case.coordinator, case.number, await unit_id(town, "dishub"))
    assert [name for _, name in team.helpers] == ["Dinas Perhubungan"]
    letters = await town.owed(clock)
    assert kinds(letters) == [(20, Notice.DESK_UPDATE, Action.ADD_UNIT), (21, Notice.CARD, Action.ADD_UNIT)]
    card = next(render(each, words_for("id")).text for each in letters if each.chat_id == 21)
    assert "Dinas Perhubungan diminta" in card
    assert "/balas" not in card
    sheet = await town.handling.look(helper, case.number)
    assert sheet.actions == (Action.NOTE,)
    assert [line.helping for line in (await town.handling.queue(helper)).lines] == [True]
    for purpose in (Purpose.FOLLOW_UP, Purpose.DONE):
        with pytest.raises(NotAllowed):
            await town.correspondence.begin(helper, case.number, purpose)
    noted = await town.does(helper, case.number, Purpose.NOTE, NOTE)
    assert (noted.timeline[-1].unit, noted.timeline[-1].text) == ("Dinas Perhubungan", NOTE)
    assert kinds(await town.owed(clock)) == [(20, Notice.DESK_UPDATE, Action.NOTE)]
    assert "Perhubungan" not in repr(await town.tracking.look(case.citizen, case.number))


async def test_a_note_of_the_unit_that_leads_reaches_who_helps(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.hires(21, Role.OFFICER, "dishub")
    await town.teamwork.add(case.coordinator, case.number, await unit_id(town, "dishub"))
    await town.owed(clock)
    await town.does(case.officer, case.number, Purpose.NOTE, NOTE)
    assert kinds(await town.owed(clock)) == [(21, Notice.DESK_UPDATE, Action.NOTE)]


async def test_reminders_go_to_the_unit_that_leads_alone(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.hires(21, Role.OFFICER, "dishub")
    await town.teamwork.add(case.coordinator, case.number, await unit_id(town, "dishub"))
    await town.owed(clock)
    clock.set(jakarta("2026-04-20 10:00"))
    await town.timekeeping.remind(clock())
    assert [letter.chat_id for letter in await town.owed(clock)] == [20]


async def test_a_unit_that_becomes_the_leader_helps_no_more(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    helper = await town.hires(21, Role.OFFICER, "dishub")
    dishub = await unit_id(town, "dishub")
    await town.teamwork.add(case.coordinator, case.number, dishub)
    proposal = await town.oversight.propose(case.coordinator, case.number)
    sheet = await town.oversight.choose_unit(case.coordinator, proposal.serial, dishub)
    await town.oversight.forward(case.coordinator, sheet.serial)
    look = await town.handling.look(helper, case.number)
    assert look.helping == ()
    assert Action.FOLLOW_UP in look.actions


async def test_neither_a_unit_twice_nor_an_empty_one_nor_an_accused_one_is_added(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.hires(21, Role.OFFICER, "dishub")
    dishub = await unit_id(town, "dishub")
    await town.teamwork.add(case.coordinator, case.number, dishub)
    with pytest.raises(NotUnderstood, match="choice_unknown"):
        await town.teamwork.add(case.coordinator, case.number, dishub)
    with pytest.raises(NotUnderstood, match="unit_unstaffed"):
        await town.teamwork.add(case.coordinator, case.number, await unit_id(town, "dlh"))
    with pytest.raises(NotAllowed):
        await town.teamwork.add(case.officer, case.number, dishub)
    levy = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"
    await town.hires(40, Role.INSPECTOR, "inspektorat")
    accused = await town.hires(22, Role.OFFICER, "disdukcapil")
    accusing = (await town.files(await town.meets(11), levy)).number
    await town.oversight.forward(case.coordinator, (await town.oversight.propose(case.coordinator, accusing)).serial)
    assert (await town.teamwork.candidates(case.coordinator, accusing)).unit_ids == ()
    for unit in ("disdukcapil", "dishub"):
        with pytest.raises(NotUnderstood):
            await town.teamwork.add(case.coordinator, accusing, await unit_id(town, unit))
    with pytest.raises(ComplaintNotFound):
        await town.handling.look(accused, accusing)


async def test_a_unit_that_is_taken_off_loses_the_complaint_and_is_told(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    helper = await town.hires(21, Role.OFFICER, "dishub")
    dishub = await unit_id(town, "dishub")
    await town.teamwork.add(case.coordinator, case.number, dishub)
    await town.owed(clock)
    assert (await town.teamwork.helpers(case.coordinator, case.number)).helpers == ((dishub, "Dinas Perhubungan"),)
    assert (await town.teamwork.remove(case.coordinator, case.number, dishub)).helpers == ()
    letters = await town.owed(clock)
    assert kinds(letters) == [
        (20, Notice.DESK_UPDATE, Action.REMOVE_UNIT),
        (21, Notice.DESK_UPDATE, Action.REMOVE_UNIT),
    ]
    for letter in letters:
        assert "Dinas Perhubungan tidak lagi menjadi unit pendamping" in render(letter, words_for("id")).text
    assert (await town.handling.queue(helper)).lines == ()
    with pytest.raises(ComplaintNotFound):
        await town.handling.look(helper, case.number)
    seen = await town.oversight.look(case.coordinator, case.number)
    assert (seen.helping, seen.timeline[-1].unit, seen.timeline[-1].role) == ((), "Dinas Perhubungan", Role.COORDINATOR)
    assert Action.REMOVE_UNIT not in {
        event.action for event in (await town.tracking.look(case.citizen, case.number)).timeline
    }
    async with town.office.database.reading() as work:
        newest = await work.audit.head()
        assert newest is not None
        assert (newest.act, newest.role) == (Act.DECISION, Role.COORDINATOR)
        assert Action.REMOVE_UNIT in newest.data
    # It may be asked again.
    assert dishub in (await town.teamwork.candidates(case.coordinator, case.number)).unit_ids


async def test_nobody_but_the_desk_that_may_add_a_unit_takes_one_off(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    dishub, dprkp = await unit_id(town, "dishub"), await unit_id(town, "dprkp")
    within = [await town.hires(23, Role.UNIT_HEAD, "dprkp"), await town.hires(21, Role.OFFICER, "dishub"), case.officer]
    await town.teamwork.add(case.coordinator, case.number, dishub)
    for by in within:
        with pytest.raises(NotAllowed):
            await town.teamwork.remove(by, case.number, dishub)
        with pytest.raises(NotAllowed):
            await town.teamwork.helpers(by, case.number)
    with pytest.raises(ComplaintNotFound):
        await town.teamwork.remove(await town.hires(24, Role.OFFICER, "dlh"), case.number, dishub)
    with pytest.raises(NotUnderstood, match="unit_leads"):
        await town.teamwork.remove(case.coordinator, case.number, dprkp)
    with pytest.raises(NotUnderstood, match="unit_helps_not"):
        await town.teamwork.remove(case.coordinator, case.number, await unit_id(town, "dlh"))
    assert (await town.teamwork.helpers(case.coordinator, case.number)).helpers == ((dishub, "Dinas Perhubungan"),)


async def test_a_unit_is_taken_off_while_the_complaint_waits_and_not_once_it_is_over(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    units = [await unit_id(town, code) for code in ("dishub", "dlh")]
    for chat_id, code, unit in zip((21, 22), ("dishub", "dlh"), units, strict=True):
        await town.hires(chat_id, Role.OFFICER, code)
        await town.teamwork.add(case.coordinator, case.number, unit)
    await town.does(case.coordinator, case.number, Purpose.HOLD, "Di tiang nomor berapa?")
    await town.teamwork.remove(case.coordinator, case.number, units[0])
    await town.does(case.citizen, case.number, Purpose.WITHDRAW, "Sudah tidak perlu")
    with pytest.raises(NotNow):
        await town.teamwork.remove(case.coordinator, case.number, units[1])


async def test_who_is_accused_by_now_is_not_told_that_they_were_taken_off(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.hires(21, Role.OFFICER, "dishub")
    dishub = await unit_id(town, "dishub")
    await town.teamwork.add(case.coordinator, case.number, dishub)
    await town.owed(clock)
    await town.teamwork.remove(case.coordinator, case.number, dishub)
    accusations = Accusations(town.office)
    await accusations.accuse(case.coordinator, case.number, dishub)
    assert 21 not in {letter.chat_id for letter in await town.owed(clock)}


async def test_a_silent_unit_is_nudged_once_per_working_day(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.hires(23, Role.UNIT_HEAD, "dprkp")
    clock.set(jakarta("2026-04-10 10:00"))
    await town.teamwork.nudge(case.coordinator, case.number)
    assert kinds(await town.owed(clock)) == [
        (20, Notice.DESK_UPDATE, Action.NUDGE),
        (23, Notice.DESK_UPDATE, Action.NUDGE),
    ]
    with pytest.raises(NotUnderstood, match="nudged_already"):
        await town.teamwork.nudge(case.coordinator, case.number)
    clock.set(jakarta("2026-04-11 10:00"))
    await town.teamwork.nudge(case.coordinator, case.number)  # On Saturday, for Monday.
    clock.set(jakarta("2026-04-13 10:00"))
    with pytest.raises(NotUnderstood, match="nudged_already"):
        await town.teamwork.nudge(case.coordinator, case.number)
    events = (await town.oversight.look(case.coordinator, case.number)).timeline
    assert [event.action for event in events].count(Action.NUDGE) == 2
    assert Action.NUDGE not in {e.action for e in (await town.tracking.look(case.citizen, case.number)).timeline}
    with pytest.raises(NotAllowed):
        await town.teamwork.nudge(case.officer, case.number)
