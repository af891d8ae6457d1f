"""Many calls within a moment ring once; none is forgotten."""

import asyncio

from bot.soon import Soon


async def test_a_burst_rings_once_and_what_comes_later_rings_again() -> None:
    heard: list[str] = []
    rung = asyncio.Event()

    def ring() -> None:
        heard.append("rung")
        rung.set()

    soon = Soon(ring, moment=0)
    for _ in range(5):
        soon()
    assert heard == []
    await rung.wait()
    assert heard == ["rung"]
    rung.clear()
    soon()
    await rung.wait()
    assert heard == ["rung", "rung"]
