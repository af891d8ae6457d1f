"""Measures the conversation: updates worked per second by one process, and how long people wait for an answer.

Run: python benchmarks/conversation.py [--quick]   (about eight minutes; --quick: two)

Whole filing dialogues go over HTTP. The simulated Telegram and the citizens are processes of their own; a run in which
they take more processor time than what is measured is void. References: benchmarks/references/echo.py and form.py.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.kit.machine import about, at
from benchmarks.kit.places import ENGINES, fresh
from benchmarks.kit.processes import LAPOR_RUN, Child, program, running, telegram
from benchmarks.kit.town import furnish, worked_in
from simulator import TOKEN, Telegram
from storage.crypto import new_key

STEPS = 10
"""Updates of one dialogue."""

GOAL_MS = 150
RATE = 50
PATIENCE_S = 240
"""Seconds for a start: a busy machine takes its time to import a library."""

WARM = 12
"""Dialogues before the counted ones: connections, compiled statements, caches."""

WARM_S = 8
"""Seconds before waiting times are measured."""

Done = Callable[[int], Awaitable[bool]]


@dataclass(frozen=True)
class Run:
    """What one run came to."""

    updates: int
    seconds: float
    own_cpu: float
    others_cpu: float

    @property
    def rate(self) -> float:
        """Updates worked per second."""
        return self.updates / self.seconds

    @property
    def void(self) -> bool:
        """Whether generator and simulator took over half of the processor time."""
        return self.others_cpu > self.own_cpu


@dataclass(frozen=True)
class Line:
    """A bot that listens, with the Telegram that it listens to."""

    telegram: Telegram
    simulator: Child
    bot: Child
    done: Done
    """Whether so many updates, counted from the start of the process, have been worked."""


@asynccontextmanager
async def echo(_: str | None) -> AsyncIterator[Line]:
    """Bare aiogram."""
    async with _listening("benchmarks/references/echo.py", None) as line:
        yield line


@asynccontextmanager
async def form(engine: str | None) -> AsyncIterator[Line]:
    """aiogram, its FSM, one insert and commit."""
    async with fresh(engine or "") as url, _listening("benchmarks/references/form.py", url) as line:
        yield line


@asynccontextmanager
async def _listening(script: str, url: str | None) -> AsyncIterator[Line]:
    async with telegram() as (simulator, line):
        arguments = (script, line.url, TOKEN, *([url] if url else []))
        async with running(*arguments, ends_by=signal.SIGKILL) as bot:
            await line.calls("getUpdates", times=1, within=PATIENCE_S)

            async def done(updates: int) -> bool:
                # Every text has exactly one answer.
                return bool((await line.request("GET", "state"))["messages"] >= 2 * updates)

            yield Line(line, simulator, bot, done)


@asynccontextmanager
async def ours(engine: str | None) -> AsyncIterator[Line]:
    """`lapor run`, with a government that answers for the complaints."""
    key = new_key()
    async with fresh(engine or "") as url, telegram() as (simulator, line):
        await furnish(url, key)
        async with running(*LAPOR_RUN, **program(line.url, url, key)) as bot:
            await line.calls("getUpdates", times=1, within=PATIENCE_S)
            async with worked_in(url) as worked:

                async def done(updates: int) -> bool:
                    return await worked() >= updates

                yield Line(line, simulator, bot, done)


async def flood(line: Line, dialogues: int) -> Run:
    """Measures whole dialogues as fast as they are worked."""
    await _write(line, WARM, 1_000_000)
    await _until(line, WARM * STEPS)
    updates = dialogues * STEPS
    own, others, began = line.bot.cpu_s, line.simulator.cpu_s, perf_counter()
    async with _generator(line, "flood", dialogues, 2_000_000) as generator:
        await _until(line, updates + WARM * STEPS)
        seconds = perf_counter() - began
        generated = await _cpu_of(generator)
    return Run(updates, seconds, line.bot.cpu_s - own, line.simulator.cpu_s - others + generated)


async def steady(line: Line, rate: float, seconds: int, what: str) -> tuple[list[float], int, float]:
    """Milliseconds from tap to answer at a steady rate, how many had none, and the share of the bot's processor.

    Before that the same goes on for a while at four fifths of the rate: lines are opened, and learn their statements.
    """
    async with _generator(line, what, 0.8 * rate, WARM_S, 3_000_000) as generator:
        await generator.line(60)
    own, began = line.bot.cpu_s, perf_counter()
    async with _generator(line, what, rate, seconds, 4_000_000) as generator:
        found = json.loads(await generator.line(seconds + 60))
    return found["spent"], found["unanswered"], (line.bot.cpu_s - own) / (perf_counter() - began)


@asynccontextmanager
async def _generator(line: Line, what: str, *given: object) -> AsyncIterator[Child]:
    async with running("-m", "benchmarks.kit.load", line.telegram.url, what, *map(str, given)) as child:
        yield child


async def _write(line: Line, dialogues: int, first: int) -> None:
    async with _generator(line, "flood", dialogues, first) as generator:
        await generator.line(120)


async def _cpu_of(generator: Child) -> float:
    """A generator tells its own time at its end, since a process that has ended can no longer be asked."""
    return float(json.loads(await generator.line(120))["cpu_s"])


async def _until(line: Line, updates: int) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await line.done(updates):  # noqa: ASYNC110 (another process is asked, which rings no bell here)
            await asyncio.sleep(0.05)


def show_rates(rows: dict[str, list[Run]]) -> None:
    """The median of the rounds, beside the second reference on the same engine."""
    print(
        f"\n{'updates per second, one process':34}{'rate':>8}{'of form':>9}{'own ms':>9}{'others':>8}   runs x updates"
    )
    for name, runs in rows.items():
        valid = [run for run in runs if not run.void]
        if not valid:
            print(f"{name:34}    void: generator and simulator took over half of the processor time")
            continue
        rate = median(run.rate for run in valid)
        beside = rows.get(f"form, {name.rpartition(' ')[2]}", ())
        reference = median(run.rate for run in beside if not run.void) if any(not r.void for r in beside) else None
        ratio = f"{rate / reference:>9.2f}" if reference else f"{'':9}"
        own = median(1_000 * run.own_cpu / run.updates for run in valid)
        others = median(run.others_cpu / (run.own_cpu + run.others_cpu) for run in valid)
        print(
            f"{name:34}{rate:>8.0f}{ratio}{own:>9.2f}{others:>8.0%}   {len(valid)} of {len(runs)} x {runs[0].updates}"
        )


async def main() -> int:
    """Prints rates beside both references, then waiting times."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--engine", choices=ENGINES)
    asked.add_argument("--rate", type=float, default=RATE, help="updates a second while waiting times are measured")
    asked.add_argument("--waiting-only", action="store_true", help="no rates, only waiting times")
    given = asked.parse_args()
    engines = (given.engine,) if given.engine else ENGINES
    rounds, dialogues, seconds = (1, 30, 6) if given.quick else (3, 60, 20)
    print(about())
    measured: list[tuple[str, Callable[[str | None], object], str | None]] = [("echo", echo, None)]
    measured += [(f"form, {engine}", form, engine) for engine in engines]
    measured += [(f"lapor run, {engine}", ours, engine) for engine in engines]
    rows: dict[str, list[Run]] = {name: [] for name, _, _ in measured}
    for _ in range(0 if given.waiting_only else rounds):
        for name, opened, engine in measured:
            async with opened(engine) as line:  # type: ignore[attr-defined]  # each is a context manager
                rows[name].append(await flood(line, dialogues))
    if not given.waiting_only:
        show_rates(rows)
    print(
        f"\n{'milliseconds from tap to answer':34}{'p50':>8}{'p99':>8}{'most':>8}   at {given.rate:g} updates a second"
    )
    for name, opened, engine in measured[1:]:
        async with opened(engine) as line:  # type: ignore[attr-defined]  # each is a context manager
            spent, none, share = await steady(
                line, given.rate, seconds, "taps" if name.startswith("lapor") else "texts"
            )
        said = f"{len(spent)} samples, {none} without answer, {share:.0%} of a processor"
        goal = ("  within" if at(spent, 0.99) <= GOAL_MS else "  ABOVE") + f" {GOAL_MS} ms"
        print(f"{name:34}{at(spent, 0.5):>8.0f}{at(spent, 0.99):>8.0f}{max(spent):>8.0f}   {said}{goal}")
    print(about())
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
