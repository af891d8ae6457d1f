"""The beat in which messages leave: evenly, as fast as is allowed on the whole, whoever in this process sends them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.ext import AIORateLimiter

SAVED = 2
"""Places that may be made up for after the processor was busy elsewhere: the rate is held and no burst comes of it."""

LONGEST_S = 0.2
"""However much is spoken in dialogues: so often at least something that is owed may leave."""

Answer = bool | dict[str, Any] | list[dict[str, Any]]


class Beat:
    """Gives out places, one after the other, in the order of asking."""

    def __init__(self, a_second: float) -> None:
        """Begins with the first place."""
        self._apart = 1 / a_second
        self._next = float("-inf")
        self._queue = asyncio.Lock()

    async def turn(self) -> None:
        """Waits for the next place and takes it."""
        async with self._queue:
            wait = self._next - _now()
            if wait > 0:
                await asyncio.sleep(wait)
            self._next = self._after(_now())

    def taken(self) -> None:
        """A dialogue has sent something, which waits for no place: what is owed leaves so much later."""
        now = _now()
        self._next = min(self._after(now), now + LONGEST_S)

    def _after(self, now: float) -> float:
        return max(self._next, now - SAVED * self._apart) + self._apart


class InBeat(AIORateLimiter):
    """The library's limiter for groups; each message takes its place in the beat once its group is ready for it.

    The library's own limit over all chats makes up for nothing, so it stays below its rate; and it sees no dialogue.
    """

    def __init__(self, beat: Beat, between_s: float) -> None:
        """Calls to one group are `between_s` seconds apart. Nothing is tried again behind our back."""
        super().__init__(overall_max_rate=0, group_max_rate=1, group_time_period=between_s, max_retries=0)
        self._beat = beat

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Waits for the group and for the place, then calls."""

        async def in_turn(*args: Any, **kwargs: Any) -> Answer:
            if data.get("chat_id") is not None:
                await self._beat.turn()
            return await callback(*args, **kwargs)

        return await super().process_request(in_turn, args, kwargs, endpoint, data, rate_limit_args)


def _now() -> float:
    return asyncio.get_running_loop().time()
