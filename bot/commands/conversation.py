"""`lapor run`: listens, answers, delivers and keeps the time, in one process."""

from __future__ import annotations

import asyncio
import signal

import typer

from bot.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("run")(run)


def run() -> None:
    """Run everything in one process, until SIGTERM or Ctrl-C."""
    from bot.logs import configure

    settings = Settings.read()
    _ = settings.token, settings.keyring()  # what is missing is said before anything heavy is loaded
    configure(settings.lapor_log_level, settings.secrets)
    asyncio.run(_run(settings))


async def _run(settings: Settings) -> None:
    # aiogram alone takes seconds to import: only this command pays for it.
    from bot.app import Application, settle_memory
    from bot.beginnings import bring_up
    from bot.composition import open_house

    stop = asyncio.Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(wanted, stop.set)
    if settings.on_one_machine:
        await bring_up(settings)
    async with open_house(settings) as house:
        application = Application(settings, house)
        settle_memory()
        await application.run(stop)
