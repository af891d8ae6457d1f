"""An ear at every log of every test: who files complaints in tests must not be found in any line."""

from __future__ import annotations

import logging

from bot.logs import Discreet
from simulator.server import TOKEN
from tests.planted import KEY, NAMES, TEXTS

UNHEARD = (*NAMES, *TEXTS, KEY, TOKEN)


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
        line = self.format(said)
        self.caught += [line for word in UNHEARD if word in line]
