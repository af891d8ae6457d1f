"""`lapor demo`: the whole road of one complaint in the terminal, then phones in the browser, without a token."""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
import sys
import tempfile
from collections.abc import Coroutine
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.demo.bubbles import Terminal

BROKEN = 1
"""Exit status when the story could not be told to its end."""

INTERRUPTED = 130
"""Exit status after Ctrl-C where somebody waits for the end of the story."""

LOG = "laporbot-demo.log"


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("demo")(demo)


def demo(
    once: Annotated[bool, typer.Option("--once", help="End after the story instead of staying up.")] = False,
    phones: Annotated[bool, typer.Option("--phones", help="Skip the story: only the phones in the browser.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="No pauses between the bubbles.")] = False,
    folder: Annotated[
        Path | None, typer.Option(help="Keep everything in this folder instead of a temporary one.")
    ] = None,
) -> None:
    """Tell the story of one complaint, then open three phones in the browser; no token is needed."""
    from bot.demo.performance import perform
    from bot.demo.stage import simulator_process

    if once and phones:
        raise typer.BadParameter("--once ends after the story, --phones has none: choose one of them")
    place = _place(folder)
    _log_to(place / LOG)
    terminal = _terminal(at_once=once or fast or phones)
    performance = perform(terminal, place, simulator_process(), once=once, story=not phones)
    status = run(performance, once=once)
    if status == BROKEN:
        sys.stderr.write(f"The log: {place / LOG}\n")
    elif folder is None:
        logging.shutdown()
        shutil.rmtree(place)
    raise typer.Exit(status)


def run(performance: Coroutine[Any, Any, None], *, once: bool) -> int:
    """Runs a performance and returns the exit status; a story that breaks says where and why on stderr."""
    from bot.demo.cast import StoryBroke

    try:
        asyncio.run(_until_asked(performance))
    except StoryBroke as broken:
        sys.stderr.write(f'\nlapor demo: the story broke at "{broken.step}": {broken.reason}\n')
        return BROKEN
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED if once else 0
    return 0


async def _until_asked(performance: Coroutine[Any, Any, None]) -> None:
    """Ends at SIGTERM as at Ctrl-C."""
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await performance


def _terminal(*, at_once: bool) -> Terminal:
    from bot.demo.bubbles import AT_ONCE, HUMAN, Terminal
    from locales.translator import words_for

    if isinstance(sys.stdout, TextIOWrapper):
        # A console that cannot write “ or … shows a question mark and goes on.
        sys.stdout.reconfigure(errors="replace")
    return Terminal(words_for("id"), pace=AT_ONCE if at_once else HUMAN)


def _place(folder: Path | None) -> Path:
    """The folder that was named, or a temporary one of its own."""
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="laporbot-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def _log_to(file: Path) -> None:
    """Keeps the application's log out of the story."""
    from bot.logs import Discreet

    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(Discreet(()))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
