"""`lapor run`, `lapor bot`, `lapor scheduler`: what serves people, in one process or in several."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import typer
import uvloop

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.house import House


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (run, bot, scheduler):
        app.command()(command)


def run() -> None:
    """Run everything in one process, until SIGTERM or Ctrl-C."""
    settings = _prepared()
    _ = settings.address
    uvloop.run(_run(settings))


def bot() -> None:
    """Run the conversation alone; of several, all listen at LAPOR_WEBHOOK_URL."""
    settings = _prepared()
    _ = settings.address
    uvloop.run(_bot(settings))


def scheduler() -> None:
    """Run delivery and the timetable alone; of several, one works and the others stand by."""
    uvloop.run(_scheduler(_prepared()))


def _prepared() -> Settings:
    """The settings; what is missing is said before anything heavy is loaded."""
    from bot.logs import configure

    settings = Settings.read()
    _ = settings.token, settings.keyring()
    configure(settings.lapor_log_level, settings.secrets, settings.lapor_log_format)
    return settings


async def _run(settings: Settings) -> None:
    from bot.alone import BOT, SCHEDULER

    async with _opened(settings, BOT, SCHEDULER) as (house, stop):
        # aiogram alone takes seconds to import: only these commands pay for it.
        from bot.app import Application, settle_memory

        application = Application(settings, house)
        settle_memory()
        await application.run(stop)


async def _bot(settings: Settings) -> None:
    from bot.alone import BOT

    async with _opened(settings, BOT) as (house, stop):
        from bot.app import Conversation, settle_memory

        conversation = Conversation(settings, house)
        settle_memory()
        await conversation.run(stop)


async def _scheduler(settings: Settings) -> None:
    from bot.alone import SCHEDULER

    async with _opened(settings, SCHEDULER) as (house, stop):
        from bot.scheduling import Scheduling

        await Scheduling(settings, house).run(stop)


@asynccontextmanager
async def _opened(settings: Settings, *kinds: str) -> AsyncIterator[tuple[House, asyncio.Event]]:
    """The house, for the one process of these kinds where the register is a file; and what is set to end it."""
    from bot.alone import alone
    from bot.window import watched_house

    stop = _stop()
    with alone(settings, *kinds):
        await _bring_up(settings)
        async with watched_house(settings) as house:
            yield house, stop


async def _bring_up(settings: Settings) -> None:
    from bot.alone import one_after_the_other
    from bot.beginnings import bring_up

    if settings.on_one_machine:
        with one_after_the_other(settings):
            await bring_up(settings)


def _stop() -> asyncio.Event:
    """Is set when the process is asked to end."""
    stop = asyncio.Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(wanted, stop.set)
    return stop
