"""The updates that wait for the bot: one poller may fetch them, or they are brought to a webhook."""

import asyncio
from typing import Any

from simulator.refusals import Refusal

BATCH_LIMIT = 100
LONGEST_POLL = 50.0
# Telegram sends these only to bots that ask for them by name.
ON_REQUEST_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}

_TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class UpdateQueue:
    """Keeps every update until an offset beyond it confirms that the bot has it."""

    def __init__(self, first_id: int = 100_001) -> None:
        self._next_id = first_id
        self._waiting: list[dict[str, Any]] = []
        self._again: list[dict[str, Any]] = []
        self._repeat = 0
        self._swap = 0
        self.allowed: set[str] = set()
        self.arrived = asyncio.Event()
        self._poller: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, kind: str, payload: dict[str, Any]) -> None:
        """Adds one update, unless the bot has said that it does not want this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST_ONLY
        if not wanted:
            return
        self._waiting.append({"update_id": self._next_id, kind: payload})
        self._next_id += 1
        self._wake()

    def repeat(self, times: int) -> None:
        """Orders that the next confirmed updates are delivered once more, with the same ids."""
        self._repeat += times

    def swap(self, times: int) -> None:
        """Orders that so often an update comes only after the one that follows it; webhooks alone know this."""
        self._swap += times
        self.ring()

    def untwist(self) -> None:
        """Takes the orders to repeat and to swap back."""
        self._repeat = self._swap = 0
        self.ring()

    def forget(self) -> None:
        """Drops whatever waits, as `drop_pending_updates` asks."""
        self._waiting.clear()

    def close(self) -> None:
        """Lets a waiting poller go home."""
        self._wake()

    async def poll(self, offset: int, limit: int, wait: float, allowed: list[str] | None) -> list[dict[str, Any]]:
        """Returns the next updates, waiting up to `wait` seconds for the first one.

        A poll that is still waiting is ended with 409: the newer poller wins, as at Telegram.
        """
        self.refuse_pollers(_TERMINATED)
        if allowed is not None:
            self.allow(allowed)
        self._confirm(offset)
        if not self._waiting and not self._again and wait > 0:
            await self._wait(min(wait, LONGEST_POLL))
        return self._batch(limit)

    async def _wait(self, seconds: float) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        await asyncio.wait([poller], timeout=seconds)
        if poller.done():
            poller.result()
        else:
            self._poller = None

    def allow(self, kinds: list[str]) -> None:
        """Keeps in mind which kinds the bot wants; an empty list means the usual ones."""
        self.allowed = set(kinds)

    def refuse_pollers(self, reason: str) -> None:
        """Ends a poll that is still waiting with 409."""
        if self._poller and not self._poller.done():
            self._poller.set_exception(Refusal(409, reason))

    def ring(self) -> None:
        """Lets whoever brings updates look again."""
        self.arrived.set()
        self.arrived = asyncio.Event()

    def next_to_bring(self, under_way: set[int]) -> dict[str, Any] | None:
        """Returns the oldest update that nobody is bringing, or None; where a swap is ordered, the second oldest."""
        if self._again:
            return self._again.pop(0)
        free = [update for update in self._waiting if update["update_id"] not in under_way]
        if self._swap and free:
            if len(free) < 2:
                return None
            self._swap -= 1
            return free[1]
        return free[0] if free else None

    def take(self, number: int) -> None:
        """Removes an update that was brought; a repetition that was ordered is brought later."""
        taken = [update for update in self._waiting if update["update_id"] == number]
        self._waiting = [update for update in self._waiting if update["update_id"] != number]
        self._note_repeated(taken)

    def _note_repeated(self, confirmed: list[dict[str, Any]]) -> None:
        repeated = confirmed[: self._repeat]
        self._repeat -= len(repeated)
        self._again.extend(repeated)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._waiting[offset:][0]["update_id"] if self._waiting else 0
        confirmed = [update for update in self._waiting if update["update_id"] < offset]
        self._waiting = [update for update in self._waiting if update["update_id"] >= offset]
        self._note_repeated(confirmed)

    def _batch(self, limit: int) -> list[dict[str, Any]]:
        again, self._again = self._again, []
        return (again + self._waiting)[: max(1, min(limit, BATCH_LIMIT))]

    def _wake(self) -> None:
        self.ring()
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
