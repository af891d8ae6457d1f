"""Waits, within bounds, for something that another task will bring about."""

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE_S = 20


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Returns once it is true; raises TimeoutError when it does not become so."""
    async with asyncio.timeout(PATIENCE_S):
        while not await true():  # noqa: ASYNC110 (what is waited for lies in a database, which wakes nobody)
            await asyncio.sleep(0.01)
