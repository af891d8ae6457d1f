"""The whole road: filed, verified, worked on, done, confirmed and rated, and everybody told on the way."""

from domain.drafting import FileState, Purpose, Satisfaction, Step
from domain.lifecycle import Action, ClockKind, ComplaintClass, Role, Status
from domain.messages import Notice
from services.letter_sheets import Letter
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town


def kinds(letters: list[Letter]) -> list[tuple[Notice, Action | None]]:
    return [(letter.kind, letter.event.action if letter.event else None) for letter in letters]


async def test_a_complaint_travels_from_a_citizen_to_an_officer_and_back(town: Town, clock: FakeClock) -> None:
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    coordinator = await town.hires(30, Role.COORDINATOR)
    citizen = await town.meets(10)

    receipt = await town.files(citizen)
    assert kinds(await town.owed(clock)) == [(Notice.RECEIPT, None), (Notice.DESK_CARD, None)]

    waiting = await town.oversight.unverified(coordinator)
    assert [line.number for line in waiting] == [receipt.number]
    proposal = await town.oversight.propose(coordinator, receipt.number)
    assert proposal.complaint_class is ComplaintClass.ORDINARY
    assert proposal.unit_name == "Dinas Perumahan dan Kawasan Permukiman"
    assert proposal.case.candidates[0].because
    await town.oversight.forward(coordinator, proposal.serial)
    told = await town.owed(clock)
    assert sorted(kinds(told)) == [(Notice.CARD, Action.FORWARD), (Notice.UPDATE, Action.FORWARD)]
    card = next(letter.case for letter in told if letter.kind is Notice.CARD)
    assert card is not None
    assert card.text == LAMP
    assert card.reporter == "Ibu Sari"
    assert {due.clock for due in card.due} == {ClockKind.FIRST_FOLLOW_UP, ClockKind.RESOLVE}
    assert [file.state for file in card.files] == [FileState.WAITING]

    taken = await town.handling.take(officer, receipt.number)
    assert taken.taken_by_me
    draft = await town.correspondence.at_once(officer, receipt.number, Purpose.FOLLOW_UP, "Petugas datang besok pagi.")
    await town.correspondence.send(officer, draft.serial)
    told = await town.owed(clock)
    assert kinds(told) == [(Notice.UPDATE, Action.FOLLOW_UP)]
    assert told[0].event is not None
    assert told[0].event.text == "Petugas datang besok pagi."

    await town.correspondence.begin(officer, receipt.number, Purpose.DONE)
    written = await town.correspondence.write(officer, "Lampu sudah diganti pada 7 April, sekarang menyala.")
    case = await town.correspondence.send(officer, written.serial)
    assert case.status is Status.DONE
    assert (Notice.UPDATE, Action.MARK_DONE) in kinds(await town.owed(clock))

    case = await town.tracking.look(citizen, receipt.number)
    assert {due.clock for due in case.due} == {ClockKind.REACT}
    assert Action.CONFIRM in case.actions
    await town.tracking.confirm(citizen, receipt.number)
    rated = await town.tracking.rate(citizen, receipt.number, Satisfaction.SATISFIED)
    assert rated.status is Status.CLOSED
    assert rated.satisfaction is Satisfaction.SATISFIED


async def test_a_second_tap_on_send_gives_the_same_number_and_no_second_complaint(town: Town) -> None:
    citizen = await town.meets(10)
    first = await town.files(citizen)
    lines = await town.tracking.mine(citizen)
    async with town.office.database.reading() as work:
        complaint = await work.complaints.by_number(first.number)
        assert complaint is not None
        drafts = await work.drafts.get(1)
        assert drafts is not None
    second = await town.intake.submit(citizen, drafts.id)
    assert second.number == first.number
    assert second.repeated
    assert len(await town.tracking.mine(citizen)) == len(lines) == 1


async def test_a_government_without_a_coordinator_goes_to_the_sp4n_desk(town: Town, clock: FakeClock) -> None:
    admin = await town.hires(40, Role.NATIONAL_ADMIN, government=None)
    citizen = await town.meets(10)
    receipt = await town.files(citizen)
    case = await town.tracking.look(citizen, receipt.number)
    assert case.at_sp4n_desk
    assert [line.number for line in await town.oversight.unverified(admin)] == [receipt.number]
    assert (Notice.DESK_CARD, None) in kinds(await town.owed(clock))


async def test_a_unit_without_an_active_officer_falls_to_the_coordinator(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    other = await town.hires(31, Role.COORDINATOR)
    receipt = await town.files(await town.meets(10))
    await town.owed(clock)
    proposal = await town.oversight.propose(coordinator, receipt.number)
    assert not proposal.reachable
    await town.oversight.forward(coordinator, proposal.serial)
    told = await town.owed(clock)
    assert (Notice.DESK_CARD, Action.FORWARD) in kinds(told)
    assert other.person_id != coordinator.person_id


async def test_an_accusation_reaches_the_inspectorate_and_never_the_accused_unit(town: Town, clock: FakeClock) -> None:
    accused = await town.hires(21, Role.OFFICER, "disdukcapil")
    inspector = await town.hires(22, Role.INSPECTOR)
    coordinator = await town.hires(30, Role.COORDINATOR)
    text = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"
    receipt = await town.files(await town.meets(10), text, anonymous=True)
    proposal = await town.oversight.propose(coordinator, receipt.number)
    assert proposal.complaint_class is ComplaintClass.SUPERVISORY
    assert proposal.unit_names == ("Inspektorat",)
    await town.oversight.forward(coordinator, proposal.serial)
    letters = await town.owed(clock)
    assert any(letter.kind is Notice.CARD for letter in letters)
    assert (await town.handling.queue(accused)).lines == ()
    assert [line.number for line in (await town.handling.queue(inspector)).lines] == [receipt.number]


async def test_a_question_holds_the_clocks_and_an_answer_lets_them_go_on(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    citizen = await town.meets(10)
    receipt = await town.files(citizen)
    asked = await town.correspondence.at_once(coordinator, receipt.number, Purpose.HOLD, "Di jalan apa tepatnya?")
    case = await town.correspondence.send(coordinator, asked.serial)
    assert case.status is Status.ON_HOLD
    before = (await town.tracking.look(citizen, receipt.number)).due[0]
    assert before.paused
    clock.advance(days=2)
    answer = await town.correspondence.at_once(citizen, receipt.number, Purpose.ANSWER, "Jalan Melati nomor tiga")
    case = await town.correspondence.send(citizen, answer.serial)
    assert case.status is Status.SUBMITTED
    assert not case.due[0].paused
    assert case.due[0].due_at > before.due_at


async def test_a_draft_asks_only_for_what_is_missing(town: Town) -> None:
    citizen = await town.meets(10)
    sheet = await town.intake.begin(citizen, LAMP + " di Cipocok Jaya Kota Serang")
    assert sheet.step is Step.KIND
    assert sheet.place is not None
    assert "Cipocok Jaya" in (sheet.place.label or "")
