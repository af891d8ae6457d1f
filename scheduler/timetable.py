"""The timetable: APScheduler ticks, and whoever leads runs the jobs. The schedule itself stands in the database."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # it ships no types
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]  # it ships no types

from domain.time import Clock
from domain.watch import Watch
from scheduler.jobs import Job
from storage.engine import Database

LEASE = "timetable"
"""The right to run the jobs. It only saves work: what a job owes has a unique key, so a double run is harmless."""

LEASE_TIME = timedelta(seconds=90)
"""Longer than a job's interval, so that one process keeps leading; another leads this long after its end."""

log = logging.getLogger(__name__)


async def perform(job: Job, database: Database, now: datetime) -> int:
    """Runs a job once and writes down that it ran; returns how much it did."""
    count = await job.act(now)
    async with database.work() as work:
        await work.job_runs.ran(job.id, now, count)
        await work.commit()
    return count


class Timetable:
    """Runs the jobs in one process at a time.

    APScheduler knows the wall clock only and is asked for nothing but ticks: what is due, a job decides by `clock`.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        database: Database,
        clock: Clock,
        owed: Callable[[], None] = lambda: None,
        name: str | None = None,
        watch: Watch | None = None,
    ) -> None:
        """Does nothing until `run` or `tick`; `owed` is called when a job has done something.

        A name that outlives a restart lets the next process lead at once, where there is certainly one only.
        """
        self._jobs = tuple(jobs)
        self._database = database
        self._clock = clock
        self._owed = owed
        self._name = name or f"timetable-{secrets.token_hex(4)}"
        self._watch = watch or Watch()
        self._one_at_a_time = asyncio.Lock()
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        """Ticks until it is stopped; a job that runs then is waited for."""
        scheduler = self._scheduler()
        scheduler.start()
        try:
            await self._stopped.wait()
        finally:
            scheduler.pause()
            async with self._one_at_a_time:
                scheduler.shutdown(wait=False)
            await self._step_down()

    def stop(self) -> None:
        """Lets `run` end."""
        self._stopped.set()

    async def tick(self) -> dict[str, int]:
        """Runs every job now, in order; returns how much each did, nothing while another process leads."""
        done = {job.id: await self._run(job) for job in self._jobs}
        return {job: count for job, count in done.items() if count is not None}

    def _scheduler(self) -> AsyncIOScheduler:
        scheduler = AsyncIOScheduler(timezone=UTC)
        for job in self._jobs:
            scheduler.add_job(
                self._run,
                IntervalTrigger(seconds=int(job.every.total_seconds()), timezone=UTC),
                args=(job,),
                id=job.id,
                name=job.caption,
                next_run_time=datetime.now(UTC),
                # The default skips silently what is a second late.
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        return scheduler

    async def _run(self, job: Job) -> int | None:
        """Runs one job, if this process leads."""
        async with self._one_at_a_time:
            now = self._clock()
            leads = await self._lead(now)
            self._watch.beat("timetable")
            if not leads:
                return None
            count = await perform(job, self._database, now)
        self._watch.ran(job.id, count)
        if count:
            log.info("job=%s did=%d", job.id, count)
            self._owed()
        return count

    async def _lead(self, now: datetime) -> bool:
        async with self._database.work() as work:
            fence = await work.leases.acquire(LEASE, self._name, now, LEASE_TIME)
            await work.commit()
        return fence is not None

    async def _step_down(self) -> None:
        try:
            async with self._database.work() as work:
                await work.leases.release(LEASE, self._name)
                await work.commit()
        except Exception as error:  # noqa: BLE001 (an end must not fail because the database is away: the lease runs out)
            log.warning("the right to lead is left to run out: %s", type(error).__name__)
