"""Measures what daily work costs as the register grows: the same services, the same open work, ever more history.

Run: python benchmarks/growth.py [--quick] [--engine sqlite|postgresql] [--keep DIR]   (half an hour; --quick: three
minutes). `--keep DIR`: the filled registers stay there, for the next run of the same version.

The reference of every line is the smallest register of the same engine. All registers are open together and asked in
turn, so that whatever else the machine does befalls each alike.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.kit.daily import Town, minute, town_of
from benchmarks.kit.machine import about, at
from benchmarks.kit.places import ENGINES, SETTINGS, shelf
from benchmarks.kit.stopwatch import Stopwatch, Times
from bot.app import settle_memory

SIZES = {"postgresql": (10_000, 100_000, 1_000_000), "sqlite": (10_000, 100_000)}
QUICK = {"postgresql": (10_000, 100_000), "sqlite": (10_000, 30_000)}

EXPORTED = 5_000
"""Complaints after which the speed of an export is known."""

PATIENCE_S = 30
"""Seconds after which no further sample of one call is taken."""

LIMITS_MS = {"coordinator's digest": 1_000, "national figures, a month": 5_000, "national figures, a year": 5_000}
GOAL_RATIO = 1.5

Call = Callable[[Town], Awaitable[None]]

MANY: Mapping[str, Call] = {
    "unit's queue, first page": Town.queue,
    "unit's queue, page 101": Town.deep_queue,
    "citizen's list, first page": Town.own_list,
    "coordinator's waiting list": Town.waiting_list,
    "claim of owed messages": Town.claim_messages,
    "claim of an update": Town.claim_update,
    "what /metrics asks": Town.pulse,
}
SOME: Mapping[str, Call] = {
    "coordinator's digest": Town.digest,
    "month of a government": Town.month,
    "national figures, a month": lambda town: town.nation(date(2026, 3, 1), date(2026, 3, 31)),
    "national figures, a year": lambda town: town.nation(date(2025, 4, 1), date(2026, 3, 31)),
}


@dataclass
class Measured:
    """The times of every call at every size."""

    stopwatch: Stopwatch
    towns: Mapping[int, Town]
    only: str = ""
    found: dict[str, dict[int, Times]] = field(default_factory=dict)

    def times(self, name: str, size: int) -> Times:
        """Those of one call at one size."""
        return self.found.setdefault(name, {each: Times() for each in self.towns})[size]

    async def all(self, many: int, some: int) -> None:
        """Measures every call, or those alone whose names begin so."""
        for times, calls in ((many, MANY), (some, SOME)):
            for name, call in calls.items():
                if name.startswith(self.only):
                    await self._in_turn(name, call, times)
        if self.only:
            return
        for size, town in self.towns.items():
            await self._jobs(size, town, some)
            await self._export(size, town)

    async def _in_turn(self, name: str, call: Call, times: int) -> None:
        """One call that fills caches and is not counted, then one register after the other."""
        for town in self.towns.values():
            await call(town)
        over = perf_counter() + PATIENCE_S
        for turn in range(times):
            for size, town in self.towns.items():
                async with self.stopwatch.taken(self.times(name, size)):
                    await call(town)
            if perf_counter() > over and turn > 1:
                break
        print(".", end="", flush=True)

    async def _jobs(self, size: int, town: Town, times: int) -> None:
        """The first minute of a working day owes what the day brings; the later ones find it owed."""
        async with town.morning() as timekeeping:
            async with self.stopwatch.taken(self.times("jobs, first minute of a day", size)):
                await minute(timekeeping)
            for _ in range(times):
                async with self.stopwatch.taken(self.times("jobs, each later minute", size)):
                    await minute(timekeeping)
        print(".", end="", flush=True)

    async def _export(self, size: int, town: Town) -> None:
        """The first batch is what people wait for."""
        batches = aiter(town.export(EXPORTED))
        for turn in range(EXPORTED):
            times = Times()
            async with self.stopwatch.taken(times):
                more = await anext(batches, None)
            if more is None:
                break
            kept = self.times("export, each later batch" if turn else "export, first batch", size)
            kept.clock += times.clock
            kept.work += times.work


def show(engine: str, found: Mapping[str, Mapping[int, Times]]) -> None:
    """One line per call, at every size; the ratios compare the largest register with the smallest."""
    sizes = sorted(next(iter(found.values())))
    server = f" and the server's, with {SETTINGS}" if engine == "postgresql" else ""
    print(f"\n{engine}; milliseconds, median / p99, by the clock and then of processors, our own{server}")
    print(f"reference: {sizes[0]:,} complaints in the same run; ratios and goals: of p99 at the largest")
    heads = "".join(f"{size:>37,}" for size in sizes)
    print(f"{'':28}{heads}   clock  work      n")
    for name, rows in found.items():
        least, most = rows[sizes[0]], rows[sizes[-1]]
        clock, work = (at(most.clock, 0.99) / at(least.clock, 0.99), at(most.work, 0.99) / at(least.work, 0.99))
        cells = "".join(f"{rows[size].shown()}" for size in sizes)
        verdict = _verdict(name, clock, work, most)
        print(f"{name:28}{cells}{clock:8.2f}{work:6.2f}{len(most.clock):7}  {verdict}", flush=True)


def _verdict(name: str, clock: float, work: float, most: Times) -> str:
    """What was promised, by the clock and, should another's work have stood in the way, of processors."""
    limit = LIMITS_MS.get(name)
    if limit is not None:
        return f"{limit / 1_000:.0f} s: {_held(at(most.clock, 0.99), limit)}, {_held(at(most.work, 0.99), limit)}"
    if name.startswith("unit's queue"):
        return f"{GOAL_RATIO} times: {_held(clock, GOAL_RATIO)}, {_held(work, GOAL_RATIO)}"
    return ""


def _held(found: float, limit: float) -> str:
    return "held" if found <= limit else "NOT HELD"


async def measure(engine: str, sizes: tuple[int, ...], keep: Path | None, only: str, *, quick: bool) -> None:
    """Fills what is missing, measures, and prints the table."""
    async with shelf(engine, keep) as place, AsyncExitStack() as ends:
        towns: dict[int, Town] = {}
        for size in sizes:
            began = perf_counter()
            url = await place.register(size)
            print(f"{engine}: {size:,} complaints there after {perf_counter() - began:.0f} s; {about()}", flush=True)
            towns[size] = await town_of(url, place.key)
            ends.push_async_callback(towns[size].database.dispose)
        # As the program does: a full collection of what libraries hold would be counted as somebody's page.
        settle_memory()
        measured = Measured(Stopwatch(place.server), towns, only)
        await measured.all(*((30, 3) if quick else (200, 20)))
        show(engine, measured.found)
        print(about())


async def main() -> int:
    """Measures every engine that was asked for."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--engine", choices=ENGINES)
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--only", default="", help='the calls whose names begin so, as "unit\'s queue"')
    given = asked.parse_args()
    for engine in (given.engine,) if given.engine else ENGINES:
        await measure(engine, (QUICK if given.quick else SIZES)[engine], given.keep, given.only, quick=given.quick)
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
