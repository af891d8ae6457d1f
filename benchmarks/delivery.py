"""Measures delivery: how fast it could be, whether it keeps Telegram's limits, how long a receipt waits.

Run: python benchmarks/delivery.py [--quick]   (about eight minutes; --quick: one and a half)

Reference: a raw ExtBot in the same run (benchmarks/references/sender.py), with as many in flight as serve it best.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.kit.machine import about, at
from benchmarks.kit.owing import FIRST, enrol, opened, owe, sent, still_owed
from benchmarks.kit.places import ENGINES, fresh
from benchmarks.kit.processes import LAPOR_RUN, program, running, telegram
from benchmarks.kit.town import furnish
from domain.messages import Notice
from simulator import TOKEN, Telegram
from storage.crypto import new_key
from storage.engine import Database

CONFIGURED = 25
"""Messages a second that delivery allows itself; Telegram allows thirty over all chats."""

MOST = 30
GOAL_RATIO, GOAL_RECEIPT_S, GOAL_OFF = 0.9, 2.0, 0.03
TALKS_A_SECOND = 2
PATIENCE_S = 300
WARM = 100
MOST_OF_OTHERS = 0.5
"""The share of the processor above which whoever answers has set the pace, and not whoever sends."""

_LOOK_S = 0.1


@dataclass(frozen=True)
class Speed:
    """Messages a second, and milliseconds of processor time each: of whoever sends, and of Telegram's stand-in."""

    a_second: float
    own_ms: float
    telegram_ms: float

    @classmethod
    def of(cls, count: int, seconds: float, own_s: float, telegram_s: float) -> Speed:
        """What so many messages took."""
        return cls(count / seconds, 1_000 * own_s / count, 1_000 * telegram_s / count)

    def __str__(self) -> str:
        """As a line shows it."""
        share = self.telegram_ms / (self.own_ms + self.telegram_ms)
        void = " VOID" if share > MOST_OF_OTHERS else ""
        return f"{self.a_second:5.0f} a second, {self.own_ms:5.2f} ms of processor each (simulator {share:.0%}{void})"


async def reference(count: int) -> Speed:
    """A raw ExtBot."""
    async with telegram() as (simulator, line):
        await _meet(line, count)
        before = simulator.cpu_s
        script = ("benchmarks/references/sender.py", line.url, TOKEN, str(count), str(FIRST))
        async with running(*script, ends_by=signal.SIGKILL) as sender:
            seconds, worked = map(float, (await sender.line(PATIENCE_S)).split())
            return Speed.of(count, seconds, worked, simulator.cpu_s - before)


async def unbound(engine: str, count: int) -> Speed:
    """Delivery with its own limit raised: every message claimed, opened, rendered, sent, recorded."""
    key = new_key()
    async with fresh(engine) as url, telegram() as (simulator, line), opened(url, key) as database:
        await furnish(url, key)
        await enrol(database, count, coordinators=False)
        await _meet(line, count)
        async with running("-m", "benchmarks.kit.post", "100000", **program(line.url, url, key)) as post:
            await _drained(database, line, "warm", WARM)
            worked, answered = post.cpu_s, simulator.cpu_s
            seconds = await _drained(database, line, "fast", count)
            return Speed.of(count, seconds, post.cpu_s - worked, simulator.cpu_s - answered)


async def _drained(database: Database, line: Telegram, name: str, count: int) -> float:
    """Owes messages; returns the seconds until Telegram has every one and every one is written down as sent."""
    before = await _said(line)
    await owe(database, Notice.RECEIPT, range(FIRST, FIRST + count), name)
    began = perf_counter()
    async with asyncio.timeout(PATIENCE_S):
        while await _said(line) < before + count or await still_owed(database, name):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return perf_counter() - began


