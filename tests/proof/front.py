"""One address before several processes: connections go round, and past those that are away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import count


@asynccontextmanager
async def front(ports: Sequence[int]) -> AsyncIterator[int]:
    """Listens on a free port and hands every connection to one of the ports, in turn."""
    turn = count()

    async def hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = next(turn)
        for step in range(len(ports)):
            with suppress(OSError):
                inner = await asyncio.open_connection("127.0.0.1", ports[(first + step) % len(ports)])
                async with asyncio.TaskGroup() as both:
                    both.create_task(_pump(reader, inner[1]))
                    both.create_task(_pump(inner[0], writer))
                return
        writer.close()

    server = await asyncio.start_server(hand_on, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        with suppress(OSError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
    finally:
        writer.close()
