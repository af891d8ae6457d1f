"""Written words leave: what their writer may not take back any more takes its effect, within a second or so."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from datetime import timedelta

from scheduler.rounds import Rounds
from services.leaving import Leaving
from storage.races import Stale

POLL = timedelta(seconds=1)

log = logging.getLogger(__name__)


class LeavingRounds(Rounds):
    """Looks for what is due to leave; several processes may, since each row is held while it leaves."""

    def __init__(self, leaving: Leaving, owed: Callable[[], None] = lambda: None, poll: timedelta = POLL) -> None:
        """Does nothing until `run`; `owed` is called when words have left: letters about them are owed now."""
        super().__init__()
        self._leaving = leaving
        self._owed = owed
        self._poll = poll

    async def run(self) -> None:
        """Settles until it is stopped."""
        while not self._stopped:
            await self.round()
            await self._rest(self._poll.total_seconds())

    async def round(self) -> int:
        """Lets everything leave that is due; returns how much did."""
        try:
            due = await self._leaving.due()
        except Exception as error:  # noqa: BLE001 (whatever ails the database, words leave when it is well)
            log.warning("leaving words wait: %s", type(error).__name__)
            return 0
        left = sum([await self._settle(person_id) for person_id in due])
        if due:
            self._owed()
        return left

    async def _settle(self, person_id: int) -> bool:
        try:
            return await self._leaving.settle(person_id)
        except Stale:
            # Somebody changed the complaint in the same moment: it is decided anew at the next look.
            return False
        except Exception as error:
            # A fault of the program or of the database: others leave meanwhile, and this one is tried again later.
            log.exception("words of %s could not leave: %s", person_id, type(error).__name__)
            with contextlib.suppress(Exception):
                await self._leaving.put_off(person_id)
            return False
