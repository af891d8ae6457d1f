"""People come and go: who decides about whom, what becomes of their work, and what they are told."""

import pytest

from domain.audit import Act
from domain.drafting import Purpose
from domain.lifecycle import Action, Role
from domain.messages import Notice
from domain.refusals import ComplaintNotFound, InviteInvalid, NotUnderstood, StaffNotFound, StaleStep
from domain.staffing import StaffWord
from services.caller import Caller
from services.letter_sheets import Letter
from services.staffing import OPERATOR
from tests.conftest import FakeClock
from tests.services.conftest import AtWork, Town

ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."


async def number_of(town: Town, by: Caller) -> int:
    """The number of the only office that somebody holds."""
    async with town.office.database.reading() as work:
        [row] = await work.staff.memberships_of(by.person_id)
        return row.id


def words_of(letters: list[Letter], chat_id: int) -> list[StaffWord]:
    """What somebody was told about people who come and go."""
    return [letter.staff.word for letter in letters if letter.chat_id == chat_id and letter.staff]


async def taken(town: Town, clock: FakeClock) -> tuple[AtWork, Caller]:
    """A complaint that an officer has in hand, and their colleague in the unit."""
    case = await town.at_work(clock)
    colleague = await town.hires(21, Role.OFFICER, "dprkp")
    await town.handling.take(case.officer, case.number)
    await town.owed(clock)
    return case, colleague


async def test_who_leaves_gives_the_work_back_to_the_unit_and_each_reader_gets_one_message(
    town: Town, clock: FakeClock
) -> None:
    case, colleague = await taken(town, clock)
    second = (await town.files(case.citizen, place="Kasemen, Kota Serang")).number
    await town.oversight.forward(case.coordinator, (await town.oversight.propose(case.coordinator, second)).serial)
    await town.handling.take(case.officer, second)
    await town.owed(clock)
    done = await town.staffing.revoke(case.coordinator, await number_of(town, case.officer))
    assert (done.moved, done.last_of_unit) == (2, False)
    letters = await town.owed(clock)
    assert words_of(letters, 20) == [StaffWord.LEFT]
    assert words_of(letters, 21) == [StaffWord.QUEUED]
    [queued] = [letter for letter in letters if letter.chat_id == 21]
    assert {line.number for line in queued.reminders} == {case.number, second}
    sheet = await town.handling.take(colleague, case.number)
    assert sheet.taken_by_me
    assert Action.HAND_OVER in [event.action for event in sheet.timeline]
    assert Action.HAND_OVER not in [event.action for event in (await town.tracking.look(case.citizen, second)).timeline]


async def test_a_named_colleague_has_the_work_in_hand_at_once(town: Town, clock: FakeClock) -> None:
    case, colleague = await taken(town, clock)
    heir = await number_of(town, colleague)
    await town.staffing.revoke(case.coordinator, await number_of(town, case.officer), heir)
    letters = await town.owed(clock)
    assert words_of(letters, 21) == [StaffWord.RECEIVED]
    assert (await town.handling.look(colleague, case.number)).taken_by_me


