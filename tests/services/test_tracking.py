"""A citizen after sending: pages of own complaints, and a rating that stands after a day."""

import pytest

from domain.drafting import Purpose, Satisfaction
from domain.lifecycle import Action
from domain.refusals import NotUnderstood
from services.handling import PAGE
from tests.conftest import FakeClock
from tests.services.conftest import Town

DONE = "Lampu sudah diganti pada Selasa pagi dan sudah menyala kembali."


async def test_a_rating_is_a_line_of_the_timeline_and_changes_for_a_day(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    await town.does(there.officer, there.number, Purpose.DONE, DONE)
    case = await town.tracking.rate(there.citizen, there.number, Satisfaction.SATISFIED)
    clock.advance(hours=23)
    case = await town.tracking.rate(there.citizen, there.number, Satisfaction.DISSATISFIED)
    given = [event.data["satisfaction"] for event in case.timeline if event.action is Action.RATE]
    assert given == ["satisfied", "dissatisfied"]
    assert case.satisfaction is Satisfaction.DISSATISFIED
    assert Action.RATE in case.actions
    clock.advance(hours=2)
    with pytest.raises(NotUnderstood, match="rated_already"):
        await town.tracking.rate(there.citizen, there.number, Satisfaction.SATISFIED)
    assert Action.RATE not in (await town.tracking.look(there.citizen, there.number)).actions


async def test_the_same_answer_twice_is_one_line(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    await town.does(there.officer, there.number, Purpose.DONE, DONE)
    for _ in range(2):
        case = await town.tracking.rate(there.citizen, there.number, Satisfaction.SATISFIED)
    assert [event.action for event in case.timeline].count(Action.RATE) == 1


async def test_a_reopened_complaint_is_rated_anew(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    await town.does(there.officer, there.number, Purpose.DONE, DONE)
    await town.tracking.rate(there.citizen, there.number, Satisfaction.DISSATISFIED)
    clock.advance(days=2)
    await town.does(there.citizen, there.number, Purpose.REOPEN, "Malam ini lampunya mati lagi.")
    await town.does(there.officer, there.number, Purpose.DONE, DONE + " Kabelnya diganti.")
    case = await town.tracking.rate(there.citizen, there.number, Satisfaction.SATISFIED)
    assert case.satisfaction is Satisfaction.SATISFIED


async def test_my_complaints_come_in_pages_newest_first(town: Town, clock: FakeClock) -> None:
    citizen = await town.meets(10)
    numbers = [(await town.files(citizen)).number for _ in range(PAGE + 1)]
    assert [line.number for line in await town.tracking.mine(citizen)] == numbers[:0:-1]
    assert [line.number for line in await town.tracking.mine(citizen, 1)] == numbers[:1]
