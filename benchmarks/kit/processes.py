"""The processes of a measurement: each is started, watched for its processor time and memory, and ended by its id."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.kit.machine import cpu_s, resident_mb
from bot.settings import environment
from simulator import TOKEN, Telegram

HOUSE = Path(__file__).resolve().parents[2]
LAPOR_RUN = ("-c", "from bot.cli import main; main()", "run")
ENDS_WITHIN_S = 20


@dataclass(frozen=True)
class Child:
    """One running process."""

    process: asyncio.subprocess.Process

    @property
    def cpu_s(self) -> float:
        """Seconds of processor time so far."""
        return cpu_s(self.process.pid)

    @property
    def resident_mb(self) -> float:
        """Megabytes that it holds."""
        return resident_mb(self.process.pid)

    async def line(self, within: float) -> str:
        """The next line that it prints; raises `TimeoutError`."""
        assert self.process.stdout is not None
        async with asyncio.timeout(within):
            return (await self.process.stdout.readline()).decode().strip()


@asynccontextmanager
async def running(*command: str, ends_by: signal.Signals = signal.SIGTERM, **settings: str) -> AsyncIterator[Child]:
    """A Python process with these arguments and settings; what it complains of is seen on our own stderr."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        stdout=asyncio.subprocess.PIPE,
        cwd=HOUSE,
        env=environment(**settings),
    )
    try:
        yield Child(process)
    finally:
        if process.returncode is None:
            process.send_signal(ends_by)
            try:
                async with asyncio.timeout(ENDS_WITHIN_S):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()


@asynccontextmanager
async def telegram(*arguments: str) -> AsyncIterator[tuple[Child, Telegram]]:
    """A simulated Telegram in a process of its own, without flood limits unless they are asked for."""
    async with running("-m", "simulator", *(arguments or ("--no-limits",))) as child:
        url = await child.line(30)
        async with Telegram(url) as line:
            yield child, line


def program(telegram_url: str, database_url: str, key: str) -> Mapping[str, str]:
    """The settings under which the program itself is measured: no person is held to be a flood."""
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram_url,
        "DATABASE_URL": database_url,
        "LAPOR_KEYS": key,
        "LAPOR_LOG_LEVEL": "ERROR",
        "LAPOR_MESSAGES_PER_MINUTE": "100000",
        "LAPOR_DRAFTS_PER_DAY": "100000",
        "LAPOR_COMPLAINTS_PER_DAY": "100000",
    }
