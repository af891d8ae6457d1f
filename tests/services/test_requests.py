"""Extensions are asked with a reason and answered by somebody else; another class brings another limit."""

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Action, ClockKind, ComplaintClass, Role, Status
from domain.messages import Notice
from domain.refusals import ComplaintNotFound, NotAllowed, NotNow, NotUnderstood, OwnWork, StaleStep
from domain.requests import RequestState
from locales.translator import words_for
from services.letter_sheets import Letter
from tests.conftest import FakeClock
from tests.services.conftest import AtWork, Town, jakarta
from views.letters import render
from views.taps import Verb

WHY = "Menunggu suku cadang dari pabrik"
NOT_NOW = "Suku cadangnya ada di gudang kota"


async def asked(town: Town, case: AtWork, days: int = 5) -> int:
    return (await town.requests.ask_extension(case.officer, case.number, days, WHY)).id


def kinds(letters: list[Letter]) -> list[tuple[int, Notice, Action | None]]:
    return sorted((letter.chat_id, letter.kind, letter.event.action if letter.event else None) for letter in letters)


async def test_an_approved_extension_moves_the_due_date_and_keeps_the_original(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    before = await town.due(case.number, ClockKind.RESOLVE)
    sheet = await town.requests.ask_extension(case.officer, case.number, 5, WHY)
    assert (sheet.wish.days, sheet.due_at) == (5, jakarta("2026-04-08 16:00"))
    [letter] = await town.owed(clock)
    screen = render(letter, words_for("id"))
    assert (letter.chat_id, letter.kind) == (30, Notice.REQUEST)
    assert [button.tap.verb for button in screen.choices][:2] == [Verb.REQUEST_GRANT, Verb.REQUEST_REFUSE]
    assert WHY in screen.text
    granted = await town.requests.grant(case.coordinator, sheet.id)
    assert granted.state is RequestState.GRANTED
    row, extended = await town.runs(case.number, ClockKind.RESOLVE), jakarta("2026-05-05 16:00")
    assert (row.original_due_at, row.due_at) == (before, extended)  # 27 April + 5; 1 May is free
    [due] = [due for due in (await town.tracking.look(case.citizen, case.number)).due if due.clock is ClockKind.RESOLVE]
    assert due.due_at == extended
    assert kinds(await town.owed(clock)) == [
        (10, Notice.UPDATE, Action.EXTEND),
        (20, Notice.DESK_UPDATE, Action.EXTEND),
    ]


async def test_a_refused_extension_leaves_the_date_and_is_told_to_whoever_asked(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    before = await town.due(case.number, ClockKind.RESOLVE)
    request = await asked(town, case)
    await town.owed(clock)
    await town.does(case.coordinator, case.number, Purpose.REFUSE, NOT_NOW, request_id=request)
    assert await town.due(case.number, ClockKind.RESOLVE) == before
    assert kinds(await town.owed(clock)) == [(20, Notice.DESK_UPDATE, Action.DECIDE_REQUEST)]
    assert Action.DECIDE_REQUEST not in {
        e.action for e in (await town.tracking.look(case.citizen, case.number)).timeline
    }


async def test_a_request_is_answered_once(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    request = await asked(town, case)
    await town.does(case.coordinator, case.number, Purpose.REFUSE, NOT_NOW, request_id=request)
    with pytest.raises(StaleStep):
        await town.requests.grant(case.coordinator, request)


async def test_who_works_on_a_complaint_never_approves_it(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    request = await asked(town, case)
    # The officer becomes coordinator too, and so does a colleague of the same unit.
    both = await town.hires(20, Role.COORDINATOR)
    await town.hires(21, Role.OFFICER, "dprkp")
    colleague = await town.hires(21, Role.COORDINATOR)
    for by in (both, colleague):
        with pytest.raises(OwnWork):
            await town.requests.grant(by, request)
    with pytest.raises(NotAllowed):
        await town.requests.grant(case.officer, request)
    assert (await town.requests.grant(case.coordinator, request)).state is RequestState.GRANTED


async def test_who_took_a_complaint_on_does_not_approve_even_after_leaving_the_unit(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    colleague = await town.hires(21, Role.OFFICER, "dprkp")
    await town.handling.take(colleague, case.number)
    request = await asked(town, case)
    async with town.office.database.work() as work:
        for membership in await work.staff.memberships_of(colleague.person_id):
            membership.revoked_at = clock()
        await work.commit()
    promoted = await town.hires(21, Role.COORDINATOR)
    with pytest.raises(OwnWork):
        await town.requests.grant(promoted, request)


async def test_the_same_request_is_not_asked_twice_and_others_are_not_asked_at_all(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    await asked(town, case)
    with pytest.raises(NotUnderstood, match="asked_already"):
        await asked(town, case)
    with pytest.raises(NotAllowed):
        await town.requests.ask_extension(case.coordinator, case.number, 5, WHY)
    with pytest.raises(ComplaintNotFound):
        await town.requests.ask_extension(await town.hires(22, Role.OFFICER, "dlh"), case.number, 5, WHY)


@pytest.mark.parametrize(
    ("days", "reason", "why"),
    [(0, WHY, "days_unknown"), (61, WHY, "days_unknown"), (5, "sibuk", "reason_short"), (5, "x" * 9999, "text_long")],
)
async def test_an_extension_needs_days_and_a_reason(
    town: Town, clock: FakeClock, days: int, reason: str, why: str
) -> None:
    case = await town.at_work(clock)
    with pytest.raises(NotUnderstood, match=why):
        await town.requests.ask_extension(case.officer, case.number, days, reason)


async def test_a_coordinator_sees_what_waits_and_a_request_that_is_overtaken_waits_no_longer(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    request = await asked(town, case)
    assert [sheet.id for sheet in await town.requests.pending(case.coordinator)] == [request]
    assert await town.requests.pending(case.officer) == ()
    await town.does(case.citizen, case.number, Purpose.WITHDRAW, "Sudah tidak perlu")
    assert await town.requests.pending(case.coordinator) == ()
    with pytest.raises(NotNow):
        await town.requests.grant(case.coordinator, request)
    assert not [letter for letter in await town.owed(clock) if letter.kind is Notice.REQUEST]


async def test_another_class_counts_the_resolution_from_its_start_with_the_new_limit(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    clock.set(jakarta("2026-04-09 10:00"))
    sheet = await town.oversight.change_class(case.coordinator, case.number, ComplaintClass.INFORMATION)
    assert sheet.complaint_class is ComplaintClass.INFORMATION
    assert await town.due(case.number, ClockKind.RESOLVE) == jakarta("2026-04-14 16:00")  # 7 April + 5
    await town.oversight.change_class(case.coordinator, case.number, ComplaintClass.SUPERVISORY)
    assert await town.due(case.number, ClockKind.FIRST_FOLLOW_UP) == jakarta("2026-04-14 16:00")
    why = await town.explaining.why(case.citizen, case.number)
    resolve = next(each.explanation for each in why.clocks if each.explanation.kind is ClockKind.RESOLVE)
    assert (resolve.limit_days, resolve.counted_from.isoformat()) == (60, "2026-04-07")
    told = kinds(await town.owed(clock))
    assert told.count((10, Notice.UPDATE, Action.CHANGE_CLASS)) == 2


async def test_another_class_keeps_pauses_and_extensions(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    clock.set(jakarta("2026-04-08 10:00"))
    await town.does(case.coordinator, case.number, Purpose.HOLD, "Tiang nomor berapa yang mati?")
    clock.set(jakarta("2026-04-10 10:00"))
    await town.does(case.citizen, case.number, Purpose.ANSWER, "Tiang nomor 17 di depan sekolah")
    request = await asked(town, case, days=3)
    await town.requests.grant(case.coordinator, request)
    await town.oversight.change_class(case.coordinator, case.number, ComplaintClass.INFORMATION)
    # Tuesday 7 April + 5 days + 2 of the pause + 3 granted = Tuesday 21 April
    assert await town.due(case.number, ClockKind.RESOLVE) == jakarta("2026-04-21 16:00")


async def test_only_the_desk_changes_the_class_and_the_same_class_changes_nothing(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    with pytest.raises(NotAllowed):
        await town.oversight.change_class(case.officer, case.number, ComplaintClass.SUPERVISORY)
    await town.oversight.change_class(case.coordinator, case.number, ComplaintClass.ORDINARY)
    assert await town.owed(clock) == []


async def test_an_officer_returns_what_is_not_theirs_and_the_desk_has_a_new_clock(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    clock.set(jakarta("2026-04-09 10:00"))
    sheet = await town.does(case.officer, case.number, Purpose.RETURN, "Jalan ini milik provinsi.")
    assert sheet.status is Status.SUBMITTED
    assert await town.due(case.number, ClockKind.VERIFY) == jakarta("2026-04-14 16:00")
    assert (30, Notice.DESK_CARD, Action.RETURN) in kinds(await town.owed(clock))
