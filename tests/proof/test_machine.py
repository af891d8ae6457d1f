"""The machine fails while citizens file: a full disk, a database that restarts, connections that are cut, a stop."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.proof.conftest import SEED, Tally
from tests.proof.scene import scene
from tests.storage.places import PostgresPlace
from tests.storage.postgres import NoPostgres

RESTARTS = 5
CUTS = 20
STOPS = 8
FULL_S = 20
STOPS_WITHIN_S = 10

CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def server_url(database_url: str) -> str:
    """A register on the PostgreSQL server."""
    if database_url.startswith("sqlite"):
        pytest.skip("a file has no server")
    return database_url


@pytest.mark.proof
async def test_a_full_disk_loses_nothing_and_people_are_told(database_url: str, tmp_path: Path, tally: Tally) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("the disk of a server is not ours to fill")
    async with scene(database_url, tmp_path, ("run",), citizens=6, seed=SEED) as stage:
        async with stage.under_load():
            await stage.files_more(2)
            stage.orders.full.touch()
            await asyncio.sleep(FULL_S)
            stage.orders.full.unlink()
            await stage.files_more(6)
        tally(await stage.becomes_quiet())
        told = [each for each in stage.crowd.citizens if "gangguan" in str(await each.phone.screen())]
        assert told, "nobody was told why there was no answer"


@pytest.mark.proof
async def test_a_database_that_restarts(
    server_url: str, postgresql_place: PostgresPlace, tmp_path: Path, tally: Tally
) -> None:
    async with scene(server_url, tmp_path, ("run",), citizens=6, seed=SEED) as stage:
        async with stage.under_load():
            for _ in range(RESTARTS):
                await stage.files_more(2)
                try:
                    await asyncio.to_thread(postgresql_place.server.restart)
                except NoPostgres as reason:
                    pytest.skip(str(reason))
                stage.counted("restarts")
        tally(await stage.becomes_quiet())


@pytest.mark.proof
async def test_connections_that_are_cut(
    server_url: str, postgresql_place: PostgresPlace, tmp_path: Path, tally: Tally
) -> None:
    server = postgresql_place.server
    async with scene(server_url, tmp_path, ("run",), citizens=6, seed=SEED) as stage:
        async with stage.under_load():
            for _ in range(CUTS):
                await asyncio.sleep(stage.random.random() * 2)
                await server.run(CUT, server.name_in(server_url))
                stage.counted("cuts")
            await stage.files_more(2)
        tally(await stage.becomes_quiet())


@pytest.mark.proof
async def test_a_stop_under_load_ends_within_ten_seconds(database_url: str, tmp_path: Path, tally: Tally) -> None:
    async with scene(database_url, tmp_path, ("run",), citizens=8, seed=SEED) as stage:
        process = stage.processes[0]
        async with stage.under_load():
            for _ in range(STOPS):
                await stage.files_more(1)
                assert await process.stops(STOPS_WITHIN_S) == 0
                stage.counted("stops")
                await process.starts()
        tally(await stage.becomes_quiet())
