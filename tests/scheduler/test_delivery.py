"""What is owed arrives: in order of urgency, once, and with a name for every way in which it did not."""

import asyncio
import logging
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.messages import Notice, OutboxState
from simulator import Phone
from storage.tables_messages import Lease
from tests.scheduler.office import QUICK, PostOffice, eventually

SENT, QUEUED, UNCERTAIN = OutboxState.SENT, OutboxState.QUEUED, OutboxState.UNCERTAIN
BLOCKED, FAILED = OutboxState.BLOCKED, OutboxState.FAILED


async def test_what_is_owed_is_sent_and_its_message_is_remembered(post: PostOffice, siti: Phone) -> None:
    await post.owes(siti, "A")
    async with post.open():
        bubble = await siti.sees("Nomor laporan: A")
        await post.until(SENT)
    row = await post.row("A")
    assert row.message_id == bubble.id
    assert row.sent_at == post.clock()


async def test_the_choices_of_a_letter_are_kept_with_the_mark_that_it_was_sent(post: PostOffice, siti: Phone) -> None:
    await post.owes(siti, "A")
    async with post.open():
        bubble = await siti.sees("Nomor laporan: A")
        await post.until(SENT)
    async with post.database.reading() as work:
        kept = await work.shown.of((await post.row("A")).person_id)
    assert kept == tuple((button.label, button.data) for row in bubble.buttons for button in row)


async def test_a_message_owed_in_the_same_process_leaves_at_once(post: PostOffice, siti: Phone) -> None:
    sleepy = type(QUICK)(poll=timedelta(hours=1))
    async with post.open(sleepy) as delivery:
        await asyncio.sleep(0.05)
        await post.owes(siti, "A")
        delivery.wake()
        await siti.sees("Nomor laporan: A")


async def test_a_receipt_overtakes_a_waiting_digest(post: PostOffice, siti: Phone, budi: Phone) -> None:
    one_at_a_time = type(QUICK)(in_flight=1, poll=timedelta(milliseconds=20))
    await post.owes(siti, "DIGEST", Notice.DIGEST)
    await post.owes(budi, "RECEIPT", Notice.RECEIPT)
    async with post.open(one_at_a_time):
        await post.until(SENT)
    first, second = await post.texts()
    assert "Nomor laporan: <code>RECEIPT" in first
    assert "Ringkasan" in second


async def test_one_person_gets_messages_in_their_order_one_a_second(post: PostOffice, siti: Phone) -> None:
    for number in ("FIRST", "SECOND", "THIRD"):
        await post.owes(siti, number, Notice.UPDATE)
    async with post.open():
        for sent in (1, 2, 3):

            async def settled(sent: int = sent) -> bool:
                return (await post.states()).get(SENT) == sent

            await eventually(settled)
            assert await post.tries() == sent
            post.clock.advance(seconds=1)
    numbers = [text.split("<code>")[1].split("</code>")[0] for text in await post.texts()]
    assert numbers == ["FIRST", "SECOND", "THIRD"]


async def test_a_blocked_person_is_marked_unreachable_and_the_others_get_theirs(
    post: PostOffice, siti: Phone, budi: Phone
) -> None:
    await siti.blocks()
    await post.owes(siti, "A")
    await post.owes(budi, "B")
    async with post.open():
        await budi.sees("B")
        await post.until(SENT, BLOCKED)
        await post.owes(siti, "LATER")
        await asyncio.sleep(0.1)
    assert (await post.row("A")).state is BLOCKED
    assert (await post.row("LATER")).state is QUEUED
    async with post.database.reading() as work:
        assert [person.id for person in await work.people.unreachable()] == [(await post.row("A")).person_id]


async def test_what_was_blocked_arrives_once_the_person_is_back(post: PostOffice, siti: Phone) -> None:
    await siti.blocks()
    await post.owes(siti, "A")
    async with post.open():
        await post.until(BLOCKED)
        await siti.unblocks()
        async with post.database.work() as work:
            person_id = (await work.identities.meet(siti.id, post.clock())).id
            await work.people.mark_reachable(person_id)
            await work.outbox.resume(person_id, post.clock())
            await work.commit()
        await siti.sees("Nomor laporan: A")


async def test_a_person_who_writes_while_being_refused_stays_reachable(post: PostOffice, siti: Phone) -> None:
    await post.owes(siti, "A")
    await post.telegram.faults.delay("sendMessage", seconds=0.3)
    await post.telegram.faults.fail("sendMessage", status=403, description="Forbidden: bot was blocked by the user")
    async with post.open():
        await eventually(lambda: _is(post, "A", OutboxState.SENDING))
        post.clock.advance(milliseconds=1)
        async with post.database.work() as work:
            await work.identities.meet(siti.id, post.clock())
            await work.commit()
        await siti.sees("Nomor laporan: A")
        await post.until(SENT)
    assert await post.tries() == 2


async def test_somebody_whom_telegram_does_not_know_is_unreachable_too(post: PostOffice) -> None:
    stranger = post.telegram.phone("Nobody")
    await post.owes(stranger, "A")
    async with post.open():
        await post.until(BLOCKED)


