"""Measures what daily work costs as the register grows: the same services, the same open work, ever more history.

Run: python benchmarks/growth.py [--quick] [--engine sqlite|postgresql]   (about ten minutes; --quick: one)

The reference of every line is the smallest register of the same engine in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.kit import register
from benchmarks.kit.machine import about, at
from benchmarks.kit.places import ENGINES, fresh
from benchmarks.kit.register import ADMIN, BIG, BIG_UNIT, CITIZEN, COORDINATOR, NOW, OFFICER, Size
from domain.lifecycle import Role
from domain.messages import Notice
from domain.permissions import Actor, Membership
from domain.scopes import NATION
from routing.directory import Directory as RoutingDirectory
from routing.matcher import AgencyMatcher
from services.caller import Caller
from services.export_sheets import Form
from services.exporting import Exporting, ExportRequest
from services.figures import Evaluation, Figures
from services.handling import Handling
from services.office import Office
from services.oversight import Oversight
from services.seeding import Seeding
from services.tracking import Tracking
from storage.crypto import Keyring, new_key
from storage.engine import Database
from storage.queries.inbox import Arrived
from storage.seed.regulation import seed_regulations

SIZES = {"postgresql": (10_000, 100_000, 1_000_000), "sqlite": (10_000, 100_000)}
QUICK = {"postgresql": (10_000, 100_000), "sqlite": (10_000, 30_000)}
WAITING = 500
"""Messages and updates that wait while claims are measured."""

EXPORTED = 20_000
"""Complaints after which the speed of an export is known."""

PATIENCE_S = 20
"""Seconds after which no further sample of one call is taken."""

LIMITS_MS = {"coordinator's digest": 1_000, "national figures, a month": 5_000, "national figures, a year": 5_000}
GOAL_RATIO = 1.5


@dataclass
class Watch:
    """The register's clock: it stands still unless it is moved."""

    instant: datetime = NOW

    def __call__(self) -> datetime:
        """The instant that it shows."""
        return self.instant

    def advance(self, seconds: float) -> datetime:
        """Moves on, so that nobody is written to twice within a second."""
        self.instant += timedelta(seconds=seconds)
        return self.instant