async def test_the_last_who_leaves_a_unit_leaves_its_work_to_the_coordinator_who_is_told(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    number = await number_of(town, case.officer)
    before = await town.staffing.preview(case.coordinator, number)
    assert (before.last_of_unit, before.waiting) == (True, 1)
    await town.staffing.revoke(case.coordinator, number, serial=before.serial)
    letters = await town.owed(clock)
    [told] = [letter for letter in letters if letter.chat_id == 30]
    assert told.staff is not None
    assert (told.staff.word, told.staff.count) == (StaffWord.UNIT_EMPTY, 1)
    assert [line.number for line in told.reminders] == [case.number]
    assert Action.REFORWARD in (await town.oversight.look(case.coordinator, case.number)).actions
    clock.advance(days=20)
    await town.timekeeping.remind(clock())
    reminded = {letter.chat_id for letter in await town.owed(clock) if letter.kind is Notice.REMINDER}
    assert reminded == {30}


async def test_a_unit_that_nobody_works_in_leaves_its_group_and_others_are_reminded_of_theirs(
    town: Town, clock: FakeClock
) -> None:
    case, colleague = await taken(town, clock)
    async with town.office.database.work() as work:
        await work.groups.connect(min(case.officer.actor.units), -1001, clock(), topics=False)
        await work.commit()
    first = await town.staffing.revoke(case.coordinator, await number_of(town, colleague))
    last = await town.staffing.revoke(case.coordinator, await number_of(town, case.officer))
    assert (first.in_group, last.in_group) == (True, True)
    async with town.office.database.reading() as work:
        assert await work.groups.of_chat(-1001) is None


async def test_who_has_left_gets_no_card_no_reminder_and_no_answer_and_old_buttons_find_nothing(
    town: Town, clock: FakeClock
) -> None:
    case, _ = await taken(town, clock)
    asked = await town.requests.ask_extension(case.officer, case.number, 5, "Menunggu suku cadang dari pusat")
    words = await town.correspondence.at_once(case.officer, case.number, Purpose.FOLLOW_UP, ANSWER)
    await town.owed(clock)
    clock.advance(days=15)
    await town.timekeeping.remind(clock())
    await town.staffing.revoke(case.coordinator, await number_of(town, case.officer))
    await town.does(case.coordinator, case.number, Purpose.REFUSE, "Suku cadangnya sudah ada", request_id=asked.id)
    gone = await town.meets(20)
    [letter] = [letter for letter in await town.owed(clock) if letter.chat_id == 20]
    assert letter.staff is not None
    assert (letter.staff.word, letter.staff.unsent) == (StaffWord.LEFT, case.number)
    assert await town.correspondence.current(gone) is None
    for act in (town.handling.look, town.handling.take, town.handling.release):
        with pytest.raises(ComplaintNotFound):
            await act(gone, case.number)
    with pytest.raises(ComplaintNotFound):
        await town.correspondence.begin(gone, case.number, Purpose.FOLLOW_UP)
    assert (await town.handling.queue(gone)).lines == ()
    assert words.number == case.number


async def test_what_somebody_files_as_a_citizen_stays_theirs_when_they_leave(town: Town, clock: FakeClock) -> None:
    case, _ = await taken(town, clock)
    own = (await town.files(case.officer)).number
    draft = await town.intake.begin(case.officer, "Jalan di Kasemen berlubang besar", instead=False)
    await town.staffing.revoke(case.coordinator, await number_of(town, case.officer))
    gone = await town.meets(20)
    assert await town.intake.current(gone) == draft
    assert [line.number for line in await town.tracking.mine(gone)] == [own]


async def test_whoever_also_heads_the_unit_keeps_the_work_when_one_of_two_offices_ends(
    town: Town, clock: FakeClock
) -> None:
    case, _ = await taken(town, clock)
    number = await number_of(town, case.officer)
    await town.directory.redeem(case.officer, await town.directory.invite(Role.UNIT_HEAD, "36.73", "dprkp", "Kepala"))
    done = await town.staffing.revoke(case.coordinator, number)
    assert done.moved == 0
    assert (await town.handling.look(await town.meets(20), case.number)).taken_by_me


async def test_work_is_given_to_a_colleague_and_both_are_told(town: Town, clock: FakeClock) -> None:
    case, colleague = await taken(town, clock)
    await town.hires(22, Role.UNIT_HEAD, "dprkp")
    head = await town.meets(22)
    giver, heir = await number_of(town, case.officer), await number_of(town, colleague)
    done = await town.staffing.transfer(head, giver, heir)
    assert done.moved == 1
    letters = await town.owed(clock)
    assert words_of(letters, 20) == [StaffWord.GIVEN]
    assert words_of(letters, 21) == [StaffWord.RECEIVED]
    assert (await town.handling.look(colleague, case.number)).taken_by_me
    assert not (await town.handling.look(case.officer, case.number)).taken_by_me
    with pytest.raises(NotUnderstood, match="nothing_in_hand"):
        await town.staffing.transfer(head, giver, heir)


async def test_an_office_goes_to_a_colleague_of_another_unit_with_its_work(town: Town, clock: FakeClock) -> None:
    case, _ = await taken(town, clock)
    other = await town.hires(24, Role.OFFICER, "dlh")
    number = await number_of(town, case.officer)
    await town.staffing.transfer(case.coordinator, number, await number_of(town, other), office=True)
    other = await town.meets(24)
    assert len(other.actor.units) == 2
    assert (await town.handling.look(other, case.number)).taken_by_me
    assert (await town.meets(20)).actor.memberships == ()


async def test_nobody_decides_about_offices_above_or_outside_the_own_scope(town: Town, clock: FakeClock) -> None:
    case, colleague = await taken(town, clock)
    head = await town.hires(22, Role.UNIT_HEAD, "dprkp")
    elsewhere = await town.hires(25, Role.UNIT_HEAD, "dlh")
    admin = await town.hires(40, Role.NATIONAL_ADMIN, government=None)
    officer, desk = await number_of(town, case.officer), await number_of(town, case.coordinator)
    own, top = await number_of(town, head), await number_of(town, admin)
    for by, number in (
        (case.officer, officer),
        (case.officer, own),
        (head, own),
        (head, desk),
        (elsewhere, officer),
        (case.coordinator, top),
        (case.citizen, officer),
        (case.coordinator, 999_999),
    ):
        for act in (town.staffing.one, town.staffing.preview, town.staffing.revoke, town.staffing.colleagues):
            with pytest.raises(StaffNotFound):
                await act(by, number)
        with pytest.raises(StaffNotFound):
            await town.staffing.transfer(by, number, officer)
    assert [line.id for line in (await town.staffing.page(head)).lines] == [officer, await number_of(town, colleague)]
    for by, role in (
        (head, Role.UNIT_HEAD),
        (head, Role.COORDINATOR),
        (case.coordinator, Role.NATIONAL_ADMIN),
        (case.coordinator, Role.OBSERVER),
        (case.officer, Role.OFFICER),
        (case.citizen, Role.OFFICER),
    ):
        with pytest.raises(StaffNotFound):
            await town.inviting.invite(by, role)
    with pytest.raises(StaffNotFound):
        await town.inviting.invite(head, Role.OFFICER, unit_id=min(elsewhere.actor.units))
    with pytest.raises(StaffNotFound):
        await town.inviting.invite(case.coordinator, Role.OFFICER, 999_999)


async def test_nobody_leaves_an_accused_unit_by_themselves_to_read_what_accuses_it(
    town: Town, clock: FakeClock
) -> None:
    await town.hires(30, Role.COORDINATOR)
    both = await town.hires(31, Role.COORDINATOR)
    await town.directory.redeem(both, await town.directory.invite(Role.OFFICER, "36.73", "disdukcapil", "Rangkap"))
    both = await town.meets(31)
    async with town.office.database.reading() as work:
        [own] = [row.id for row in await work.staff.memberships_of(both.person_id) if row.role is Role.OFFICER]
    for act in (town.staffing.preview, town.staffing.revoke):
        with pytest.raises(NotUnderstood, match="own_office"):
            await act(both, own)
    await town.staffing.revoke(await town.meets(30), own)


async def test_work_goes_to_nobody_outside_the_unit(town: Town, clock: FakeClock) -> None:
    case, _ = await taken(town, clock)
    other = await number_of(town, await town.hires(24, Role.OFFICER, "dlh"))
    own = await number_of(town, case.officer)
    for heir in (other, own, 999_999):
        with pytest.raises(NotUnderstood, match="heir_elsewhere"):
            await town.staffing.revoke(case.coordinator, own, heir)
        with pytest.raises(NotUnderstood, match="heir_elsewhere"):
            await town.staffing.transfer(case.coordinator, own, heir)


async def test_a_second_tap_does_nothing_and_one_whose_preview_is_no_longer_true_is_refused(
    town: Town, clock: FakeClock
) -> None:
    case, colleague = await taken(town, clock)
    number = await number_of(town, case.officer)
    before = await town.staffing.preview(case.coordinator, number)
    await town.staffing.revoke(case.coordinator, await number_of(town, colleague))
    with pytest.raises(StaleStep):
        await town.staffing.revoke(case.coordinator, number, serial=before.serial)
    now = await town.staffing.preview(case.coordinator, number)
    await town.staffing.revoke(case.coordinator, number, serial=now.serial)
    with pytest.raises(StaffNotFound):
        await town.staffing.revoke(case.coordinator, number, serial=now.serial)


async def test_the_last_coordinator_is_warned_and_the_nation_is_told(town: Town, clock: FakeClock) -> None:
    await town.hires(40, Role.NATIONAL_ADMIN, government=None)
    coordinator = await town.hires(30, Role.COORDINATOR)
    number = await number_of(town, coordinator)
    before = await town.staffing.preview(coordinator, number)
    assert before.last_at_desk
    assert before.line.mine
    await town.staffing.revoke(coordinator, number, serial=before.serial)
    letters = await town.owed(clock)
    assert words_of(letters, 40) == [StaffWord.DESK_EMPTY]
    assert words_of(letters, 30) == []


async def test_an_invitation_from_chat_is_used_once_and_its_maker_hears_of_it(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    sheet = await town.inviting.offices(coordinator, Role.OFFICER)
    chosen = next(each for each in sheet.units if "Perumahan" in each.name)
    invited = await town.inviting.invite(coordinator, Role.OFFICER, sheet.government_id, chosen.id)
    joined = await town.directory.redeem(await town.meets(20), invited.token)
    assert joined.unit == chosen.name
    assert words_of(await town.owed(clock), 30) == [StaffWord.JOINED]
    with pytest.raises(InviteInvalid):
        await town.directory.redeem(await town.meets(21), invited.token)


async def test_an_invitation_is_worth_nothing_once_its_maker_has_left(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    await town.hires(31, Role.COORDINATOR)
    invited = await town.inviting.invite(coordinator, Role.COORDINATOR)
    await town.staffing.revoke(await town.meets(31), await number_of(town, coordinator))
    with pytest.raises(InviteInvalid):
        await town.directory.redeem(await town.meets(30), invited.token)


async def test_an_office_that_somebody_holds_already_is_theirs_once(town: Town, clock: FakeClock) -> None:
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    await town.directory.redeem(officer, await town.directory.invite(Role.OFFICER, "36.73", "dprkp", "Kasi Lampu"))
    [line] = (await town.staffing.everybody()).lines
    assert line.designation == "Kasi Lampu"


async def test_the_list_tells_who_is_idle_and_what_each_has_in_hand(town: Town, clock: FakeClock) -> None:
    case, colleague = await taken(town, clock)
    lines = {line.person_id: line for line in (await town.staffing.page(case.coordinator)).lines}
    assert lines[case.officer.person_id].in_hand == 1
    assert not any(line.idle for line in lines.values())
    clock.advance(days=31)
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, ANSWER)
    page = await town.staffing.page(case.coordinator)
    assert {line.person_id for line in page.lines if line.idle} == {colleague.person_id, case.coordinator.person_id}
    assert page.idle == 2
    assert "Dinas Perhubungan" in page.empty_units
    [digest] = await town.oversight.digest(case.coordinator)
    assert digest.idle == 2


async def test_a_designation_is_changed_by_whoever_decides_and_goes_with_the_last_office(
    town: Town, clock: FakeClock
) -> None:
    case, _ = await taken(town, clock)
    number = await number_of(town, case.officer)
    line = await town.staffing.designate(case.coordinator, number, "  Kasi   Penerangan ")
    assert line.designation == "Kasi Penerangan"
    with pytest.raises(NotUnderstood):
        await town.staffing.designate(case.coordinator, number, "x" * 61)
    with pytest.raises(StaffNotFound):
        await town.staffing.designate(case.officer, number, "Kepala")
    await town.staffing.revoke(OPERATOR, number)
    async with town.office.database.reading() as work:
        assert await work.identities.staff_name_of(case.officer.person_id) is None


async def test_comings_and_goings_stand_in_the_audit_log(town: Town, clock: FakeClock) -> None:
    case, colleague = await taken(town, clock)
    number, heir = await number_of(town, case.officer), await number_of(town, colleague)
    await town.staffing.transfer(case.coordinator, number, heir)
    await town.staffing.revoke(OPERATOR, number)
    async with town.office.database.reading() as work:
        rows = await work.audit.after(0, 100)
    told = [(row.act, row.person_id) for row in rows if row.act in (Act.TRANSFER, Act.REVOKE)]
    assert told == [(Act.TRANSFER, case.coordinator.person_id), (Act.REVOKE, None)]
