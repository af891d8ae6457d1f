"""Measures delivery: how fast it could be, whether it keeps Telegram's limits, how long a receipt waits.

Run: python benchmarks/delivery.py [--quick]   (about five minutes; --quick: one and a half)

Reference: a raw ExtBot in the same run (benchmarks/references/sender.py), with as many messages in flight.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
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
            return Speed(count / seconds, 1_000 * worked / count, 1_000 * (simulator.cpu_s - before) / count)


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
            a_second = await _drained(database, line, "fast", count)
            own_s, telegram_s = post.cpu_s - worked, simulator.cpu_s - answered
            return Speed(a_second, 1_000 * own_s / count, 1_000 * telegram_s / count)


async def _drained(database: Database, line: Telegram, name: str, count: int) -> float:
    """Owes messages and waits until Telegram has every one; returns how many it got each second since the first."""
    before = await _said(line)
    await owe(database, Notice.RECEIPT, range(FIRST, FIRST + count), name)
    async with asyncio.timeout(PATIENCE_S):
        # What another process owes is found by the next look, within a second: nothing is sent meanwhile.
        while (first := await _said(line)) == before:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        began = perf_counter()
        while await _said(line) < before + count:  # noqa: ASYNC110 (another process rings no bell here)
            await asyncio.sleep(0.02)
    return (before + count - first) / (perf_counter() - began)


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
    count, seconds, waiting, some = (200, 10, 2_000, 10) if given.quick else (1_500, 60, 50_000, 120)
    print(about())
    raw = await reference(count)
    print(f"raw ExtBot                          {raw}   n = {count}", flush=True)
    for engine in engines:
        own = await unbound(engine, count)
        ratio, work = own.a_second / raw.a_second, raw.own_ms / own.own_ms
        verdict = "reached" if ratio >= GOAL_RATIO else "NOT REACHED"
        beside = f"{ratio:.2f} of it by the clock (goal {GOAL_RATIO}: {verdict}), {work:.2f} of processors"
        print(f"delivery, limits raised, {engine:10} {own}, {beside}", flush=True)
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
