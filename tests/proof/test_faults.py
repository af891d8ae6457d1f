"""Telegram fails in every way that it knows while citizens file: late is allowed, lost and twice are not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from simulator.faults import ALWAYS
from tests.proof.conftest import SEED, Tally
from tests.proof.scene import Scene, scene

AWAY_S = 8
JUMP = timedelta(hours=3)
FLOOD = timedelta(minutes=10)
STRAY_CHAT = {"id": 990_001, "type": "private"}


async def is_down(stage: Scene) -> None:
    await stage.telegram.faults.drop_request(times=ALWAYS)
    await asyncio.sleep(AWAY_S)


async def is_slow(stage: Scene) -> None:
    await stage.telegram.faults.delay("sendMessage", ALWAYS, seconds=1)
    await stage.files_more(2)


async def answers_500(stage: Scene) -> None:
    await stage.telegram.faults.fail(times=ALWAYS)
    await asyncio.sleep(AWAY_S)


async def hangs_up_after_the_work(stage: Scene) -> None:
    await stage.telegram.faults.drop_answer("sendMessage", 15)
    await stage.files_more(2)


async def floods_the_coordinator_for_ten_minutes(stage: Scene) -> None:
    seconds = int(FLOOD.total_seconds())
    await stage.telegram.faults.flood("sendMessage", ALWAYS, retry_after=seconds, chat_id=stage.coordinator.id)
    await stage.files_more(4)
    await stage.telegram.faults.clear()
    stage.clocks.move(FLOOD)


async def says_that_the_coordinator_blocked_us(stage: Scene) -> None:
    await stage.telegram.faults.fail(
        "sendMessage",
        ALWAYS,
        status=403,
        description="Forbidden: bot was blocked by the user",
        chat_id=stage.coordinator.id,
    )
    await stage.files_more(2)
    await stage.telegram.faults.clear()
    await stage.coordinator.blocks()
    await stage.coordinator.unblocks()


async def delivers_twice(stage: Scene) -> None:
    await stage.telegram.faults.deliver_twice(40)
    await stage.files_more(3)


async def delivers_poison(stage: Scene) -> None:
    for strange in ({"chat": STRAY_CHAT, "text": "halo"}, {"chat": STRAY_CHAT, "date": "kemarin", "message_id": []}):
        await stage.telegram.faults.deliver("message", strange)
        stage.poisoned += 1
    await stage.files_more(2)


async def clocks_jump_ahead(stage: Scene) -> None:
    stage.clocks.move(JUMP)
    await stage.files_more(3)


async def clocks_jump_back(stage: Scene) -> None:
    stage.clocks.move(-JUMP)
    await stage.files_more(3)


FAULTS: tuple[Callable[[Scene], Awaitable[None]], ...] = (
    delivers_poison,
    is_down,
    is_slow,
    answers_500,
    hangs_up_after_the_work,
    delivers_twice,
    clocks_jump_ahead,
    clocks_jump_back,
    floods_the_coordinator_for_ten_minutes,
    says_that_the_coordinator_blocked_us,
)


@pytest.mark.proof
async def test_telegram_in_every_mood(database_url: str, tmp_path: Path, tally: Tally) -> None:
    async with scene(database_url, tmp_path, ("run",), citizens=6, seed=SEED) as stage:
        async with stage.under_load():
            for fault in FAULTS:
                await fault(stage)
                await stage.telegram.faults.clear()
                stage.counted(fault.__name__.replace("_", " "))
                await stage.files_more(1)
        tally(await stage.becomes_quiet())


@pytest.mark.proof
async def test_two_pollers_with_one_token(database_url: str, tmp_path: Path, tally: Tally) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("SQLite has one process of each kind")
    async with scene(database_url, tmp_path, ("bot", "bot", "scheduler"), citizens=6, seed=SEED) as stage:
        async with stage.under_load():
            await stage.files_more(12)
        tally(await stage.becomes_quiet())
    said = "".join(process.plan.orders.log.read_text() for process in stage.processes)
    assert "another process polls with this token (409)" in said


async def test_two_processes_behind_a_door_lose_nothing_when_killed_and_keep_the_order(
    short_register: str, tmp_path: Path, tally: Tally
) -> None:
    async with scene(short_register, tmp_path, ("bot", "scheduler"), citizens=3, seed=SEED, webhook=True) as stage:
        await stage.telegram.faults.deliver_twice(10)
        await stage.telegram.faults.deliver_swapped(5)
        async with stage.under_load():
            for process in stage.processes:
                process.will_die_at(stage.random.randint(1, 40))
                if await process.died(within=10):
                    stage.counted("kills")
                else:
                    await process.is_killed()
                await process.starts()
            await stage.telegram.faults.clear()
        tally(await stage.becomes_quiet())