async def test_a_receipt_whose_answer_was_dropped_comes_exactly_once_more(post: PostOffice, siti: Phone) -> None:
    await post.telegram.faults.drop_answer("sendMessage", times=5)
    await post.owes(siti, "A")
    async with post.open():
        await post.tried(2)
        await post.until(UNCERTAIN)
        await asyncio.sleep(0.2)
    assert await post.tries() == 2
    row = await post.row("A")
    assert (row.state, row.repeated) == (UNCERTAIN, True)
    bubbles = [bubble for bubble in await siti.messages() if not bubble.mine]
    assert [("A" in bubble) for bubble in bubbles] == [True, True]


async def test_a_repeated_receipt_that_is_answered_is_sent(post: PostOffice, siti: Phone) -> None:
    await post.telegram.faults.drop_answer("sendMessage")
    await post.owes(siti, "A")
    async with post.open():
        await post.tried(2)
        await post.until(SENT)


async def test_a_reminder_whose_answer_was_dropped_is_left_and_shown(post: PostOffice, siti: Phone) -> None:
    await post.telegram.faults.drop_answer("sendMessage")
    await post.owes(siti, "A", Notice.REMINDER)
    async with post.open():
        await post.until(UNCERTAIN)
        await asyncio.sleep(0.2)
    assert await post.tries() == 1
    assert (await post.row("A")).error


async def test_an_answer_that_takes_too_long_is_no_failure(post: PostOffice, siti: Phone) -> None:
    await post.telegram.faults.delay("sendMessage", seconds=0.6)
    await post.owes(siti, "A", Notice.REMINDER)
    async with post.open(patience=0.2):
        await post.until(UNCERTAIN)
        await siti.sees("menunggu tindak lanjut")
    assert await post.tries() == 1


