"""Fair use: limits of one person, a flood answered once, nobody else kept out; rude words reach officers softened."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.drafting import Purpose
from domain.fair_use import Admission, Limits
from domain.lifecycle import Role
from domain.refusals import Enough
from routing.rudeness import Flag
from services.caller import Caller
from services.fairness import Fairness
from storage.queries.inbox import Arrived
from storage.unit_of_work import Cause
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town
from tests.storage.rows import claim_next

FEW = Limits(messages_per_minute=10, drafts_per_day=2, complaints_per_day=1)


async def writes(town: Town, clock: FakeClock, chat_id: int, update_id: int) -> tuple[Caller, Admission]:
    """Somebody's update comes, is claimed, and asks to be let in."""
    by = await town.meets(chat_id)
    async with town.office.database.work() as work:
        await work.inbox.store([Arrived(update_id, str(chat_id), "{}")], clock())
        await work.commit()
    async with town.office.database.work() as work:
        claim = await claim_next(work, f"w{update_id}", clock(), timedelta(minutes=5))
        await work.commit()
    assert claim is not None
    by = replace(by, cause=Cause(claim.update_id, claim.fence))  # type: ignore[union-attr]
    decided = await Fairness(town.office).admit(by)
    async with town.office.database.work(by.cause) as work:
        await work.inbox.release([claim])  # type: ignore[arg-type]
        await work.commit()
    return by, decided


async def test_a_flood_is_answered_once_and_then_passed_over_and_costs_nobody_else(
    town: Town, clock: FakeClock
) -> None:
    town.office.limits = FEW
    decided = [(await writes(town, clock, 10, update_id))[1] for update_id in range(1, 16)]
    assert decided == [Admission.WORK] * 10 + [Admission.ANSWER] + [Admission.PASS_OVER] * 4
    assert (await writes(town, clock, 11, 100))[1] is Admission.WORK
    clock.advance(seconds=61)
    assert (await writes(town, clock, 10, 101))[1] is Admission.WORK


async def test_what_waits_of_a_flood_is_marked_as_worked_at_once(town: Town, clock: FakeClock) -> None:
    town.office.limits = FEW
    async with town.office.database.work() as work:
        for update_id in range(1, 30):
            await work.inbox.store([Arrived(update_id, "10", "{}")], clock())
        await work.inbox.store([Arrived(50, "11", "{}")], clock())
        await work.commit()
    assert (await writes(town, clock, 10, 30))[1] is Admission.ANSWER
    async with town.office.database.reading() as work:
        assert await work.inbox.waiting() == 1


async def test_a_second_flood_soon_after_is_not_answered_again(town: Town, clock: FakeClock) -> None:
    town.office.limits = FEW
    for update_id in range(1, 12):
        await writes(town, clock, 10, update_id)
    clock.advance(minutes=2)
    decided = [(await writes(town, clock, 10, update_id))[1] for update_id in range(20, 32)]
    assert Admission.ANSWER not in decided
    assert decided[-1] is Admission.PASS_OVER
    clock.advance(minutes=11)
    decided = [(await writes(town, clock, 10, update_id))[1] for update_id in range(40, 52)]
    assert decided.count(Admission.ANSWER) == 1


async def test_drafts_and_complaints_of_a_day_have_a_limit_that_leaves_others_alone(
    town: Town, clock: FakeClock
) -> None:
    town.office.limits = FEW
    by = await town.meets(10)
    await town.files(by)
    with pytest.raises(Enough):
        await town.files(by, LAMP + " dan di gang sebelah")
    draft = await town.intake.current(by)
    assert draft is not None
    await town.intake.discard(by)
    with pytest.raises(Enough):
        await town.intake.begin(by, LAMP)
    await town.files(await town.meets(11))
    clock.advance(hours=25)
    assert (await town.intake.begin(by, LAMP)).text == LAMP


async def test_rude_words_reach_officers_softened_and_flagged_and_the_register_keeps_the_text(
    town: Town, clock: FakeClock
) -> None:
    officer, coordinator = await town.hires(20, Role.OFFICER, "dprkp"), await town.hires(30, Role.COORDINATOR)
    by = await town.meets(10)
    said = f"{LAMP}. Petugas goblok"
    receipt = await town.files(by, said)
    proposal = await town.oversight.propose(coordinator, receipt.number)
    assert proposal.case.flags == (Flag.ABUSE,)
    await town.oversight.forward(coordinator, proposal.serial)
    seen = await town.handling.look(officer, receipt.number)
    assert seen.text == f"{LAMP}. Petugas g*****"
    own = await town.tracking.look(by, receipt.number)
    assert (own.text, own.flags) == (said, ())


async def test_a_threat_in_an_addition_flags_the_complaint_and_stands_in_the_digest(
    town: Town, clock: FakeClock
) -> None:
    work = await town.at_work(clock)
    await town.does(work.citizen, work.number, Purpose.ADD_INFORMATION, "Awas kalian, akan saya bakar kantornya")
    assert Flag.THREAT in (await town.handling.look(work.officer, work.number)).flags
    (digest,) = await town.oversight.digest(work.coordinator)
    assert [line.number for line in digest.flagged] == [work.number]
