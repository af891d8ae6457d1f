"""Words that come later may accuse: then the unit that has the complaint has lost it before it hears of them."""

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Action, Role, Status
from domain.messages import Notice
from domain.refusals import ComplaintNotFound, NotAllowed, NotUnderstood
from locales.translator import words_for
from services.accusations import Accusations
from services.caller import Caller
from services.oversight import proposed_class
from storage.tables_complaints import Complaint
from tests.conftest import FakeClock
from tests.services.conftest import AtWork, Town
from tests.services.groups import CHAT, DEWI, HEAD, RINA, a_room
from views import accusations as accusation_screens
from views import letters as letter_screens

WORDS = words_for("id")
LEVY = "Petugasnya minta uang pelicin 500 ribu supaya lampunya diperbaiki, ini pungli"
DONE = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00 dan memeriksanya lagi."


async def row_of(town: Town, number: str) -> Complaint:
    async with town.office.database.reading() as work:
        row = await work.complaints.by_number(number)
        assert row is not None
        return row


async def finished(town: Town, case: AtWork) -> None:
    await town.does(case.officer, case.number, Purpose.DONE, DONE)


async def asked(town: Town, case: AtWork) -> None:
    await town.does(case.coordinator, case.number, Purpose.HOLD, "Mohon nomor tiang lampunya, Bapak/Ibu.")


@pytest.mark.parametrize(
    ("purpose", "before"),
    [(Purpose.ADD_INFORMATION, None), (Purpose.ANSWER, asked), (Purpose.REOPEN, finished), (Purpose.WITHDRAW, None)],
)
async def test_an_accusation_that_is_told_later_takes_the_complaint_from_the_unit_before_it_hears(
    town: Town, clock: FakeClock, purpose: Purpose, before: object
) -> None:
    case = await town.at_work(clock)
    head = await town.hires(HEAD, Role.UNIT_HEAD, "dprkp")
    if before is not None:
        assert callable(before)
        await before(town, case)
    await town.owed(clock)
    await town.does(case.citizen, case.number, purpose, LEVY)
    clock.advance(hours=1)
    told = [(letter.chat_id, letter.kind) for letter in await town.owed(clock)]
    desk = Notice.DESK_UPDATE if purpose is Purpose.WITHDRAW else Notice.DESK_CARD
    assert [each for each in told if each[0] != 10] == [(30, desk)]
    for somebody in (case.officer, head):
        with pytest.raises(ComplaintNotFound):
            await town.handling.look(somebody, case.number)
        assert (await town.handling.queue(somebody)).lines == ()
        assert (await town.tracking.look(somebody, case.number)).text is None
    assert (await town.tracking.look(case.citizen, case.number)).timeline[-1].text == LEVY


