"""How the questions of daily work are answered in a register with a long past: by an index, never by reading it all.

The statements are taken from the services as they work, so that no copy of them can grow old.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, event, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks.kit.register import BIG, BIG_UNIT, CITIZEN, COORDINATOR, NOW, OFFICER, Size, fill
from domain.lifecycle import ClockKind, Role
from domain.messages import Notice
from domain.permissions import Actor, Membership
from domain.queues import Tab
from routing.directory import Directory as RoutingDirectory
from routing.matcher import AgencyMatcher
from services.caller import Caller
from services.escalating import Escalating
from services.export_sheets import Form
from services.exporting import Exporting, ExportRequest
from services.handling import Handling
from services.left_unsaid import no_note
from services.office import Office
from services.oversight import Oversight
from services.owed_to_citizens import OwedToCitizens
from services.reminding import Reminding
from services.tracking import Tracking
from storage import migrate
from storage.crypto import Keyring
from storage.engine import Database, async_url, create_engine
from storage.queries.inbox import Arrived, Claim
from storage.seed.regulation import seed_regulations
from storage.tables_messages import OutboxMessage
from tests.conftest import TEST_KEY, Place
from tests.storage.rows import claim_next

pytestmark = pytest.mark.xdist_group("plans")

LONG_PAST = Size(20_000, open_window=400, a_day=10)
THROWN_AWAY = 1_000
"""Rows that one step may read in vain: what is open may be looked through, the past may not."""

STEPS, A_THOUSAND = 2_000_000, 1_000
"""Instructions of SQLite that an answer may take: the past of this register would need a hundred times as many."""

BIG_TABLES = ("complaints", "clocks", "timeline", "outbox", "inbox", "people", "supports", "ratings", "chat_leases")

officer = Caller(OFFICER, Actor(OFFICER, (Membership(Role.OFFICER, BIG, BIG_UNIT),)), "id")
coordinator = Caller(COORDINATOR, Actor(COORDINATOR, (Membership(Role.COORDINATOR, BIG),)), "id")
citizen = Caller(CITIZEN, Actor(CITIZEN), "id")

Work = Callable[[Office], Awaitable[object]]


async def claims_messages(office: Office) -> None:
    async with office.database.work() as work:
        await work.outbox.once_more(NOW)
        await work.outbox.claim_due("test", NOW, 4, timedelta(seconds=30))


async def claims_an_update(office: Office) -> None:
    async with office.database.work() as work:
        await work.inbox.store([Arrived(10_000_000, "7", "{}")], NOW)
        claim = await claim_next(work, "test", NOW, timedelta(seconds=30))
        assert claim is not None


async def ends_updates(office: Office) -> None:
    async with office.database.work() as work:
        await work.inbox.store([Arrived(20_000_000 + n, f"9{n}", "{}") for n in range(3)], NOW)
        claims = [
            each for each in await work.inbox.claim("test", NOW, timedelta(seconds=30), 3) if isinstance(each, Claim)
        ]
        kept, more = await work.inbox.finish(claims, NOW)
        assert len(kept) == 3
        assert more
        await work.identities.seen([CITIZEN, OFFICER], NOW)
        await work.shown.keep({CITIZEN: [("Ya", "1:yes")], OFFICER: ()}, NOW)


async def exports(office: Office) -> None:
    exporting = Exporting(office)
    async for _ in exporting.batches(await exporting.open(ExportRequest(Form.CSV, government="99.07"))):
        return


async def reminds(office: Office) -> None:
    async with office.database.reading() as work:
        await Reminding(work, NOW, no_note).found()


async def escalates(office: Office) -> None:
    async with office.database.reading() as work:
        await Escalating(office, work, NOW, no_note).found()


async def has_words_for_citizens(office: Office) -> None:
    async with office.database.reading() as work:
        words = OwedToCitizens(office, work, NOW, no_note)
        await words.late()
        await words.outcomes()


async def ends_pauses_and_windows(office: Office) -> None:
    async with office.database.reading() as work:
        await work.running.on_hold()
        await work.running.late({ClockKind.REACT}, NOW)


async def takes_the_pulse(office: Office) -> None:
    async with office.database.reading() as work:
        await work.pulses.at(NOW)
        await work.outbox.undelivered()


DAILY: dict[str, Work] = {
    "the queue of a unit": lambda office: Handling(office).queue(officer),
    "the list of a citizen": lambda office: Tracking(office).mine(citizen),
    "the list of what waits at a desk": lambda office: Oversight(office).unverified(coordinator),
    "the digest of a coordinator": lambda office: Oversight(office).digest(coordinator),
    "the claim of owed messages": claims_messages,
    "the claim of an update": claims_an_update,
    "the waiting tab of a unit": lambda office: Handling(office).queue(officer, tab=Tab.WAITING),
    "who is reminded": reminds,
    "what climbs": escalates,
    "the words to citizens": has_words_for_citizens,
    "what goes on or closes by itself": ends_pauses_and_windows,
    "the pulse": takes_the_pulse,
    "an export": exports,
}


@dataclass(frozen=True)
class Said:
    """A statement as it left for the database."""

    statement: str
    parameters: Any


class Ear:
    """Hears every statement of the reading and writing engines of a register."""

    def __init__(self) -> None:
        self.heard: list[Said] = []

    def listen(self, *engines: AsyncEngine) -> None:
        for engine in engines:
            event.listen(engine.sync_engine, "before_cursor_execute", self._hear)

    def _hear(self, _: Connection, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if re.match(r"\s*(SELECT|WITH|UPDATE|DELETE)", statement):
            self.heard.append(Said(statement, parameters))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def long_past(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a filled register."""
    place: Place = request.getfixturevalue(f"{request.param}_place")
    # Not one that is emptied for the next test: that would take longer than all of this.
    url = asyncio.run(place.empty())
    asyncio.run(migrate.upgrade(url))
    asyncio.run(fill(url, LONG_PAST))
    yield url
    asyncio.run(place.forget(url))