async def test_without_a_road_everything_waits_and_nothing_is_lost(
    post: PostOffice, siti: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    await post.owes(siti, "A", Notice.REMINDER)
    url, post.telegram.url = post.telegram.url, "http://127.0.0.1:9"
    async with post.open():
        await eventually(lambda: _has_error(post, "A"))
    post.telegram.url = url
    assert (await post.row("A")).state is QUEUED
    assert "no road to Telegram" in caplog.text
    async with post.open():
        await siti.sees("menunggu tindak lanjut")
        await post.until(SENT)


async def test_a_server_error_rests_that_message_and_lets_the_others_pass(
    post: PostOffice, siti: Phone, budi: Phone
) -> None:
    await post.telegram.faults.fail("sendMessage", times=1, status=502, description="Bad Gateway", chat_id=siti.id)
    await post.owes(siti, "A")
    await post.owes(budi, "B")
    async with post.open():
        await budi.sees("B")
        await post.until(SENT, QUEUED)
        assert (await post.row("A")).state is QUEUED
        post.clock.advance(seconds=1)
        await siti.sees("A")
        await post.until(SENT)


async def test_what_telegram_refuses_has_failed_visibly(post: PostOffice, siti: Phone) -> None:
    await post.telegram.faults.fail("sendMessage", status=400, description="Bad Request: BUTTON_DATA_INVALID")
    await post.owes(siti, "A")
    async with post.open():
        await post.until(FAILED)
    assert "button_data_invalid" in str((await post.row("A")).error).lower()


async def test_broken_markup_goes_out_as_plain_words_and_names_its_template(
    post: PostOffice, siti: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    await post.telegram.faults.fail(
        "sendMessage", status=400, description="Bad Request: can't parse entities: Unclosed start tag"
    )
    await post.owes(siti, "A&B")
    async with post.open():
        await siti.sees("Nomor laporan: A&B")
        await post.until(SENT)
    (plain,) = await post.texts()
    assert "<" not in plain
    assert "template receipt" in caplog.text


async def test_a_letter_that_is_no_longer_true_is_dropped_and_seen_to_be_dropped(post: PostOffice, siti: Phone) -> None:
    post.letters.untrue.add("A")
    await post.owes(siti, "A", Notice.REMINDER)
    async with post.open():
        await post.until(FAILED)
    assert (await post.row("A")).error == "dropped: no longer true"
    assert await post.tries() == 0


async def test_a_letter_that_cannot_be_opened_stops_nobody_else_and_is_set_aside(
    post: PostOffice, siti: Phone, budi: Phone
) -> None:
    post.letters.broken.add("A")
    impatient = type(QUICK)(poll=timedelta(milliseconds=20), first_rest=timedelta(0), attempts=3)
    await post.owes(siti, "A")
    await post.owes(budi, "B")
    async with post.open(impatient):
        await budi.sees("B")
        await post.until(SENT, FAILED)
    row = await post.row("A")
    assert (row.state, row.attempts) == (FAILED, 3)
    assert row.error == "could not be opened: RuntimeError"


async def test_two_processes_never_send_twice_and_one_of_them_stands_by(post: PostOffice) -> None:
    other = PostOffice(post.telegram, post.database, post.clock)
    other.letters.chats = post.letters.chats
    people = [post.telegram.phone(f"Warga {turn}") for turn in range(12)]
    for phone in people:
        await phone.starts()
        await post.owes(phone, f"N{phone.id}")
    async with post.open(), other.open():
        await post.until(SENT)
    texts = await post.texts()
    assert len(texts) == len(set(texts)) == len(people)
    assert sorted([post.letters.opened, other.letters.opened]) == [0, len(people)]


async def test_whoever_stands_by_goes_on_when_the_first_has_stopped(post: PostOffice, siti: Phone, budi: Phone) -> None:
    first = AsyncExitStack()
    await first.enter_async_context(post.open())
    await post.owes(siti, "A")
    await siti.sees("A")
    async with post.open():
        await first.aclose()
        await post.owes(budi, "B")
        await budi.sees("B")


async def test_what_a_killed_process_was_sending_is_uncertain_and_a_receipt_comes_once_more(
    post: PostOffice, siti: Phone, budi: Phone
) -> None:
    await post.owes(siti, "A")
    await post.owes(budi, "B", Notice.REMINDER)
    async with post.database.work() as work:
        claimed = await work.outbox.claim_due("killed", post.clock(), 4, QUICK.message_lease)
        await work.commit()
    assert len(claimed) == 2
    async with post.open():
        await asyncio.sleep(0.1)
        assert await post.tries() == 0
        post.clock.advance(minutes=1)
        await siti.sees("A")
        await post.until(SENT, UNCERTAIN)
    assert (await post.row("B")).state is UNCERTAIN


async def test_a_process_that_keeps_its_name_takes_over_at_once_what_it_was_sending_when_it_was_killed(
    post: PostOffice, siti: Phone
) -> None:
    await post.owes(siti, "A")
    async with post.database.work() as work:
        await work.leases.acquire("delivery", "lapor run", post.clock(), QUICK.lease)
        await work.outbox.claim_due("lapor run", post.clock(), 4, QUICK.message_lease)
        await work.commit()
    async with post.open(name="lapor run"):
        await siti.sees("A")
        await post.until(SENT)
    assert (await post.row("A")).repeated


async def test_a_jump_of_the_clock_makes_nothing_uncertain_that_is_under_way(post: PostOffice, siti: Phone) -> None:
    await post.telegram.faults.delay("sendMessage", seconds=0.3)
    await post.owes(siti, "A")
    async with post.open():
        await eventually(lambda: _is(post, "A", OutboxState.SENDING))
        post.clock.advance(days=3)
        await post.until(SENT)
    assert await post.tries() == 1


async def test_a_clock_that_is_set_back_keeps_nobody_waiting_and_the_lease_short(post: PostOffice, siti: Phone) -> None:
    post.clock.advance(hours=3)
    await post.owes(siti, "first")
    async with post.open():
        await siti.sees("first")
        await post.until(SENT)
        post.clock.advance(hours=-3)
        await post.owes(siti, "second")
        await siti.sees("second")
        async with post.database.reading() as work:
            until = await work._session.scalar(select(Lease.until))
        assert until is not None
        assert until - post.clock() <= QUICK.lease


async def test_a_wrong_token_is_said_once_with_the_mend_and_nothing_fails(
    post: PostOffice, siti: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    await post.owes(siti, "A")
    async with post.open(token="43:TEST-wrong"):
        await eventually(lambda: _has_error(post, "A"))
        post.clock.advance(minutes=2)
        await eventually(lambda: _has_attempts(post, "A", 2))
        await post.until(QUEUED)
    assert caplog.text.count("BotFather") == 1
    assert "43:TEST" not in caplog.text


async def test_the_token_and_the_words_stand_in_no_log(
    post: PostOffice, siti: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await post.owes(siti, "A")
        async with post.open():
            await siti.sees("A")
            await post.until(SENT)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("aiosqlite", "asyncio"))]
    assert not [line for line in ours if post.telegram.token in line or "Laporan Anda" in line]


async def test_stopping_waits_for_what_is_in_flight(post: PostOffice, siti: Phone) -> None:
    await post.telegram.faults.delay("sendMessage", seconds=0.3)
    await post.owes(siti, "A")
    async with post.open():
        await eventually(lambda: _is(post, "A", OutboxState.SENDING))
    assert (await post.row("A")).state is SENT


async def _is(post: PostOffice, number: str, state: OutboxState) -> bool:
    return (await post.row(number)).state is state


async def _has_error(post: PostOffice, number: str) -> bool:
    row = await post.row(number)
    return row.state is QUEUED and row.error is not None


async def _has_attempts(post: PostOffice, number: str, attempts: int) -> bool:
    return (await post.row(number)).attempts >= attempts


async def test_a_stop_while_the_database_is_away_is_an_end_like_any_other(
    post: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    class Away:
        def work(self) -> None:
            raise ConnectionError

    async with post.open() as delivery:
        delivery._database = Away()  # type: ignore[assignment]  # only this much of a database is asked for
    assert "left to run out: ConnectionError" in caplog.text
