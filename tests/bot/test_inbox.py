"""The inbox works what is stored: in order, again if it failed, and never silently not at all."""

import asyncio
import json
from datetime import timedelta

from bot.amends import Amends
from domain.messages import InboxState, Notice, OutboxState
from storage.queries.inbox import BACKOFF, MAX_ATTEMPTS, MAX_CLAIMS, Arrived
from tests.bot.inbox_desk import BUDI, SARI, Clumsy, Desk, desk
from tests.bot.waiting import until
from tests.storage.rows import claim_next

__all__ = ["desk"]


async def test_what_one_person_says_is_worked_in_the_order_of_saying_it(desk: Desk) -> None:
    await desk.receives((3, SARI, "c"), (1, SARI, "a"), (2, SARI, "b"))
    await desk.inbox.empty()
    assert desk.worker.worked == ["a", "b", "c"]
    assert await desk.waiting() == 0


async def test_an_update_that_no_service_marked_is_marked_all_the_same_and_emptied(desk: Desk) -> None:
    await desk.receives((1, SARI, "a"))
    await desk.inbox.empty()
    await desk.inbox.empty()
    assert desk.worker.worked == ["a"]


async def test_people_are_worked_beside_each_other_and_one_person_never_twice_at_once(desk: Desk) -> None:
    desk.worker.hold = asyncio.Event()
    await desk.receives((1, SARI, "a"), (2, SARI, "b"), (3, BUDI, "x"))
    async with asyncio.TaskGroup() as group:
        group.create_task(desk.inbox.run())
        await until(desk.two_are_in_work)
        assert sorted(desk.worker.worked) == ["a", "x"]
        desk.worker.hold.set()
        await until(desk.nothing_waits)
        desk.inbox.stop()
    assert sorted(desk.worker.worked) == ["a", "b", "x"]


async def test_a_stop_lets_what_was_begun_end_and_takes_nothing_new(desk: Desk) -> None:
    desk.worker.hold = asyncio.Event()
    await desk.receives((1, SARI, "a"), (2, SARI, "b"))
    async with asyncio.TaskGroup() as group:
        group.create_task(desk.inbox.run())
        await until(desk.one_is_in_work)
        desk.inbox.stop()
        desk.worker.hold.set()
    assert desk.worker.worked == ["a"]
    assert await desk.waiting() == 1


async def test_a_failing_update_rests_longer_each_time_and_is_then_set_aside(desk: Desk) -> None:
    await desk.receives((1, SARI, "stumble"))
    await desk.inbox.empty()
    await desk.inbox.empty()
    assert desk.worker.worked == ["stumble"], "it rests before it is tried again"
    desk.clock.advance(seconds=BACKOFF[0].total_seconds())
    await desk.tries_until_dead()
    assert len(desk.worker.worked) == MAX_ATTEMPTS
    [dead] = await desk.set_aside()
    assert (dead.update_id, dead.state) == (1, InboxState.DEAD)


async def test_an_update_that_fails_because_telegram_is_away_is_tried_for_as_long_as_that_lasts(desk: Desk) -> None:
    desk.inbox.outages = (Clumsy,)
    await desk.receives((1, SARI, "stumble"))
    for _ in range(MAX_CLAIMS + 1):
        await desk.inbox.empty()
        desk.clock.advance(seconds=BACKOFF[-1].total_seconds())
    assert len(desk.worker.worked) == MAX_CLAIMS + 1
    assert await desk.set_aside() == []
    assert await desk.waiting() == 1


async def test_what_is_kept_of_an_error_names_its_place_and_nothing_that_a_person_wrote(desk: Desk) -> None:
    await desk.receives((1, SARI, "stumble"))
    await desk.tries_until_dead()
    [dead] = await desk.set_aside()
    assert dead.error is not None
    assert dead.error.startswith("Clumsy at bot.inbox:")
    assert "Melati" not in dead.error


async def test_the_person_gets_one_apology_and_only_when_the_update_is_set_aside(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "stumble"))
    await desk.inbox.empty()
    assert await desk.owed(sari) == []
    desk.clock.advance(seconds=BACKOFF[0].total_seconds())
    await desk.tries_until_dead()
    assert await desk.owed(sari) == [Notice.APOLOGY]


async def test_an_update_that_was_given_its_attempts_back_brings_no_second_apology(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "stumble"))
    await desk.tries_until_dead()
    async with desk.database.work() as unit:
        assert await unit.inbox.retry(1, desk.clock())
        await unit.commit()
    await desk.tries_until_dead()
    assert len(desk.worker.worked) == 2 * MAX_ATTEMPTS
    assert await desk.owed(sari) == [Notice.APOLOGY]


