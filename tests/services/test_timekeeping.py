"""What falls due by the clock: one reminder a day, one digest a day, silence closes, a pause ends."""

from datetime import UTC, datetime

from domain.drafting import Purpose
from domain.lifecycle import Action, Role, Status
from domain.messages import Notice
from services.caller import Caller
from tests.conftest import FakeClock
from tests.services.conftest import Town


async def at_work(town: Town, clock: FakeClock) -> tuple[Caller, Caller, Caller, str]:
    """A complaint that lies with a staffed unit since Tuesday 7 April 2026, everybody told."""
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    coordinator = await town.hires(30, Role.COORDINATOR)
    citizen = await town.meets(10)
    receipt = await town.files(citizen)
    proposal = await town.oversight.propose(coordinator, receipt.number)
    await town.oversight.forward(coordinator, proposal.serial)
    await town.owed(clock)
    return citizen, officer, coordinator, receipt.number


async def test_an_officer_is_reminded_on_the_day_before_the_due_date_and_once_a_day(
    town: Town, clock: FakeClock
) -> None:
    _, officer, _, number = await at_work(town, clock)
    # Forwarded on Tuesday 7 April: five working days end on Tuesday 14 April; the day before is Monday 13 April.
    clock.set(datetime(2026, 4, 13, 1, 0, tzinfo=UTC))
    assert await town.timekeeping.remind(clock()) == 1
    assert await town.timekeeping.remind(clock()) == 0
    letters = [letter for letter in await town.owed(clock) if letter.kind is Notice.REMINDER]
    assert [line.number for letter in letters for line in letter.reminders] == [number]
    assert officer.person_id


async def test_nobody_is_reminded_on_an_ordinary_day_nor_outside_office_hours(town: Town, clock: FakeClock) -> None:
    await at_work(town, clock)
    clock.set(datetime(2026, 4, 8, 3, 0, tzinfo=UTC))
    assert await town.timekeeping.remind(clock()) == 0
    clock.set(datetime(2026, 4, 13, 12, 0, tzinfo=UTC))
    assert await town.timekeeping.remind(clock()) == 0


async def test_an_overdue_complaint_reminds_every_working_day_and_stops_when_it_is_done(
    town: Town, clock: FakeClock
) -> None:
    _, officer, _, number = await at_work(town, clock)
    for day in (15, 16):
        clock.set(datetime(2026, 4, day, 2, 0, tzinfo=UTC))
        assert await town.timekeeping.remind(clock()) == 1
    sheet = await town.correspondence.at_once(officer, number, Purpose.DONE, "Lampu sudah menyala sejak kemarin.")
    await town.correspondence.send(officer, sheet.serial)
    clock.set(datetime(2026, 4, 17, 2, 0, tzinfo=UTC))
    assert await town.timekeeping.remind(clock()) == 0


async def test_a_reminder_that_is_no_longer_true_does_not_leave(town: Town, clock: FakeClock) -> None:
    _, officer, _, number = await at_work(town, clock)
    clock.set(datetime(2026, 4, 15, 2, 0, tzinfo=UTC))
    await town.timekeeping.remind(clock())
    sheet = await town.correspondence.at_once(officer, number, Purpose.DONE, "Lampu sudah menyala sejak kemarin.")
    await town.correspondence.send(officer, sheet.serial)
    assert not [letter for letter in await town.owed(clock) if letter.kind is Notice.REMINDER]


async def test_a_coordinator_gets_one_digest_a_working_day_and_none_for_the_days_that_were_missed(
    town: Town, clock: FakeClock
) -> None:
    *_, number = await at_work(town, clock)
    clock.set(datetime(2026, 4, 20, 2, 0, tzinfo=UTC))
    assert await town.timekeeping.digests(clock()) == 1
    assert await town.timekeeping.digests(clock()) == 0
    digests = [letter.digest for letter in await town.owed(clock) if letter.digest]
    assert [line.number for digest in digests for line in digest.overdue] == [number]
    assert digests[0].overdue[0].days_late == 4
    clock.set(datetime(2026, 4, 18, 2, 0, tzinfo=UTC))
    assert await town.timekeeping.digests(clock()) == 0


async def test_silence_after_done_closes_on_the_announced_date_with_no_outcome_and_no_rating(
    town: Town, clock: FakeClock
) -> None:
    citizen, officer, _, number = await at_work(town, clock)
    sheet = await town.correspondence.at_once(officer, number, Purpose.DONE, "Lampu sudah menyala sejak kemarin.")
    case = await town.correspondence.send(officer, sheet.serial)
    announced = case.due[0].due_at
    clock.set(announced)
    assert await town.timekeeping.close_silent(clock()) == 0
    clock.advance(minutes=1)
    assert await town.timekeeping.close_silent(clock()) == 1
    assert await town.timekeeping.close_silent(clock()) == 0
    closed = await town.tracking.look(citizen, number)
    assert closed.status is Status.CLOSED
    assert closed.satisfaction is None
    async with town.office.database.reading() as work:
        row = await work.complaints.by_number(number)
        assert row is not None
        assert row.outcome_resolved is None


async def test_a_second_belum_reopens_again_and_is_never_stored_as_a_rating(town: Town, clock: FakeClock) -> None:
    citizen, officer, _, number = await at_work(town, clock)
    for _ in range(2):
        sheet = await town.correspondence.at_once(officer, number, Purpose.DONE, "Lampu sudah menyala sejak kemarin.")
        await town.correspondence.send(officer, sheet.serial)
        again = await town.correspondence.at_once(citizen, number, Purpose.REOPEN, "Belum, semalam mati lagi.")
        case = await town.correspondence.send(citizen, again.serial)
        assert case.status is Status.IN_PROGRESS
        assert case.satisfaction is None
    async with town.office.database.reading() as work:
        row = await work.complaints.by_number(number)
        assert row is not None
        assert row.round == 3


async def test_an_unanswered_question_lets_the_clock_go_on_when_the_pause_is_used_up(
    town: Town, clock: FakeClock
) -> None:
    _, _, coordinator, number = await at_work(town, clock)
    asked = await town.correspondence.at_once(coordinator, number, Purpose.HOLD, "Tiang nomor berapa?")
    await town.correspondence.send(coordinator, asked.serial)
    clock.advance(days=7)
    assert await town.timekeeping.resume_holds(clock()) == 0
    clock.advance(days=14)
    assert await town.timekeeping.resume_holds(clock()) == 1
    case = await town.handling.look(coordinator, number)
    assert case.status is Status.FORWARDED
    assert case.timeline[-1].action is Action.RESUME
    assert not any(due.paused for due in case.due)
