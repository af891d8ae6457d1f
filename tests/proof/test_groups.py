"""Telegram floods the group of a unit: it rests, and nobody else has to wait."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from simulator.faults import ALWAYS
from tests.proof.conftest import SEED, Tally
from tests.proof.office import opens_office
from tests.proof.scene import PATIENCE_S, Scene, scene

FLOOD = timedelta(minutes=10)
BEFORE, FLOODED = 2, 4


async def receipts(stage: Scene, number: int) -> list[str]:
    """So many more complaints, by their numbers."""
    known = {each for citizen in stage.crowd.citizens for each in citizen.numbers}
    await stage.files_more(number)
    return [each for citizen in stage.crowd.citizens for each in citizen.numbers if each not in known][:number]


async def is_told_of(stage: Scene, number: str) -> None:
    """Whoever filed it reads where it went."""
    [phone] = [citizen.phone for citizen in stage.crowd.citizens if number in citizen.numbers]
    await phone.sees(number, "diteruskan", within=PATIENCE_S)


@pytest.mark.proof
async def test_a_group_that_is_flooded_for_ten_minutes_rests_and_nobody_else_waits(
    database_url: str, tmp_path: Path, tally: Tally
) -> None:
    async with scene(database_url, tmp_path, ("run",), citizens=4, seed=SEED) as stage:
        office = await opens_office(stage)
        room = office.group.room.id
        async with stage.under_load():
            brought = await receipts(stage, BEFORE)
            for number in brought:
                await office.forwards(number)
                await office.group.sees(number, "balas pesan ini", within=PATIENCE_S)
            await stage.telegram.faults.flood(times=ALWAYS, retry_after=int(FLOOD.total_seconds()), chat_id=room)
            kept = await receipts(stage, FLOODED)
            for number in kept:
                await office.forwards(number)
                await is_told_of(stage, number)
            await stage.files_more(FLOODED)
            refused = [call for call in await stage.telegram.calls() if call.status == 429]
            assert len(refused) == 1, "whoever is asked for silence is silent"
            for number in kept:
                await office.group.does_not_see(number)
            await stage.telegram.faults.clear()
            stage.clocks.move(FLOOD)
        tally(await stage.becomes_quiet())
        cards = [bubble.text for bubble in await office.group.messages() if "balas pesan ini" in bubble.text]
        assert sorted(number for number in (*brought, *kept) for card in cards if number in card) == sorted(
            (*brought, *kept)
        )
