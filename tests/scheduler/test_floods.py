"""What delivery does when Telegram asks for silence (429): in one chat, or everywhere."""

import asyncio

from domain.messages import Notice, OutboxState
from simulator import Phone
from tests.scheduler.office import PostOffice

SENT, QUEUED = OutboxState.SENT, OutboxState.QUEUED


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