@dataclass
class Town:
    """The services over one filled register."""

    database: Database
    watch: Watch = field(default_factory=Watch)

    def __post_init__(self) -> None:
        """Nobody is routed to here, so the matcher knows no government."""
        matcher = AgencyMatcher.load(RoutingDirectory.from_parts([], []))
        self.office = Office(self.database, self.watch, seed_regulations(), matcher)
        self.officer = _caller(OFFICER, Membership(Role.OFFICER, BIG, BIG_UNIT))
        self.coordinator = _caller(COORDINATOR, Membership(Role.COORDINATOR, BIG))
        self.citizen = _caller(CITIZEN)
        self.admin = _caller(ADMIN, Membership(Role.NATIONAL_ADMIN))

    async def measure(self, quick: bool) -> dict[str, list[float]]:
        """The milliseconds of each call, by what was called."""
        many, some, few = (40, 10, 3) if quick else (300, 20, 5)
        handling, tracking = Handling(self.office), Tracking(self.office)
        oversight = Oversight(self.office)
        await self._owe()
        found = {
            "unit's queue, first page": await timed(many, lambda _: handling.queue(self.officer)),
            "unit's queue, page 100": await timed(many, lambda _: handling.queue(self.officer, 100)),
            "citizen's list, first page": await timed(many, lambda _: tracking.mine(self.citizen)),
            "claim of owed messages": await timed(many // 4, lambda _: self._claim_messages()),
            "claim of an update": await timed(many // 2, lambda _: self._claim_update()),
            "coordinator's waiting list": await timed(many // 2, lambda _: oversight.unverified(self.coordinator)),
            "coordinator's digest": await timed(some, lambda _: oversight.digest(self.coordinator)),
            "month of a government": await timed(few, self._month),
            "national figures, a month": await timed(few, lambda _: self._nation(date(2026, 3, 1), date(2026, 3, 31))),
            "national figures, a year": await timed(few, lambda _: self._nation(date(2025, 4, 1), date(2026, 3, 31))),
        }
        found |= await self._export(few)
        return found

    async def _owe(self) -> None:
        """Work that waits: messages to many people, updates of many chats."""
        async with self.database.work() as work:
            for n in range(WAITING):
                await work.outbox.add(f"waiting:{n}", 100 + n, Notice.REMINDER, NOW)
                await work.inbox.store([Arrived(10_000_000 + n, str(n % 300), "{}")], NOW)
            await work.commit()

    async def _claim_messages(self) -> None:
        now = self.watch.advance(2)
        async with self.database.work() as work:
            await work.outbox.once_more(now)
            rows = await work.outbox.claim_due("bench", now, 4, timedelta(seconds=30))
            await work.commit()
        for row in rows:
            async with self.database.work() as work:
                await work.outbox.sent(row.id, row.id, now)
                await work.commit()

    async def _claim_update(self) -> None:
        async with self.database.work() as work:
            claim = await work.inbox.claim_next("bench", self.watch(), timedelta(seconds=30))
            await work.commit()
        if claim is None or not hasattr(claim, "cause"):
            raise RuntimeError("no update waits")
        async with self.database.work(claim.cause) as work:
            await work.commit()
        async with self.database.work() as work:
            await work.inbox.release(claim)
            await work.commit()

    async def _month(self, turn: int) -> None:
        first = date(2026, 3, 1) if turn % 2 else date(2026, 4, 1)
        await Evaluation(self.office).of("99.01", first)

    async def _nation(self, first: date, last: date) -> None:
        async with self.database.reading() as work:
            await Figures(self.office, work, self.admin.actor).of(NATION, first, last)

    async def _export(self, times: int) -> dict[str, list[float]]:
        """The first batch, which people wait for, and every later one."""
        first: list[float] = []
        later: list[float] = []
        for _ in range(times):
            began, count = perf_counter(), 0
            exporting = Exporting(self.office)
            opened = await exporting.open(ExportRequest(Form.CSV, government="99.01"))
            async for batch in exporting.batches(opened):
                (later if count else first).append(1_000 * (perf_counter() - began))
                began, count = perf_counter(), count + len(batch)
                if count >= EXPORTED // times:
                    break
        return {"export, first batch": first, "export, each later batch": later}


async def timed(times: int, call: Callable[[int], Awaitable[object]]) -> list[float]:
    """Milliseconds of each call, after one that fills caches and is not counted; fewer calls where they are slow."""
    spent: list[float] = []
    over = perf_counter() + PATIENCE_S
    for turn in range(times + 1):
        began = perf_counter()
        await call(turn)
        spent.append(1_000 * (perf_counter() - began))
        if perf_counter() > over and turn > 1:
            break
    print(".", end="", flush=True)
    return spent[1:]


async def measure(engine: str, size: int, *, quick: bool) -> dict[str, list[float]]:
    """Fills a register and measures it."""
    async with fresh(engine) as url:
        began = perf_counter()
        await register.fill(url, Size(size))
        print(f"{engine}: {size:,} complaints filled in {perf_counter() - began:.0f} s; {about()}", flush=True)
        watch = Watch()
        database = Database.open(url, Keyring.parse(new_key()), watch)
        try:
            town = Town(database, watch)
            await Seeding(town.office).seed()
            return await town.measure(quick)
        finally:
            await database.dispose()


def show(engine: str, found: dict[int, dict[str, list[float]]]) -> None:
    """One line per call: median and p99 at every size, the p99 of the largest beside that of the smallest."""
    sizes = sorted(found)
    print(f"\n{engine}; milliseconds, median / p99; reference: {sizes[0]:,} complaints in the same run")
    print(f"{'':30}" + "".join(f"{size:>20,}" for size in sizes) + "     ratio of p99   samples")
    for name in found[sizes[0]]:
        rows = [found[size][name] for size in sizes]
        cells = "".join(f"{at(row, 0.5):>11.1f} / {at(row, 0.99):6.1f}" for row in rows)
        ratio = at(rows[-1], 0.99) / at(rows[0], 0.99)
        print(
            f"{name:30}{cells}{ratio:>12.2f}{_verdict(name, ratio, at(rows[-1], 0.99)):14}{len(rows[-1]):>8}",
            flush=True,
        )


def _verdict(name: str, ratio: float, p99: float) -> str:
    limit = LIMITS_MS.get(name)
    if limit is not None:
        return f"  {'within' if p99 <= limit else 'ABOVE'} {limit / 1_000:.0f} s"
    if name.startswith("unit's queue"):
        return f"  {'within' if ratio <= GOAL_RATIO else 'ABOVE'} {GOAL_RATIO}"
    return ""


async def main() -> int:
    """Measures every engine that was asked for."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--engine", choices=ENGINES)
    given = asked.parse_args()
    for engine in (given.engine,) if given.engine else ENGINES:
        sizes = (QUICK if given.quick else SIZES)[engine]
        show(engine, {size: await measure(engine, size, quick=given.quick) for size in sizes})
    return 0


def _caller(person: int, *memberships: Membership) -> Caller:
    return Caller(person, Actor(person, memberships), "id")


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
