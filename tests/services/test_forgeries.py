"""Old buttons, offices that were lost, and proposals that were overtaken: what a tap cannot bring about."""

import pytest
from sqlalchemy import text

from domain.drafting import FILES_MAX, Purpose
from domain.lifecycle import Action, ComplaintClass, Role
from domain.messages import Notice
from domain.refusals import ComplaintNotFound, NotUnderstood, StaleStep
from services.caller import Caller
from storage.queries.inbox import Arrived
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town, a_photo

LEVY = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"


async def leaves(town: Town, chat_id: int, by: Caller) -> Caller:
    """Somebody's offices are revoked; returns them as they are known afterwards."""
    session = town.office.database.session()
    async with session.begin():
        await session.execute(
            text("UPDATE memberships SET revoked_at = since WHERE person_id = :person"), {"person": by.person_id}
        )
    await session.close()
    return await town.meets(chat_id)


async def test_a_proposal_that_a_colleague_has_overtaken_forwards_nothing_a_second_time(
    town: Town, clock: FakeClock
) -> None:
    first, second = await town.hires(30, Role.COORDINATOR), await town.hires(31, Role.COORDINATOR)
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    number = (await town.files(await town.meets(10))).number
    proposals = [await town.oversight.propose(each, number) for each in (first, second)]
    await town.oversight.forward(first, proposals[0].serial)
    with pytest.raises(StaleStep):
        await town.oversight.forward(second, proposals[1].serial)
    timeline = (await town.handling.look(officer, number)).timeline
    assert [event.action for event in timeline] == [None, Action.FORWARD]


async def test_who_has_lost_the_desk_reads_nothing_more_in_a_proposal_begun_before(
    town: Town, clock: FakeClock
) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    number = (await town.files(await town.meets(10), secret=True)).number
    proposal = await town.oversight.propose(coordinator, number)
    gone = await leaves(town, 30, coordinator)
    with pytest.raises(ComplaintNotFound):
        await town.oversight.proposal(gone, proposal.serial)
    with pytest.raises(ComplaintNotFound):
        await town.oversight.choose_class(gone, proposal.serial, ComplaintClass.SUPERVISORY)
    with pytest.raises(ComplaintNotFound):
        await town.oversight.forward(gone, proposal.serial)


async def test_words_begun_before_an_office_was_lost_do_not_leave(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    words = await town.correspondence.at_once(case.officer, case.number, Purpose.FOLLOW_UP, "Kami cek besok pagi.")
    gone = await leaves(town, 20, case.officer)
    with pytest.raises(ComplaintNotFound):
        await town.correspondence.send(gone, words.serial)


async def test_who_has_lost_the_desk_gets_no_digest_that_was_owed_before(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    await town.files(await town.meets(10))
    await town.owed(clock)
    clock.advance(days=1)
    await town.timekeeping.digests(clock())
    gone = await leaves(town, 30, coordinator)
    letters = await town.owed(clock)
    assert gone.actor.memberships == ()
    assert Notice.DIGEST not in [letter.kind for letter in letters]


async def test_a_desk_that_belongs_to_the_accused_unit_sees_no_request_about_the_accusation(
    town: Town, clock: FakeClock
) -> None:
    fair = await town.hires(30, Role.COORDINATOR)
    both = await town.hires(31, Role.COORDINATOR)
    await town.directory.redeem(both, await town.directory.invite(Role.OFFICER, "36.73", "disdukcapil", "Staf"))
    both = await town.meets(31)
    inspector = await town.hires(40, Role.INSPECTOR)
    number = (await town.files(await town.meets(10), LEVY)).number
    proposal = await town.oversight.propose(fair, number)
    await town.oversight.forward(fair, proposal.serial)
    await town.requests.ask_extension(inspector, number, 5, "Perlu memeriksa saksi dari Disdukcapil")
    assert [request.number for request in await town.requests.pending(fair)] == [number]
    assert await town.requests.pending(both) == ()


async def test_what_staff_say_among_themselves_never_reaches_a_citizen_who_once_was_staff(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    colleague = await town.hires(21, Role.OFFICER, "dprkp")
    number = (await town.files(colleague)).number
    proposal = await town.oversight.propose(case.coordinator, number)
    await town.oversight.forward(case.coordinator, proposal.serial)
    await town.owed(clock)
    await town.handling.take(case.officer, number)
    await town.handling.release(case.officer, number)
    await leaves(town, 21, colleague)
    clock.advance(seconds=5)
    letters = await town.owed(clock)
    assert Notice.DESK_UPDATE not in [letter.kind for letter in letters if letter.chat_id == 21]


async def test_a_draft_takes_a_bounded_number_of_files_and_keeps_those_it_has(town: Town, clock: FakeClock) -> None:
    citizen = await town.meets(10)
    for place in range(FILES_MAX):
        sheet = await town.intake.attach(citizen, a_photo(f"u{place}"))
    with pytest.raises(NotUnderstood, match="files_many"):
        await town.intake.attach(citizen, a_photo("one more"))
    # One that is kept already is no new one.
    kept = await town.intake.attach(citizen, a_photo("u1"))
    assert kept.files == sheet.files


async def test_a_lost_preview_is_asked_again_as_a_lost_question_is(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    words = await town.correspondence.at_once(case.officer, case.number, Purpose.FOLLOW_UP, "Kami cek besok pagi.")
    async with town.office.database.work() as work:
        for person_id in (case.officer.person_id, case.citizen.person_id):
            await work.outbox.add(f"resume:{person_id}", person_id, Notice.RESUME, clock())
        await work.commit()
    letters = {letter.chat_id: letter for letter in await town.owed(clock) if letter.kind is Notice.RESUME}
    assert letters[20].writing == words
    assert all(letter.writing is None for chat_id, letter in letters.items() if chat_id != 20)


async def test_who_was_interrupted_hears_of_it_even_if_nothing_stands_open_and_who_went_on_does_not(
    town: Town, clock: FakeClock
) -> None:
    for chat_id in (10, 11):
        citizen = await town.meets(chat_id)
        async with town.office.database.work() as work:
            await work.inbox.store([Arrived(chat_id, str(chat_id), "{}")], clock())
            await work.outbox.add(
                f"resume:{chat_id}", citizen.person_id, Notice.RESUME, clock(), data={"update_id": chat_id}
            )
            await work.commit()
    async with town.office.database.work() as work:
        await work.inbox.store([Arrived(12, "11", "{}")], clock())
        await work.commit()
    assert [letter.chat_id for letter in await town.owed(clock)] == [10]


async def test_a_new_complaint_takes_the_place_of_words_for_another_in_one_step(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.correspondence.begin(case.citizen, case.number, Purpose.ADD_INFORMATION)
    draft = await town.intake.begin(case.citizen, LAMP, instead=True)
    assert draft.text == LAMP
    assert await town.correspondence.current(case.citizen) is None
