"""Takes the time of calls twice: by the clock, and of the processors, ours and the database server's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.kit.machine import at, ended_children_s, running_children_s


@dataclass
class Times:
    """What each call took, in milliseconds: the clock hears whatever else the machine does, the processors do not."""

    clock: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)

    def shown(self) -> str:
        """Median and 99th percentile of both."""
        clock, work = self.clock, self.work
        return f"{at(clock, 0.5):9.1f} /{at(clock, 0.99):8.1f}{at(work, 0.5):9.1f} /{at(work, 0.99):8.1f}"


@dataclass
class Stopwatch:
    """`server`: the process of a database server whose children work for us; None: there is no server."""

    server: int | None

    @asynccontextmanager
    async def taken(self, times: Times) -> AsyncIterator[None]:
        """Adds what is done inside."""
        began, worked = perf_counter(), self._worked_s()
        yield
        times.work.append(1_000 * (self._worked_s() - worked))
        times.clock.append(1_000 * (perf_counter() - began))

    def _worked_s(self) -> float:
        if self.server is None:
            return process_time()
        return process_time() + running_children_s(self.server) + ended_children_s(self.server)


def server_in(folder: Path) -> int:
    """The process of the PostgreSQL server whose data lies in a folder."""
    return int((folder / "postmaster.pid").read_text().partition("\n")[0])
