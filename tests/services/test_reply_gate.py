"""A reply that says nothing is held back once: mended, or sent as it is with a reason that the coordinator sees."""

from datetime import date

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Status
from domain.refusals import NotUnderstood, StaleStep
from domain.reply_gate import Rule
from tests.conftest import FakeClock
from tests.services.conftest import Town
from tests.services.exact import month_of

EMPTY = "Terima kasih atas laporannya, akan segera kami tindak lanjuti."
FULL = "Tiga lampu di depan SD Negeri 2 sudah kami ganti kemarin malam."
WHY = "Teknisi baru bisa memberi keterangan besok"


async def test_an_empty_reply_is_held_back_and_leaves_once_it_is_mended(town: Town, clock: FakeClock) -> None:
    scene = await town.at_work(clock)
    held = await town.correspondence.at_once(scene.officer, scene.number, Purpose.FOLLOW_UP, EMPTY)
    assert held.held
    assert [finding.rule for finding in held.findings] == [Rule.EMPTY]
    with pytest.raises(StaleStep):
        await town.correspondence.send(scene.officer, held.serial)
    await town.correspondence.rewrite(scene.officer, held.serial)
    mended = await town.correspondence.write(scene.officer, FULL)
    assert not mended.held
    case = await town.correspondence.send(scene.officer, mended.serial)
    assert case.status is Status.IN_PROGRESS
    assert "gate" not in case.timeline[-1].data


async def test_it_leaves_as_it_is_only_with_a_reason_that_staff_alone_see(town: Town, clock: FakeClock) -> None:
    scene = await town.at_work(clock)
    held = await town.correspondence.at_once(scene.officer, scene.number, Purpose.FOLLOW_UP, EMPTY)
    asked = await town.correspondence.as_is(scene.officer, held.serial)
    assert asked.reason_is_asked
    with pytest.raises(NotUnderstood):
        await town.correspondence.write(scene.officer, "ya")
    ready = await town.correspondence.write(scene.officer, WHY)
    assert (ready.text, ready.held) == (EMPTY, False)
    await town.correspondence.send(scene.officer, ready.serial)
    seen = await town.tracking.look(scene.coordinator, scene.number)
    assert seen.timeline[-1].data["gate"] == {"rules": ["empty"], "reason": WHY}
    told = await town.tracking.look(scene.citizen, scene.number)
    assert told.timeline[-1].text == EMPTY
    assert "gate" not in told.timeline[-1].data
    [digest] = await town.oversight.digest(scene.coordinator)
    assert [(line.number, line.summary) for line in digest.hollow] == [(scene.number, WHY)]


async def test_whoever_thinks_again_while_the_reason_is_asked_writes_anew(town: Town, clock: FakeClock) -> None:
    scene = await town.at_work(clock)
    held = await town.correspondence.at_once(scene.officer, scene.number, Purpose.FOLLOW_UP, EMPTY)
    asked = await town.correspondence.as_is(scene.officer, held.serial)
    await town.correspondence.rewrite(scene.officer, asked.serial)
    assert (await town.correspondence.write(scene.officer, FULL)).text == FULL


async def test_a_done_without_substance_is_held_back_too_and_a_question_to_the_citizen_is_not(
    town: Town, clock: FakeClock
) -> None:
    scene = await town.at_work(clock)
    assert (await town.correspondence.at_once(scene.officer, scene.number, Purpose.DONE, "Sudah selesai")).held
    asked = await town.correspondence.at_once(scene.coordinator, scene.number, Purpose.HOLD, "Di rumah nomor berapa?")
    assert not asked.held


async def test_what_may_leave_without_a_question_cannot_be_sent_as_it_is(town: Town, clock: FakeClock) -> None:
    scene = await town.at_work(clock)
    sheet = await town.correspondence.at_once(scene.officer, scene.number, Purpose.FOLLOW_UP, FULL)
    with pytest.raises(StaleStep):
        await town.correspondence.as_is(scene.officer, sheet.serial)


async def test_the_same_reply_to_a_second_complaint_is_held_back(town: Town, clock: FakeClock) -> None:
    scene = await town.at_work(clock)
    await town.does(scene.officer, scene.number, Purpose.FOLLOW_UP, FULL)
    second = await town.files(await town.meets(11))
    proposal = await town.oversight.propose(scene.coordinator, second.number)
    await town.oversight.forward(scene.coordinator, proposal.serial)
    sheet = await town.correspondence.at_once(scene.officer, second.number, Purpose.FOLLOW_UP, FULL)
    assert [finding.rule for finding in sheet.findings] == [Rule.COPY]
    # Going on with the same complaint in the same words is nobody's copy.
    again = await town.correspondence.at_once(scene.officer, scene.number, Purpose.FOLLOW_UP, FULL)
    assert not again.held


async def test_the_figures_tell_how_many_replies_of_a_unit_left_without_substance(town: Town, clock: FakeClock) -> None:
    scene = await town.at_work(clock)
    await town.does(scene.officer, scene.number, Purpose.FOLLOW_UP, FULL)
    await town.does(scene.officer, scene.number, Purpose.FOLLOW_UP, EMPTY)
    figures = await month_of(town, date(2026, 4, 1))
    [(_, share)] = figures.hollow
    assert (share.part, share.whole) == (1, 2)
    clock.advance(days=40)
    later = await month_of(town, date(2026, 5, 1))
    assert later.hollow == ()