def middle(speeds: Sequence[Speed]) -> Speed:
    """The round of the middle."""
    return sorted(speeds, key=lambda speed: speed.a_second)[len(speeds) // 2]


def beside(own: Sequence[Speed], raw: Sequence[Speed]) -> str:
    """Each round beside its own reference, as a line shows it: the machine is not always equally fast."""
    ratios = sorted(ours.a_second / theirs.a_second for ours, theirs in zip(own, raw, strict=True))
    work = median(theirs.own_ms / ours.own_ms for ours, theirs in zip(own, raw, strict=True))
    verdict = "reached" if median(ratios) >= GOAL_RATIO else "NOT REACHED"
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    return f"{median(ratios):.2f} of it by the clock ({spread}; goal {GOAL_RATIO}: {verdict}), {work:.2f} of processors"


async def bound(engine: str, seconds: int) -> tuple[float, int]:
    """The rate of the whole program with talks beside it, and the most within any second."""
    key, count = new_key(), (seconds + 8) * CONFIGURED
    async with fresh(engine) as url, telegram("--port", "0") as (_, line), opened(url, key) as database:
        await furnish(url, key)
        await enrol(database, count, coordinators=False)
        await _meet(line, count)
        await owe(database, Notice.RECEIPT, range(FIRST, FIRST + count), "bound")
        async with running(*LAPOR_RUN, **program(line.url, url, key)):
            begun = await _said(line)
            async with asyncio.timeout(PATIENCE_S):
                while await _said(line) < begun + 3 * CONFIGURED:  # noqa: ASYNC110
                    await asyncio.sleep(_LOOK_S)
            talk = ("-m", "benchmarks.kit.load", line.url, "taps", str(TALKS_A_SECOND), str(seconds), "5000000")
            async with running(*talk) as talks:
                looks, said = await _watched(line, seconds)
                await talks.line(PATIENCE_S)
        posted = sum(1 for _ in await sent(database, "bound"))
        assert posted
    windows = [_within(looks, place) for place in range(len(looks))]
    return said / seconds, max(windows)


async def _watched(line: Telegram, seconds: int) -> tuple[list[tuple[float, int]], int]:
    """How many messages the bot has sent, by instant; and in all."""
    began, looks = perf_counter(), []
    while (now := perf_counter()) < began + seconds:
        looks.append((now, await _said(line)))
        await asyncio.sleep(_LOOK_S)
    return looks, looks[-1][1] - looks[0][1]


def _within(looks: list[tuple[float, int]], place: int) -> int:
    since, count = looks[place]
    return max((later for at_, later in looks if since <= at_ <= since + 1), default=count) - count


async def receipts(engine: str, waiting: int, count: int) -> list[float]:
    """Seconds until a receipt has left, one every half second, while digests wait."""
    key = new_key()
    async with fresh(engine) as url, telegram("--port", "0") as (_, line), opened(url, key) as database:
        await furnish(url, key)
        await enrol(database, waiting, coordinators=True)
        await _meet(line, min(waiting, 2_000) + count)
        await owe(database, Notice.DIGEST, range(FIRST + count, FIRST + waiting), "digest")
        async with running(*LAPOR_RUN, **program(line.url, url, key)):
            async with asyncio.timeout(PATIENCE_S):
                while not await sent(database, "digest"):  # noqa: ASYNC110
                    await asyncio.sleep(0.5)
            for place in range(count):
                await owe(database, Notice.RECEIPT, [FIRST + place], "receipt")
                await asyncio.sleep(0.5)
            async with asyncio.timeout(PATIENCE_S):
                while await still_owed(database, "receipt"):  # noqa: ASYNC110
                    await asyncio.sleep(0.2)
        return await sent(database, "receipt")


async def _meet(line: Telegram, count: int) -> None:
    """Everybody has started the bot, so that it may write to them."""
    hands = asyncio.Semaphore(8)

    async def arrive(number: int) -> None:
        async with hands:
            person = {"id": number, "first_name": "Warga", "last_name": None, "username": None, "language_code": "id"}
            await line.post("phones/arrives", {"person": person, "details": {"started": True}})

    async with asyncio.TaskGroup() as group:
        for number in range(FIRST, FIRST + count):
            group.create_task(arrive(number))


async def _said(line: Telegram) -> int:
    """How many messages Telegram has let through."""
    return int((await line.request("GET", "state"))["sent"])


async def main() -> int:
    """Prints each figure beside its goal."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--engine", choices=ENGINES)
    given = asked.parse_args()
    engines = (given.engine,) if given.engine else ENGINES
    rounds, count, seconds, waiting, some = (1, 200, 10, 2_000, 10) if given.quick else (5, 1_500, 60, 50_000, 120)
    print(about())
    raw: list[Speed] = []
    own: dict[str, list[Speed]] = {engine: [] for engine in engines}
    for _ in range(rounds):
        raw.append(await reference(count))
        for engine in engines:
            own[engine].append(await unbound(engine, count))
    print(f"raw ExtBot                          {middle(raw)}   n = {rounds} x {count}", flush=True)
    for engine in engines:
        print(f"delivery, limits raised, {engine:10} {middle(own[engine])}, {beside(own[engine], raw)}", flush=True)
    for engine in engines:
        rate, most = await bound(engine, seconds)
        held = "held" if abs(rate / CONFIGURED - 1) <= GOAL_OFF else "NOT HELD"
        print(
            f"Telegram's limits, {engine:10} {rate:5.1f} a second ({CONFIGURED} within {GOAL_OFF:.0%}: {held}),"
            f" answers to {TALKS_A_SECOND} updates a second among them;"
            f" most in one second {most} (at most {MOST})   n = {seconds} s",
            flush=True,
        )
    for engine in engines:
        spent = await receipts(engine, waiting, some)
        verdict = "within" if at(spent, 0.99) <= GOAL_RECEIPT_S else "ABOVE"
        print(
            f"a receipt among {waiting:,} digests, {engine:10} p50 {at(spent, 0.5):.2f} s, p99 {at(spent, 0.99):.2f} s"
            f"   {verdict} {GOAL_RECEIPT_S:.0f} s   n = {len(spent)}",
            flush=True,
        )
    print(about())
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