@pytest.mark.parametrize("name", DAILY)
async def test_daily_work_reads_no_whole_table(name: str, long_past: str) -> None:
    database = Database.open(long_past, Keyring.parse(TEST_KEY), lambda: NOW)
    matcher = AgencyMatcher.load(RoutingDirectory.from_parts([], []))
    office, ear = Office(database, lambda: NOW, seed_regulations(), matcher), Ear()
    ear.listen(*database.engines)
    try:
        await DAILY[name](office)
    finally:
        await database.dispose()
    assert ear.heard
    assert await wasted(long_past, ear.heard) == []


async def test_several_ends_find_their_chats_among_all_that_ever_wrote(long_past: str) -> None:
    database, ear = Database.open(long_past, Keyring.parse(TEST_KEY), lambda: NOW), Ear()
    office = Office(database, lambda: NOW, seed_regulations(), AgencyMatcher.load(RoutingDirectory.from_parts([], [])))
    ear.listen(*database.engines)
    try:
        await ends_updates(office)
    finally:
        await database.dispose()
    freed = [said for said in ear.heard if said.statement.startswith("UPDATE chat_leases")]
    assert len(freed) == 2
    assert await wasted(long_past, freed) == []


MANY, FEW_ROWS, FEW_STEPS = 4_000, 500, 100_000
"""What waits, and how little of it a claim may look at: rows on PostgreSQL, instructions of SQLite."""


async def test_a_claim_looks_at_the_head_of_the_queue_however_long_it_is(long_past: str) -> None:
    database, ear = Database.open(long_past, Keyring.parse(TEST_KEY), lambda: NOW), Ear()
    ear.listen(*database.engines)
    postgresql = long_past.startswith("postgresql")
    try:
        async with database.session() as session:
            await session.execute(insert(OutboxMessage), [_a_digest(person_id) for person_id in range(10, 10 + MANY)])
            await session.commit()
        async with database.work() as work:
            assert len(await work.outbox.claim_due("test", NOW, 8, timedelta(seconds=30))) == 8
        (claim,) = [said for said in ear.heard if said.statement.startswith("SELECT outbox")]
        if postgresql:
            async with database.engines[0].connect() as connection:
                assert await connection.run_sync(_rows_read, claim) < FEW_ROWS
        else:
            assert _steps(str(database.url.database), claim) < FEW_STEPS
        async with database.session() as session:
            await session.execute(delete(OutboxMessage).where(OutboxMessage.unique_key.startswith("waits:")))
            await session.commit()
    finally:
        await database.dispose()


def _a_digest(person_id: int) -> dict[str, Any]:
    kind = Notice.DIGEST
    when = {"created_at": NOW, "not_before": NOW}
    return {"unique_key": f"waits:{person_id}", "person_id": person_id, "kind": kind, "priority": kind.priority} | when


def _rows_read(connection: Connection, said: Said) -> float:
    plan = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {said.statement}", said.parameters)
    nodes = list(_nodes(plan.scalar_one()[0]["Plan"]))
    read = sum(node["Actual Rows"] * node["Actual Loops"] for node in nodes)
    return float(read + sum(node.get("Rows Removed by Filter", 0) * node["Actual Loops"] for node in nodes))


async def wasted(url: str, heard: list[Said]) -> list[str]:
    """The tables of which a statement reads everything, or much that it does not use, with the statement."""
    postgresql = url.startswith("postgresql")
    engine = create_engine(async_url(url), writes=postgresql)
    look = _on_postgresql if postgresql else _on_sqlite
    try:
        async with engine.connect() as connection:
            found = [await connection.run_sync(look, said) for said in heard]
    finally:
        await engine.dispose()
    return [f"{what}: {said.statement}" for said, tables in zip(heard, found, strict=True) for what in tables]


def _on_postgresql(connection: Connection, said: Said) -> list[str]:
    """The statement really runs, and is rolled back with the connection."""
    asked = f"EXPLAIN (ANALYZE, FORMAT JSON) {said.statement}"
    plan = connection.exec_driver_sql(asked, said.parameters).scalar_one()[0]["Plan"]
    return [f"{node['Relation Name']} ({node['Node Type']})" for node in _nodes(plan) if _wasteful(node)]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _wasteful(node: dict[str, Any]) -> bool:
    if not _big(node.get("Relation Name", "")):
        return False
    thrown_away = node.get("Rows Removed by Filter", 0) * node["Actual Loops"]
    return node["Node Type"] == "Seq Scan" or thrown_away > THROWN_AWAY


def _on_sqlite(connection: Connection, said: Said) -> list[str]:
    """An index may be searched and be the wrong one: only the steps of the engine tell."""
    steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said.statement}", said.parameters)
    scanned = (re.match(r"SCAN (\w+)", step.detail) for step in steps)
    taken = _steps(str(connection.engine.url.database), said)
    return [found[1] for found in scanned if found and _big(found[1])] + [f"{taken} steps"] * (taken > STEPS)


def _steps(file: str, said: Said) -> int:
    """How many instructions SQLite needs for a statement; what it changes is not kept."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += A_THOUSAND
        return 0

    bare = sqlite3.connect(file)
    try:
        bare.set_progress_handler(count, A_THOUSAND)
        bare.execute(said.statement, said.parameters).fetchall()
    finally:
        bare.close()
    return counted


def _big(table: str) -> bool:
    return table.rstrip("_0123456789") in BIG_TABLES