async def test_nobody_is_apologised_to_whom_we_have_never_met(desk: Desk) -> None:
    await desk.receives((1, SARI, "stumble"))
    await desk.tries_until_dead()
    assert len(await desk.set_aside()) == 1


async def test_while_an_update_rests_the_same_person_waits_and_others_do_not(desk: Desk) -> None:
    await desk.receives((1, SARI, "stumble"), (2, SARI, "later"), (3, BUDI, "mine"))
    await desk.inbox.empty()
    assert desk.worker.worked == ["stumble", "mine"]
    await desk.tries_until_dead()
    await desk.inbox.empty()
    assert desk.worker.worked[-1] == "later", "once it is set aside, the chat goes on"


async def test_what_was_done_but_not_shown_is_not_done_again_and_the_question_is_owed(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "stumble after"))
    await desk.tries_until_dead()
    assert desk.worker.worked == ["stumble after"]
    assert await desk.set_aside() == []
    assert await desk.owed(sari) == [Notice.RESUME]


async def test_a_complaint_that_changed_meanwhile_is_decided_anew_at_once(desk: Desk) -> None:
    desk.worker.stumbles = 2
    await desk.receives((1, SARI, "race"))
    await desk.inbox.empty()
    assert desk.worker.worked == ["race", "race", "race"]
    assert await desk.waiting() == 0


async def test_an_update_that_another_worker_took_over_is_left_to_them(desk: Desk) -> None:
    await desk.receives((1, SARI, "lost"))
    await desk.inbox.empty()
    assert desk.worker.worked == ["lost"]
    assert await desk.set_aside() == []
    assert await desk.waiting() == 1


async def test_a_flood_of_failures_brings_one_word_and_not_a_flood_of_words(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives(*((number, SARI, "stumble after") for number in range(1, 30)))
    for _ in range(30):
        await desk.tries_until_dead()
    assert await desk.waiting() == 0
    async with desk.database.reading() as unit:
        assert await unit.outbox.counts() == {OutboxState.QUEUED: 1}
    assert await desk.owed(sari) == [Notice.RESUME]


async def test_an_update_that_ends_every_process_is_set_aside_with_one_apology(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "deadly"), (2, SARI, "later"))
    for _ in range(MAX_CLAIMS):
        async with desk.database.work() as unit:
            await claim_next(unit, "a process that ends", desk.clock(), timedelta(seconds=1))
            await unit.commit()
        desk.clock.advance(seconds=2)
    await desk.inbox.empty()
    assert desk.worker.worked == ["later"]
    assert [row.update_id for row in await desk.set_aside()] == [1]
    assert await desk.owed(sari) == [Notice.APOLOGY]


async def test_what_a_killed_process_has_done_and_not_shown_is_asked_again_by_the_next_one(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "a"))
    await desk.is_killed_after_working("test")
    assert await Amends(desk.database, desk.clock).ask_again(desk.clock()) == 0, (
        "elsewhere its lease must run out first"
    )
    assert await desk.inbox.take_over() == 1
    assert await desk.inbox.take_over() == 0
    assert await desk.owed(sari) == [Notice.RESUME]


async def test_in_a_group_one_failing_update_does_not_keep_colleagues_waiting_for_minutes(desk: Desk) -> None:
    budi = await desk.knows(BUDI)
    async with desk.database.work() as unit:
        for number, text in ((1, "stumble"), (2, "next")):
            message = {"chat": {"id": -100123}, "from": {"id": BUDI}, "text": text}
            payload = json.dumps({"update_id": number, "message": message})
            await unit.inbox.store([Arrived(number, "-100123", payload)], desk.clock())
        await unit.commit()
    await desk.inbox.empty()
    desk.clock.advance(seconds=1)
    await desk.inbox.empty()
    assert desk.worker.worked == ["stumble", "stumble", "next"]
    assert await desk.owed(budi) == [Notice.APOLOGY]


async def test_a_question_is_not_asked_again_of_whoever_has_spoken_since(desk: Desk) -> None:
    sari = await desk.knows(SARI)
    await desk.receives((1, SARI, "a"))
    await desk.is_killed_after_working("test")
    assert await desk.inbox.take_over() == 1
    await desk.receives((2, SARI, "b"))
    async with desk.database.reading() as unit:
        assert await unit.inbox.went_on(1)
    await desk.is_killed_after_working("test")
    assert await desk.inbox.take_over() == 1
    async with desk.database.reading() as unit:
        assert not await unit.inbox.went_on(2)
    [row] = await desk.owed_rows()
    assert (row.kind, row.data) == (Notice.RESUME, {"update_id": 2}), "one word, about the newest"
    assert row.person_id == sari
