"""Processes are killed at random writes while citizens file: nothing is lost, nothing is done twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.killable import Killable
from tests.proof.conftest import KILLS, SEED, Tally
from tests.proof.scene import Scene, scene

LATEST_WRITE = 150
"""A kill comes at one of so many writes after the process has shown that it works."""

DIES_WITHIN_S = 20


async def one_dies(scene: Scene, process: Killable) -> None:
    """One process ends at a random write, and the next one begins."""
    process.will_die_at(scene.random.randint(1, LATEST_WRITE))
    if not await process.died(DIES_WITHIN_S):
        await process.is_killed()
        scene.counted("kills at rest")
    scene.counted("kills")
    await process.starts()


@pytest.mark.proof
async def test_kills_at_random_writes(database_url: str, tmp_path: Path, tally: Tally) -> None:
    async with scene(database_url, tmp_path, ("run",), citizens=8, seed=SEED) as stage:
        async with stage.under_load():
            for _ in range(KILLS):
                await one_dies(stage, stage.processes[0])
        tally(await stage.becomes_quiet())


@pytest.mark.proof
async def test_three_bots_behind_one_address_and_two_schedulers_while_one_dies_every_few_seconds(
    postgresql_place: object, database_url: str, tmp_path: Path, tally: Tally
) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("SQLite has one process of each kind")
    kinds = ("bot", "bot", "bot", "scheduler", "scheduler")
    async with scene(database_url, tmp_path, kinds, citizens=12, seed=SEED, webhook=True) as stage:
        async with stage.under_load():
            for _ in range(KILLS // 2):
                await one_dies(stage, stage.random.choice(stage.processes))
        tally(await stage.becomes_quiet())
