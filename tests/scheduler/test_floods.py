"""What delivery does when Telegram asks for silence (429) or cannot (5xx): in one chat, or everywhere."""

import asyncio
from dataclasses import replace

import pytest

from domain.messages import Notice, OutboxState
from simulator import ALWAYS, Phone
from tests.scheduler.office import QUICK, PostOffice, eventually

SENT, QUEUED, FAILED = OutboxState.SENT, OutboxState.QUEUED, OutboxState.FAILED


async def test_a_flood_in_one_chat_rests_that_chat_in_its_order_while_others_get_theirs(
    post: PostOffice, siti: Phone, budi: Phone
) -> None:
    await post.telegram.faults.flood("sendMessage", retry_after=600)
    await post.owes(siti, "A", Notice.UPDATE)
    async with post.open():
        await post.tried(1)
        await post.until(QUEUED)
        await post.owes(siti, "LATER", Notice.UPDATE)
        await post.owes(budi, "B")
        await budi.sees("B")
        post.clock.advance(seconds=599)
        await post.owes(budi, "C")
        await budi.sees("C")
        assert await post.tries() == 3, "its chat rests for as long as Telegram asks"
        post.clock.advance(seconds=2)
        await siti.sees("A")
        post.clock.advance(seconds=2)
        await siti.sees("LATER")
    about_siti = [text for text in await post.texts() if "<code>A<" in text or "<code>LATER<" in text]
    assert "<code>A<" in about_siti[0]
    assert "<code>LATER<" in about_siti[-1]


async def test_a_flood_in_two_chats_silences_everything_for_as_long_as_telegram_asks_and_loses_nothing(
    post: PostOffice, siti: Phone, budi: Phone
) -> None:
    rina = post.telegram.phone("Rina")
    await rina.starts()
    await post.telegram.faults.flood("sendMessage", times=2, retry_after=5)
    await post.owes(siti, "A", Notice.UPDATE)
    await post.owes(budi, "B", Notice.UPDATE)
    async with post.open():
        await post.tried(2)
        await post.until(QUEUED)
        await post.owes(rina, "C")
        post.clock.advance(seconds=4.9)
        await asyncio.sleep(0.2)
        assert await post.tries() == 2
        post.clock.advance(seconds=0.2)
        await siti.sees("A")
        await budi.sees("B")
        await rina.sees("C")
        await post.until(SENT)


async def test_a_silence_that_was_asked_of_a_wrong_clock_is_over_once_it_is_set_back(
    post: PostOffice, siti: Phone, budi: Phone
) -> None:
    rina = post.telegram.phone("Rina")
    await rina.starts()
    post.clock.advance(hours=3)
    await post.telegram.faults.flood("sendMessage", times=2, retry_after=600)
    await post.owes(siti, "A", Notice.UPDATE)
    await post.owes(budi, "B", Notice.UPDATE)
    async with post.open():
        await post.tried(2)
        await post.until(QUEUED)
        post.clock.advance(hours=-3)
        await post.owes(rina, "C")
        await rina.sees("C")


@pytest.mark.parametrize(("others_go_well", "state"), [(False, QUEUED), (True, FAILED)])
async def test_what_telegram_cannot_take_is_set_aside_only_while_it_takes_the_others(
    post: PostOffice, siti: Phone, budi: Phone, others_go_well: bool, state: OutboxState
) -> None:
    await post.telegram.faults.fail("sendMessage", times=ALWAYS, status=500, chat_id=siti.id)
    await post.owes(siti, "A")
    pace = replace(QUICK, attempts=3)
    async with post.open(pace):
        for attempt in range(1, pace.attempts + 1):
            if others_go_well:
                await post.owes(budi, f"B{attempt}")
                await budi.sees(f"B{attempt}")
            await post.until(SENT, QUEUED, FAILED)
            post.clock.advance(seconds=2 ** (attempt - 1))
            await post.tried(attempt + (attempt if others_go_well else 0))
        await eventually(lambda: is_now(post, "A", state))
        await post.telegram.faults.clear()
        post.clock.advance(minutes=5)
        if not others_go_well:
            await siti.sees("A")


async def is_now(post: PostOffice, number: str, state: OutboxState) -> bool:
    return (await post.row(number)).state is state
