"""Measures what the program weighs: start-up, memory idle and under load, and whether a long load makes it grow.

Run: python benchmarks/footprint.py [--quick]   (about seven minutes; --quick: one and a half)

Reference: bare aiogram (benchmarks/references/echo.py) in the same run, which keeps nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.kit.machine import about
from benchmarks.kit.places import fresh
from benchmarks.kit.processes import LAPOR_RUN, Child, program, running, telegram
from benchmarks.kit.town import furnish
from simulator import TOKEN, Telegram
from storage.crypto import new_key

RATE = 20
PATIENCE_S = 240
GROWTH = 0.05
"""What the second half of the soak may add to the memory of its middle."""


@asynccontextmanager
async def started(url: str | None, line: Telegram) -> AsyncIterator[tuple[Child, float, float]]:
    """A process with the seconds until it listened, by the clock and of the processor."""
    began = perf_counter()
    echo = ("benchmarks/references/echo.py", line.url, TOKEN)
    settings = program(line.url, url, new_key()) if url else {}
    async with running(*(LAPOR_RUN if url else echo), ends_by=signal.SIGKILL, **settings) as bot:
        await line.calls("getUpdates", times=1, within=PATIENCE_S)
        yield bot, perf_counter() - began, bot.cpu_s


async def start_up(url: str | None) -> tuple[float, float, float]:
    """Seconds, seconds of the processor, megabytes once it listens and rests."""
    async with telegram() as (_, line), started(url, line) as (bot, seconds, cpu):
        await asyncio.sleep(2)
        return seconds, cpu, bot.resident_mb


async def soak(url: str | None, seconds: int) -> list[float]:
    """Megabytes at the start and after each fifth of a steady load, once connections and caches are warm."""
    what = "taps" if url else "texts"
    async with telegram() as (_, line), started(url, line) as (bot, _, _):
        await _load(line, what, seconds / 5, 1_000_000)
        held = [bot.resident_mb]
        for part in range(5):
            await _load(line, what, seconds / 5, 2_000_000 + part * 100_000)
            held.append(bot.resident_mb)
        return held


async def _load(line: Telegram, what: str, seconds: float, first: int) -> None:
    load = ("-m", "benchmarks.kit.load", line.url, what, str(RATE), str(seconds), str(first))
    async with running(*load) as generator:
        if not await generator.line(PATIENCE_S + seconds):
            raise RuntimeError("the load broke off: what was measured is no load")


async def main() -> int:
    """Prints a line per process."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--quick", action="store_true")
    quick = asked.parse_args().quick
    times, seconds = (1, 20) if quick else (5, 150)
    print(about())
    async with fresh("sqlite") as url:
        await furnish(url, new_key(), people=False)
        for name, at in (("bare aiogram", None), ("lapor run, SQLite", url)):
            found = sorted([await start_up(at) for _ in range(times)])
            seconds_up, cpu, idle = found[times // 2]
            print(
                f"{name:18} listens after {seconds_up:.1f} s ({cpu:.1f} s of a processor), {idle:.0f} MB idle"
                f"   median of {times}",
                flush=True,
            )
        for name, at in (("bare aiogram", None), ("lapor run, SQLite", url)):
            held = await soak(at, seconds)
            grown = held[-1] / held[len(held) // 2] - 1
            verdict = "no growth" if grown <= GROWTH else "GROWS"
            shown = " ".join(f"{each:.0f}" for each in held)
            print(
                f"{name:18} under {RATE} updates a second for {seconds} s: {shown} MB,"
                f" second half {grown:+.1%}: {verdict} (at most {GROWTH:.0%})   n = {RATE * seconds} updates",
                flush=True,
            )
    print(about())
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