async def test_the_desk_reads_what_was_told_and_may_only_give_it_to_the_inspectorate(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    await town.does(case.citizen, case.number, Purpose.ADD_INFORMATION, LEVY)
    clock.advance(hours=1)
    [card] = [letter for letter in await town.owed(clock) if letter.kind is Notice.DESK_CARD]
    assert "uang pelicin" in letter_screens.render(card, WORDS).text
    assert "tidak dapat lagi membukanya" in letter_screens.render(card, WORDS).text
    proposal = await town.oversight.propose(case.coordinator, case.number)
    assert proposal.unit_names == ("Inspektorat",)
    assert proposal.complaint_class is proposed_class(await row_of(town, case.number))
    inspector = await town.hires(22, Role.INSPECTOR)
    await town.oversight.forward(case.coordinator, proposal.serial)
    assert (await town.handling.look(inspector, case.number)).timeline[-2].text == LEVY


async def test_a_return_from_before_the_accusation_opens_no_other_unit_and_the_inspectorates_does(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.RETURN, "Jalan ini milik provinsi, bukan kami.")
    proposal = await town.oversight.propose(case.coordinator, case.number)
    await town.oversight.forward(case.coordinator, proposal.serial)
    await town.does(case.citizen, case.number, Purpose.ADD_INFORMATION, LEVY)
    inspector = await town.hires(22, Role.INSPECTOR)
    proposal = await town.oversight.propose(case.coordinator, case.number)
    assert proposal.unit_names == ("Inspektorat",)
    await town.oversight.forward(case.coordinator, proposal.serial)
    await town.does(inspector, case.number, Purpose.RETURN, "Sudah diperiksa, tidak ada yang menerima uang.")
    names = (await town.oversight.propose(case.coordinator, case.number)).unit_names
    assert "Dinas Perhubungan" in names
    assert "Dinas Perumahan dan Kawasan Permukiman" not in names


async def test_the_group_is_told_nothing_and_its_card_is_bare(town: Town, clock: FakeClock) -> None:
    room = await a_room(town, clock)
    number = await room.files()
    await room.delivers()
    await room.told(Notice.CARD)
    before = len(room.calls)
    await town.does(await town.meets(10), number, Purpose.ADD_INFORMATION, LEVY)
    clock.advance(hours=1)
    await room.delivers()
    assert all(call.bare and not call.events for call in room.calls[before:])
    assert {chat_id for chat_id, _ in await room.told(*Notice)} & {CHAT, HEAD, RINA} == set()
    assert (await town.oversight.look(await town.meets(DEWI), number)).accuses


async def test_a_unit_that_helps_may_be_meant_and_hears_nothing_either(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    helper = await town.hires(24, Role.OFFICER, "dlh")
    await town.teamwork.add(case.coordinator, case.number, min(helper.actor.units))
    await town.owed(clock)
    await town.does(case.citizen, case.number, Purpose.ADD_INFORMATION, LEVY)
    with pytest.raises(ComplaintNotFound):
        await town.handling.look(helper, case.number)


async def test_words_on_their_way_of_a_unit_that_was_accused_meanwhile_never_leave(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    begun = await town.correspondence.at_once(case.officer, case.number, Purpose.DONE, DONE)
    await town.does(case.citizen, case.number, Purpose.ADD_INFORMATION, LEVY)
    with pytest.raises(ComplaintNotFound):
        await town.correspondence.send(case.officer, begun.serial)


async def test_an_inspectorate_that_has_it_keeps_it_and_hears_more(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock, "inspektorat")
    inspector: Caller = case.officer
    async with town.office.database.work() as work:
        row = await work.complaints.by_number(case.number)
        assert row is not None
        row.unit_id = min(inspector.actor.units)
        await work.commit()
    await town.owed(clock)
    await town.does(case.citizen, case.number, Purpose.ADD_INFORMATION, LEVY)
    clock.advance(hours=1)
    assert (20, Notice.DESK_UPDATE) in [(letter.chat_id, letter.kind) for letter in await town.owed(clock)]
    assert (await town.handling.look(inspector, case.number)).timeline[-1].action is Action.ADD_INFORMATION


async def test_who_takes_over_after_the_examination_is_accused_by_name_only(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.citizen, case.number, Purpose.ADD_INFORMATION, LEVY)
    accused = (await row_of(town, case.number)).accused_unit_ids
    other = await town.hires(24, Role.OFFICER, "dishub")
    async with town.office.database.work() as work:
        row = await work.complaints.by_number(case.number)
        assert row is not None
        row.unit_id, row.status = min(other.actor.units), Status.IN_PROGRESS
        await work.commit()
    await town.does(case.citizen, case.number, Purpose.ADD_INFORMATION, "Uang pelicin itu belum dikembalikan juga")
    assert set(accused) <= set((await row_of(town, case.number)).accused_unit_ids)
    assert (await town.handling.look(other, case.number)).timeline


async def test_a_gist_clears_nobody_whom_earlier_words_accused(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.RETURN, "Jalan ini milik provinsi, bukan kami.")
    await town.does(case.citizen, case.number, Purpose.ADD_INFORMATION, LEVY)
    async with town.office.database.work() as work:
        row = await work.complaints.by_number(case.number)
        assert row is not None
        row.text, row.voiced = "", True
        await work.commit()
    await town.does(case.coordinator, case.number, Purpose.GIST, "Lampu jalan di depan sekolah mati.")
    assert (await row_of(town, case.number)).accuses


async def test_who_coordinates_and_belongs_to_a_unit_reads_nothing_that_names_it_by_its_abbreviation(
    town: Town, clock: FakeClock
) -> None:
    await town.hires(40, Role.COORDINATOR)
    both, clean = await town.hires(40, Role.UNIT_HEAD, "dprkp"), await town.hires(30, Role.COORDINATOR)
    number = (await town.files(await town.meets(10), "Petugas DPRKP minta uang pelicin supaya lampu diganti")).number
    clock.advance(hours=1)
    assert {letter.chat_id for letter in await town.owed(clock) if letter.kind is Notice.DESK_CARD} == {30}
    assert await town.oversight.unverified(both) == ()
    assert (await town.oversight.look(clean, number)).accuses


async def test_a_coordinator_says_whom_it_accuses_and_only_who_examines_clears_them(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    await town.hires(40, Role.COORDINATOR)
    head = await town.hires(40, Role.UNIT_HEAD, "dprkp")
    inspector = await town.hires(22, Role.INSPECTOR)
    await town.hires(31, Role.COORDINATOR)
    await town.owed(clock)
    accusations, unit_id = Accusations(town.office), min(head.actor.units)
    with pytest.raises(NotUnderstood, match="choice_unknown"):
        await accusations.accuse(head, case.number, unit_id)
    with pytest.raises(NotUnderstood, match="choice_unknown"):
        await accusations.accuse(case.coordinator, case.number, min(inspector.actor.units))
    with pytest.raises(NotAllowed):
        await accusations.accuse(case.citizen, case.number, unit_id)
    for _ in range(2):
        sheet = await accusations.accuse(case.coordinator, case.number, unit_id)
    assert [each for each, _ in sheet.accused] == [unit_id]
    assert not sheet.may_clear
    assert unit_id not in dict(sheet.others)
    clock.advance(hours=1)
    assert {letter.chat_id for letter in await town.owed(clock)} == {31}
    for somebody in (case.officer, head):
        with pytest.raises(ComplaintNotFound):
            await accusations.of(somebody, case.number)
    with pytest.raises(NotAllowed):
        await accusations.clear(case.coordinator, case.number, unit_id)
    proposal = await town.oversight.propose(case.coordinator, case.number)
    assert proposal.unit_names == ("Inspektorat",)
    await town.oversight.forward(case.coordinator, proposal.serial)
    assert (await accusations.of(inspector, case.number)).may_clear
    assert (await accusations.clear(inspector, case.number, unit_id)).accused == ()
    assert not (await row_of(town, case.number)).accuses
    lines = (await town.handling.look(inspector, case.number)).timeline
    assert [each.action for each in lines if each.action in (Action.ACCUSE, Action.CLEAR)] == [
        Action.ACCUSE,
        Action.CLEAR,
    ]
    screen = accusation_screens.screen(await accusations.of(inspector, case.number), 0, WORDS)
    assert "tidak menuduh unit mana pun" in screen.text
    assert "Perumahan" in accusation_screens.screen(sheet, 0, WORDS).text
