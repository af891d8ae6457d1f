"""Who sees what: units are walled off, a number alone shows nothing, an identity never leaves."""

import dataclasses

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Role
from domain.refusals import AlreadyTaken, ComplaintNotFound, InviteInvalid, NotAllowed, NotUnderstood, StaleStep
from services.caller import Caller
from services.seeking import NumberMistyped
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town


async def forwarded(town: Town, clock: FakeClock, **how: bool) -> tuple[Caller, Caller, str]:
    """A coordinator, the citizen and a complaint that lies with dprkp."""
    coordinator = await town.hires(30, Role.COORDINATOR)
    citizen = await town.meets(10, "Sari Dewi Rahasia")
    receipt = await town.files(citizen, **how)
    proposal = await town.oversight.propose(coordinator, receipt.number)
    await town.oversight.forward(coordinator, proposal.serial)
    return coordinator, citizen, receipt.number


async def test_a_foreign_number_and_a_missing_one_get_the_same_answer(town: Town, clock: FakeClock) -> None:
    _, _, number = await forwarded(town, clock)
    stranger = await town.hires(21, Role.OFFICER, "dlh")
    for wanted in (number, "222-222-222"):
        for act in (town.handling.look, town.handling.take, town.handling.release):
            with pytest.raises(ComplaintNotFound):
                await act(stranger, wanted)
        with pytest.raises(ComplaintNotFound):
            await town.correspondence.begin(stranger, wanted, Purpose.FOLLOW_UP)


async def test_a_slip_of_typing_is_told_before_anything_is_looked_up(town: Town, clock: FakeClock) -> None:
    coordinator, _, number = await forwarded(town, clock)
    wrong = ("3" if number[0] != "3" else "4") + number[1:]
    with pytest.raises(NumberMistyped):
        await town.handling.look(coordinator, wrong)


async def test_nothing_that_staff_receive_names_an_anonymous_citizen(town: Town, clock: FakeClock) -> None:
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    coordinator, _, number = await forwarded(town, clock, anonymous=True)
    letters = await town.owed(clock)
    staff = [letter for letter in letters if letter.case and Role.CITIZEN not in letter.case.roles]
    assert staff
    seen = repr([dataclasses.replace(letter, chat_id=0) for letter in staff])
    seen += repr(await town.handling.look(officer, number)) + repr(await town.oversight.look(coordinator, number))
    for secret in ("Sari", "Rahasia", "user10"):
        assert secret not in seen
    assert (await town.handling.look(officer, number)).reporter is None


async def test_a_stranger_with_the_number_sees_the_status_and_not_the_text_of_a_secret_complaint(
    town: Town, clock: FakeClock
) -> None:
    _, _, number = await forwarded(town, clock, secret=True)
    stranger = await town.meets(77)
    face = await town.tracking.look(stranger, number)
    assert face.text is None
    assert face.timeline == ()
    assert face.files == ()
    assert face.reporter is None
    assert face.actions == ()
    assert face.status


async def test_numbers_that_name_people_are_covered_for_staff_and_not_for_the_writer(
    town: Town, clock: FakeClock
) -> None:
    await town.hires(30, Role.COORDINATOR)
    citizen = await town.meets(10)
    coordinator = await town.meets(30)
    receipt = await town.files(citizen, LAMP + ", hubungi saya di 0812-3456-7890 NIK 3673012505900001")
    theirs = (await town.oversight.look(coordinator, receipt.number)).text or ""
    own = (await town.tracking.look(citizen, receipt.number)).text or ""
    assert "7890" not in theirs
    assert "3673012505900001" not in theirs
    assert "0812-3456-7890" in own


async def test_a_colleague_learns_that_a_complaint_is_taken(town: Town, clock: FakeClock) -> None:
    first = await town.hires(20, Role.OFFICER, "dprkp")
    second = await town.hires(21, Role.OFFICER, "dprkp")
    _, _, number = await forwarded(town, clock)
    await town.handling.take(first, number)
    await town.handling.take(first, number)
    with pytest.raises(AlreadyTaken):
        await town.handling.take(second, number)
    await town.handling.release(first, number)
    assert (await town.handling.take(second, number)).taken_by_me


async def test_an_invitation_is_used_once_and_expires(town: Town, clock: FakeClock) -> None:
    token = await town.directory.invite(Role.OFFICER, "36.73", "dlh", "Staf")
    await town.directory.redeem(await town.meets(50), token)
    with pytest.raises(InviteInvalid):
        await town.directory.redeem(await town.meets(51), token)
    late = await town.directory.invite(Role.OFFICER, "36.73", "dlh", "Staf")
    clock.advance(days=4)
    with pytest.raises(InviteInvalid):
        await town.directory.redeem(await town.meets(51), late)


async def test_a_preview_of_something_else_cannot_be_sent_by_an_old_button(town: Town, clock: FakeClock) -> None:
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    _, _, number = await forwarded(town, clock)
    old = await town.correspondence.at_once(officer, number, Purpose.FOLLOW_UP, "Kami cek besok pagi.")
    await town.correspondence.at_once(officer, number, Purpose.DONE, "Sudah selesai dikerjakan.")
    with pytest.raises(StaleStep):
        await town.correspondence.send(officer, old.serial)


async def test_a_citizen_does_nothing_that_is_an_officers_and_a_stranger_nothing_at_all(
    town: Town, clock: FakeClock
) -> None:
    _, citizen, number = await forwarded(town, clock)
    with pytest.raises(NotAllowed):
        await town.correspondence.begin(citizen, number, Purpose.FOLLOW_UP)
    with pytest.raises(NotAllowed):
        await town.handling.take(citizen, number)
    stranger = await town.meets(77)
    with pytest.raises(ComplaintNotFound):
        await town.does(stranger, number, Purpose.WITHDRAW, "Sudah tidak perlu")


async def test_a_forged_unit_of_another_government_cannot_be_chosen(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    receipt = await town.files(await town.meets(10))
    proposal = await town.oversight.propose(coordinator, receipt.number)
    with pytest.raises(NotUnderstood):
        await town.oversight.choose_unit(coordinator, proposal.serial, 999_999)


async def test_an_accused_office_that_knows_the_number_does_not_read_the_accusation(
    town: Town, clock: FakeClock
) -> None:
    await town.hires(30, Role.COORDINATOR)
    accused = await town.hires(21, Role.OFFICER, "disdukcapil")
    text = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"
    receipt = await town.files(await town.meets(10), text)
    face = await town.tracking.look(accused, receipt.number)
    assert face.text is None
    assert face.reporter is None


OWN_TELEPHONE = "Lampu sudah kami ganti. Hubungi kami di 0254-200123."


async def test_an_offices_own_telephone_stays_readable_in_its_reply(town: Town, clock: FakeClock) -> None:
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    _, citizen, number = await forwarded(town, clock)
    words = await town.correspondence.at_once(officer, number, Purpose.FOLLOW_UP, OWN_TELEPHONE)
    await town.correspondence.send(officer, words.serial)
    assert (await town.tracking.look(citizen, number)).timeline[-1].text == OWN_TELEPHONE
