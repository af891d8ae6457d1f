"""Calls for groups over HTTP: what Telegram answers in every state of a group, and that nobody else waits for one."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from domain.groups import Errand
from domain.lifecycle import Action, Role, Status
from domain.messages import OutboxState
from locales.translator import words_for
from scheduler.delivery_courier import Courier
from scheduler.delivery_group_calls import Done, GroupCourier, GroupOutcome, Missing, Moved, NoTopics
from scheduler.delivery_groups import GroupDelivery
from scheduler.delivery_outcome import Flooded, Unreachable
from services.group_sheets import GroupCall
from simulator import GroupPhone, Limits, Phone, SimulatedTelegram
from tests.scheduler.office import PostOffice, eventually
from tests.scheduler.sheets import a_case, an_event

SOON = timedelta(milliseconds=10)
NUMBER = "7KM-3QX-PW9"


@pytest.fixture
async def courier(telegram: SimulatedTelegram) -> AsyncIterator[GroupCourier]:
    courier = Courier(telegram.token, telegram.url, between=SOON)
    yield GroupCourier(courier.bot, patience=5)
    await courier.close()


@pytest.fixture
async def forum(telegram: SimulatedTelegram) -> GroupPhone:
    """Budi's phone in a forum whose topics the bot may manage."""
    forum = await telegram.group("Dinas PU", telegram.phone("Budi"), forum=True)
    await forum.admits()
    await forum.promotes(can_manage_topics=True)
    return forum


def a_call(errand: Errand, group: GroupPhone, **fields: Any) -> GroupCall:
    """A call about the hole in Jalan Mawar."""
    case = a_case(
        number=NUMBER, status=Status.FORWARDED, roles=frozenset({Role.OFFICER}), actions=(Action.TAKE, Action.FOLLOW_UP)
    )
    return GroupCall(errand, 1, group.room.id, ((1, 1),), (case,), **fields)


async def made(courier: GroupCourier, call: GroupCall) -> GroupOutcome:
    return await courier.make(call, words_for("id"))


async def given(courier: GroupCourier, call: GroupCall) -> int:
    outcome = await made(courier, call)
    assert isinstance(outcome, Done)
    assert outcome.given is not None
    return outcome.given


async def test_a_topic_is_opened_filled_closed_and_opened_again(courier: GroupCourier, forum: GroupPhone) -> None:
    topic = await given(courier, a_call(Errand.OPEN, forum))
    message = await given(courier, a_call(Errand.CARD, forum, thread_id=topic))
    said = an_event(Action.ADD_INFORMATION, role=Role.CITIZEN, text="Tiangnya <miring> & retak")
    there = {"thread_id": topic, "message_id": message}
    await given(courier, a_call(Errand.SAY, forum, events=(said,), **there))
    for errand in (Errand.EDIT, Errand.EDIT, Errand.CLOSE, Errand.CLOSE, Errand.REOPEN):
        assert await made(courier, a_call(errand, forum, **there)) == Done()
    inside = [bubble.text for bubble in await forum.in_topic(topic).messages() if bubble.text]
    assert [NUMBER in text for text in inside] == [True, True]
    assert "Tiangnya <miring> & retak" in inside[1]


async def names(forum: GroupPhone, topic: int) -> list[str]:
    """How a topic has been called since it was opened."""
    said = [bubble.content for bubble in await forum.in_topic(topic).messages()]
    return [each["forum_topic_edited"]["name"] for each in said if "forum_topic_edited" in each]


async def test_a_topic_loses_its_name_with_its_card_and_has_it_back(courier: GroupCourier, forum: GroupPhone) -> None:
    topic = await given(courier, a_call(Errand.OPEN, forum))
    for bare in (True, True, False):
        assert await made(courier, a_call(Errand.RENAME, forum, thread_id=topic, bare=bare)) == Done()
    neutral, telling = await names(forum, topic)
    assert (neutral, telling[: len(NUMBER) + 1]) == (NUMBER, f"{NUMBER} ")
    await made(courier, a_call(Errand.CLOSE, forum, thread_id=topic))
    assert await made(courier, a_call(Errand.RENAME, forum, thread_id=topic, bare=True)) == Done()
    await forum.demotes()
    assert isinstance(await made(courier, a_call(Errand.RENAME, forum, thread_id=topic)), NoTopics)
    await forum.promotes(can_manage_topics=True)
    await forum.deletes_topic(topic)
    gone = await made(courier, a_call(Errand.RENAME, forum, thread_id=topic, bare=True))
    assert isinstance(gone, Missing)
    assert gone.topic


async def test_what_was_deleted_is_called_missing(courier: GroupCourier, forum: GroupPhone) -> None:
    topic = await given(courier, a_call(Errand.OPEN, forum))
    message = await given(courier, a_call(Errand.CARD, forum, thread_id=topic))
    there = {"thread_id": topic, "message_id": message}
    await forum.deletes(await forum.in_topic(topic).sees(NUMBER))
    edited = await made(courier, a_call(Errand.EDIT, forum, bare=True, **there))
    await forum.deletes_topic(topic)
    outcomes = [edited, *[await made(courier, a_call(each, forum, **there)) for each in (Errand.CARD, Errand.CLOSE)]]
    assert [isinstance(each, Missing) and each.topic for each in outcomes] == [False, True, True]
    assert isinstance(edited, Missing)


