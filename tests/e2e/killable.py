"""The application in a process of its own that ends itself by SIGKILL at the N-th write after a file says N.

Started by `test_killed.py` with the settings in the environment. Only the tests know this door: the program has none.
"""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.app import Application
from bot.composition import open_house
from bot.logs import configure
from bot.settings import Settings

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


class Fuse:
    """Counts the writes and commits since the file appeared, and ends the process at the chosen one."""

    def __init__(self, order: Path) -> None:
        """Is harmless until the file `order` holds a number."""
        self._order = order
        self._burnt = 0
        self._dirty = False
        event.listen(Engine, "before_cursor_execute", self._before_statement)
        event.listen(Engine, "commit", self._before_commit)

    def _before_statement(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if WRITES.match(statement):
            self._dirty = True
            self._burn()

    def _before_commit(self, _connection: Any) -> None:
        if self._dirty:
            self._dirty = False
            self._burn()

    def _burn(self) -> None:
        if not self._order.exists():
            return
        self._burnt += 1
        if self._burnt == int(self._order.read_text()):
            os.kill(os.getpid(), signal.SIGKILL)


async def main(order: Path) -> None:
    """Runs the application until SIGTERM, or until the fuse burns."""
    Fuse(order)
    settings = Settings.read()
    configure(settings.lapor_log_level, settings.secrets)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with open_house(settings) as house:
        await Application(settings, house).run(stop)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
