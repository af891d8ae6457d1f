"""A scheduler process for tests: ticks by a clock that all such processes share, until its last instant is over.

Run as `python ticking.py URL BEGAN STEP INSTANT...`: the n-th instant lasts from BEGAN + n * STEP seconds of wall time.
"""

import asyncio
import sys
import time
from datetime import datetime

from routing.directory import Directory as RoutingDirectory
from routing.matcher import AgencyMatcher
from scheduler.jobs import jobs_of
from scheduler.timetable import Timetable
from services.office import Office
from services.timekeeping import Timekeeping
from storage.crypto import Keyring
from storage.engine import Database
from storage.seed.regulation import seed_regulations
from tests.conftest import TEST_KEY


async def main(url: str, began: float, step: float, instants: list[datetime]) -> None:
    """Ticks all the time, and says on stdout whenever it has led."""

    def place() -> int:
        return max(0, int((time.time() - began) / step))

    def clock() -> datetime:
        return instants[min(place(), len(instants) - 1)]

    database = Database.open(url, Keyring.parse(TEST_KEY), clock)
    matcher = AgencyMatcher.load(RoutingDirectory.from_parts([], []))
    office = Office(database, clock, seed_regulations(), matcher)
    timetable = Timetable(jobs_of(Timekeeping(office)), database, clock)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while place() < len(instants):
        if await timetable.tick():
            sys.stdout.write("led\n")
            sys.stdout.flush()
        await asyncio.sleep(0.01)
    await database.dispose()


if __name__ == "__main__":
    asyncio.run(
        main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), list(map(datetime.fromisoformat, sys.argv[4:])))
    )
