"""An ear at every log of every test: who files complaints in tests must not be found in any line."""

from __future__ import annotations

import logging
from asyncio.subprocess import Process
from pathlib import Path

from bot.logs import Discreet
from simulator.server import TOKEN
from tests.planted import DOOR, KEY, NAMES, TEXTS

UNHEARD = (*NAMES, *TEXTS, DOOR, KEY, TOKEN)


_PAPERS: list[Path] = []
_SAID: list[str] = []


def kept_for_the_ear(file: Path) -> Path:
    """A process of its own writes its log here; it is read at the end of the test."""
    _PAPERS.append(file)
    return file


def overhear(said: str) -> str:
    """What a process of its own has said on stderr."""
    _SAID.append(said)
    return said


async def ended(process: Process, given: bytes | None = None) -> tuple[bytes, str]:
    """Waits until a process of its own has ended; returns what it printed, and what it said on stderr, overheard.

    What went elsewhere than into a pipe is empty here.
    """
    printed, said = await process.communicate(given)
    return printed or b"", overhear((said or b"").decode())


def from_elsewhere() -> list[str]:
    """What processes of their own have said since this was asked last and should not have: whole lines."""
    texts = [*_SAID, *(file.read_text() for file in _PAPERS if file.exists())]
    _SAID.clear()
    _PAPERS.clear()
    return [line for text in texts for line in _gossip(text)]


def _gossip(text: str) -> list[str]:
    """The lines that name somebody or tell a secret."""
    return [line for line in text.splitlines() if any(word in line for word in UNHEARD)]


class Ear(logging.Handler):
    """Hears what would be written where the program really runs, and keeps what names somebody."""

    def __init__(self) -> None:
        """Begins with silence."""
        super().__init__(logging.INFO)
        self.setFormatter(Discreet([]))
        self.caught: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Listens to one line; places in code are left out, because code of tests names everybody."""
        said = logging.LogRecord(record.name, record.levelno, "", 0, record.msg, record.args, None)
        self.caught += _gossip(self.format(said))
