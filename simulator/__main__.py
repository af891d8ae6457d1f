"""`python -m simulator`: a Telegram as a process of its own."""

import argparse
import asyncio
import signal
import sys

from simulator.limits import Limits
from simulator.server import TOKEN, SimulatedTelegram


def main() -> None:
    """Runs until SIGTERM or SIGINT; the first line it prints is the address."""
    parser = argparse.ArgumentParser(prog="simulator", description="A Telegram on this machine.")
    parser.add_argument("--port", type=int, default=0, help="loopback port; 0 takes a free one")
    parser.add_argument("--token", default=TOKEN, help="the one bot token that is accepted")
    parser.add_argument("--no-limits", action="store_true", help="let messages through at any rate")
    chosen = parser.parse_args()
    asyncio.run(_serve(chosen.port, chosen.token, Limits.off() if chosen.no_limits else Limits()))


async def _serve(port: int, token: str, limits: Limits) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stop.set)
    async with SimulatedTelegram(port=port, token=token, limits=limits) as telegram:
        sys.stdout.write(f"{telegram.url}\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    main()
