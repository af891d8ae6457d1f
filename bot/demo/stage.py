"""The stage of the demo: a Telegram, a fresh register in a folder, and the application on the demo's clock."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import routing
from bot.demo.bubbles import Terminal
from bot.demo.cast import PATIENCE, Part, Player, StoryBroke
from bot.demo.clock import ZONE, DemoClock
from bot.mend import Mend
from bot.settings import ENV_FILE, Settings, environment
from locales.translator import words_for
from simulator import TOKEN, Telegram
from views.dates import day, moment

if TYPE_CHECKING:
    from bot.app import Application
    from bot.house import House

REGISTER = "laporbot-demo.sqlite3"
DIRECTORIES = Path(routing.__file__).parent / "data/directory"

LAPOR = (sys.executable, "-c", "from bot.cli import main; main()")
"""The command `lapor` of this very program, wherever its script may lie."""

WORK_ENDS_WITHIN_S = 5.0
LOOK_EVERY_S = 0.05
ADDRESS_WITHIN_S = 30.0
GOODBYE_S = 10.0

UNDO_S = 2
"""Seconds in which "Urungkan" works in the demo: long enough to be seen, short enough for a story."""


@asynccontextmanager
async def simulator_process() -> AsyncIterator[Telegram]:
    """A Telegram as a process of its own, on a free port of this machine; it ends with the demo."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", "--port", "0", "--no-limits"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        # Ctrl-C is for the demo alone, which then closes one after the other.
        start_new_session=True,
    )
    try:
        async with Telegram(await _address(process)) as telegram:
            yield telegram
    finally:
        await _end(process)


async def _address(process: asyncio.subprocess.Process) -> str:
    line = ""
    with suppress(TimeoutError):
        async with asyncio.timeout(ADDRESS_WITHIN_S):
            line = (await process.stdout.readline()).decode().strip() if process.stdout else ""
    if not line:
        raise StoryBroke("python -m simulator", "it has not said its address")
    return line


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(GOODBYE_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


@dataclass
class Desk:
    """The folder of the demo, where `lapor` finds its settings in the file `.env`."""

    folder: Path

    @property
    def url(self) -> str:
        """The address of the register."""
        return f"sqlite:///{self.folder / REGISTER}"

    def demand_free(self) -> None:
        """Raises `Mend` when somebody's settings or register lie there already: nothing is ever overwritten."""
        for file in (self.folder / ENV_FILE, self.folder / REGISTER):
            if file.exists():
                raise Mend(f"{file} exists already and is left alone: name another folder")

    async def lapor(self, *args: str) -> str:
        """Runs a `lapor` command as its operator would; raises `StoryBroke` with what it complains of."""
        process = await asyncio.create_subprocess_exec(
            *(*LAPOR, *args),
            cwd=self.folder,
            env=environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            said, complaint = await process.communicate()
        finally:
            # Whoever ends the demo in the middle leaves no command behind.
            await _end(process)
        if process.returncode:
            raise StoryBroke(f"lapor {' '.join(args)}", complaint.decode().strip() or f"status {process.returncode}")
        return said.decode()

    async def furnish(self, telegram_url: str) -> Settings:
        """Makes keys, the register, and the directory."""
        self.demand_free()
        values = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram_url, "DATABASE_URL": self.url}
        name, _, key = (await self.lapor("key", "new")).strip().partition("=")
        values[name] = key
        env = self.folder / ENV_FILE
        env.touch(mode=0o600)
        env.write_text("".join(f"{name}={value}\n" for name, value in values.items()), encoding="utf-8")
        await self.lapor("db", "upgrade")
        await self.lapor("directory", "load", *map(str, sorted(DIRECTORIES.glob("*.yaml"))))
        return self._settings(telegram_url, key)

    def _settings(self, telegram_url: str, key: str) -> Settings:
        """The same settings for the application in this process; nothing of the user's environment gets in."""
        return Settings(
            _env_file=None,
            telegram_token=TOKEN,
            telegram_api_url=telegram_url,
            telegram_proxy=None,
            database_url=self.url,
            lapor_keys=key,
            lapor_log_level="WARNING",
            lapor_workers=4,
            lapor_undo_seconds=UNDO_S,
        )


@dataclass
class Stage:
    """What the story and the audience can do: call people, give `lapor` commands, let time pass."""

    terminal: Terminal
    telegram: Telegram
    desk: Desk
    clock: DemoClock
    application: Application
    house: House
    patience: float = PATIENCE
    players: list[Player] = field(default_factory=list)

    def player(self, part: Part) -> Player:
        """Somebody comes on stage."""
        player = Player(part, self.telegram.phone(part.name), self.terminal, self.patience)
        self.players.append(player)
        return player

    async def lapor(self, *args: str) -> str:
        """The operator gives a command."""
        return await self.desk.lapor(*args)

    async def passes(self, by: timedelta) -> None:
        """Lets time pass: what falls due meanwhile happens now."""
        await self._quiet()
        await self._moved(self.clock.advance(by))

    async def passes_to_morning(self, days: int = 1) -> None:
        """Lets time pass until the morning of the `days`-th working day after today."""
        await self._quiet()
        await self._moved(self.clock.to_next_working_morning(days))

    @property
    def today(self) -> str:
        """The date on the demo's calendar, as the bot writes it."""
        return day(words_for("id"), self.clock.local.date())

    @property
    def now(self) -> str:
        """The moment on the demo's clock, as the bot writes it."""
        return moment(words_for("id"), self.clock(), ZONE)

    async def _moved(self, by: timedelta) -> None:
        await self.telegram.moves_clock(by)
        await self.application.timetable.tick()
        self.application.inbox.wake()
        self.application.scheduling.wake()

    async def _quiet(self) -> None:
        """Waits until no words are being worked: a lease that ran out in a jump would let them be worked twice."""
        with suppress(TimeoutError):
            async with asyncio.timeout(WORK_ENDS_WITHIN_S):
                while await self.telegram.pending_updates() or await self._waiting():  # noqa: ASYNC110 (asked of others)
                    await asyncio.sleep(LOOK_EVERY_S)

    async def _waiting(self) -> int:
        async with self.house.database.reading() as unit:
            return await unit.inbox.waiting()


@asynccontextmanager
async def stage(
    folder: Path, telegram: Telegram, terminal: Terminal, patience: float = PATIENCE
) -> AsyncIterator[Stage]:
    """Builds the stage and runs the application on it; raises what the application ended with, if it ends by itself."""
    desk = Desk(folder)
    settings, _ = await asyncio.gather(desk.furnish(telegram.url), asyncio.to_thread(import_module, "bot.app"))
    from bot.app import Application
    from bot.house import open_house

    clock = DemoClock()
    await telegram.moves_clock(clock() - await telegram.now())
    async with open_house(settings, clock) as house:
        application = Application(settings, house)
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(application.run(stop))
            try:
                yield Stage(terminal, telegram, desk, clock, application, house, patience)
            finally:
                stop.set()