async def test_topics_that_may_not_be_opened_or_are_not_there(courier: GroupCourier, forum: GroupPhone) -> None:
    await forum.demotes()
    assert isinstance(await made(courier, a_call(Errand.OPEN, forum)), NoTopics)
    await forum.promotes(can_manage_topics=True)
    await forum.switches_topics(on=False)
    assert isinstance(await made(courier, a_call(Errand.OPEN, forum)), NoTopics)


async def test_a_group_that_is_mute_or_without_us_is_lost(courier: GroupCourier, forum: GroupPhone) -> None:
    await forum.silences()
    assert isinstance(await made(courier, a_call(Errand.CARD, forum)), Unreachable)
    await forum.removes()
    assert isinstance(await made(courier, a_call(Errand.CARD, forum)), Unreachable)


async def test_a_group_that_has_moved_says_where_to(telegram: SimulatedTelegram, courier: GroupCourier) -> None:
    small = await telegram.group("Dinas PU", telegram.phone("Budi"), supergroup=False)
    await small.admits()
    large = await small.upgrades()
    assert await made(courier, a_call(Errand.CARD, small)) == Moved(large.id)


async def test_one_list_tells_of_many(courier: GroupCourier, forum: GroupPhone) -> None:
    case = a_call(Errand.CARD, forum).cases[0]
    many = tuple(replace(case, number=number) for number in ("7KM-3QX-PW9", "AAA-AAA-AAA", "BBB-BBB-BBB"))
    await given(courier, replace(a_call(Errand.LIST, forum), cases=many))
    listed = await forum.sees("3 laporan baru")
    assert [button.label for row in listed.buttons for button in row] == [each.number for each in many]


@dataclass
class Ledger:
    """In the place of the register: calls to make, and what came of each."""

    calls: list[GroupCall]
    written: list[str] = field(default_factory=list)

    async def turns(self, limit: int) -> tuple[int, ...]:
        return tuple(range(len(self.calls)))[:limit]

    async def next_call(self, _group_id: int) -> GroupCall | None:
        return self.calls.pop() if self.calls else None

    async def done(self, _call: GroupCall, _given: int | None = None) -> None:
        self.written.append("done")

    async def rest(self, _call: GroupCall, pause: timedelta, why: str) -> None:
        assert pause > timedelta(0)
        self.written.append(f"rest: {why}")

    async def lost(self, _call: GroupCall, _why: str) -> None:
        self.written.append("lost")

    async def settled(self) -> bool:
        return bool(self.written)


async def test_a_flood_in_a_group_silences_that_group_alone(
    telegram: SimulatedTelegram, courier: GroupCourier, forum: GroupPhone
) -> None:
    await telegram.limits(Limits(overall_per_second=None, chat_per_second=None, group_per_minute=1))
    outcomes = [await made(courier, a_call(Errand.CARD, forum)) for _ in range(2)]
    assert [type(each) for each in outcomes] == [Done, Flooded]
    other = await telegram.group("Dinas Lain", telegram.phone("Ani"))
    await other.admits()
    assert isinstance(await made(courier, a_call(Errand.CARD, other)), Done)


async def test_a_slow_group_keeps_no_receipt_waiting(
    telegram: SimulatedTelegram, post: PostOffice, forum: GroupPhone, siti: Phone
) -> None:
    await telegram.faults.delay("sendMessage", seconds=4, chat_id=forum.room.id)
    ledger = Ledger([a_call(Errand.CARD, forum)])
    async with post.open(patience=30) as delivery, asyncio.TaskGroup() as tasks:
        groups = GroupDelivery(
            ledger,  # type: ignore[arg-type]  # the ledger of a test
            GroupCourier(delivery._courier.bot, patience=60),
            lambda: True,
            lambda: None,
        )
        tasks.create_task(groups.run())
        await eventually(lambda: _is_taken(ledger))
        await post.owes(siti, "1")
        delivery.wake()
        await post.until(OutboxState.SENT)
        assert ledger.written == []
        groups.stop()
    assert ledger.written == ["done"]


async def test_a_group_that_cannot_be_read_holds_up_no_other(
    courier: GroupCourier, forum: GroupPhone, caplog: pytest.LogCaptureFixture
) -> None:
    @dataclass
    class Torn(Ledger):
        """The first group cannot be read."""

        async def turns(self, limit: int) -> tuple[int, ...]:
            return (0, 1)[:limit] if self.calls else ()

        async def next_call(self, group_id: int) -> GroupCall | None:
            if group_id == 0:
                raise RuntimeError("this group cannot be read")
            return await super().next_call(group_id)

    ledger = Torn([a_call(Errand.CARD, forum)])
    groups = GroupDelivery(ledger, courier, lambda: True, lambda: None)  # type: ignore[arg-type]  # as above
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(groups.run())
        await eventually(ledger.settled)
        groups.stop()
    assert ledger.written == ["done"]
    assert "group 0 could not be served" in caplog.text


async def _is_taken(ledger: Ledger) -> bool:
    return not ledger.calls
