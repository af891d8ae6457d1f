"""What happens by itself: the jobs run in one process at a time, by the domain's clock."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from scheduler.jobs import Job, jobs_of
from scheduler.timetable import LEASE_TIME, Timetable
from storage.engine import Database
from tests.conftest import FakeClock
from tests.scheduler.office import eventually

JOBS = (
    "resume_holds",
    "close_silent",
    "tell_late",
    "ask_outcome",
    "escalate",
    "remind",
    "digests",
    "weekly",
    "remind_unsent",
    "set_apart",
)
"""Every job in its order: statuses move before people are told."""


class FakeTimekeeping:
    """Writes down what it was asked, and when."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, datetime]] = []

    async def resume_holds(self, now: datetime) -> int:
        return self._note("resume_holds", now)

    async def close_silent(self, now: datetime) -> int:
        return self._note("close_silent", now)

    async def tell_late(self, now: datetime) -> int:
        return self._note("tell_late", now)

    async def ask_outcome(self, now: datetime) -> int:
        return self._note("ask_outcome", now)

    async def escalate(self, now: datetime) -> int:
        return self._note("escalate", now)

    async def remind(self, now: datetime) -> int:
        return self._note("remind", now)

    async def digests(self, now: datetime) -> int:
        return self._note("digests", now)

    async def weekly(self, now: datetime) -> int:
        return self._note("weekly", now)

    async def remind_unsent(self, now: datetime) -> int:
        return self._note("remind_unsent", now)

    async def set_apart(self, now: datetime) -> int:
        return self._note("set_apart", now)

    def _note(self, what: str, now: datetime) -> int:
        self.asked.append((what, now))
        return len(what)


class Bell:
    """Counts how often it was rung."""

    def __init__(self) -> None:
        self.rung = 0

    def __call__(self) -> None:
        self.rung += 1


@pytest.fixture
def timekeeping() -> FakeTimekeeping:
    return FakeTimekeeping()


Maker = Callable[..., Timetable]


@pytest.fixture
def timetable(database: Database, clock: FakeClock, timekeeping: FakeTimekeeping) -> Maker:
    def make(*jobs: Job, owed: Callable[[], None] = lambda: None) -> Timetable:
        return Timetable(jobs or jobs_of(timekeeping), database, clock, owed)  # type: ignore[arg-type]

    return make


@asynccontextmanager
async def running(timetable: Timetable) -> AsyncIterator[None]:
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        tasks.create_task(timetable.run())
        try:
            yield
        finally:
            timetable.stop()


async def test_a_tick_runs_every_job_at_the_instant_of_the_given_clock(
    timetable: Maker, timekeeping: FakeTimekeeping, clock: FakeClock
) -> None:
    clock.advance(days=3)
    assert await timetable().tick() == {what: len(what) for what in JOBS}
    assert timekeeping.asked == [(what, clock()) for what in JOBS]


async def test_when_each_job_ran_last_and_had_something_to_do_is_kept(
    timetable: Maker, database: Database, clock: FakeClock
) -> None:
    async def acts_in_the_morning(now: datetime) -> int:
        return int(now < morning)

    morning = clock() + timedelta(hours=1)
    job = Job("morning", "has something to do in the morning", timedelta(hours=1), acts_in_the_morning)
    await timetable(job).tick()
    busy_at = clock()
    clock.advance(hours=2)
    await timetable(job).tick()
    async with database.reading() as work:
        [run] = await work.job_runs.all()
    assert (run.name, run.ran_at, run.count, run.busy_at) == ("morning", clock(), 0, busy_at)


async def test_whoever_delivers_is_woken_by_what_a_job_owes(timetable: Maker) -> None:
    bell = Bell()

    async def owes(_now: datetime) -> int:
        return 1

    async def owes_nothing(_now: datetime) -> int:
        return 0

    hour = timedelta(hours=1)
    await timetable(Job("a", "owes", hour, owes), Job("b", "owes nothing", hour, owes_nothing), owed=bell).tick()
    assert bell.rung == 1


async def test_only_one_process_leads_until_it_ends(
    timetable: Maker, timekeeping: FakeTimekeeping, clock: FakeClock
) -> None:
    leader, other = timetable(), timetable()
    assert await leader.tick()
    assert await other.tick() == {}
    clock.advance(seconds=LEASE_TIME.total_seconds() + 1)
    assert await other.tick()
    assert await leader.tick() == {}


async def test_a_leader_that_stops_lets_the_next_lead_at_once(timetable: Maker, timekeeping: FakeTimekeeping) -> None:
    leader, other = timetable(), timetable()
    async with running(leader):
        await eventually(lambda: _asked(timekeeping, len(JOBS)))
        assert await other.tick() == {}
    assert await other.tick()


async def test_jobs_run_at_the_start_and_again_and_again(timetable: Maker, clock: FakeClock) -> None:
    runs: list[datetime] = []

    async def act(now: datetime) -> int:
        runs.append(now)
        return 1

    async def often() -> bool:
        return len(runs) >= 3

    async with running(timetable(Job("often", "runs often", timedelta(seconds=1), act))):
        await eventually(often)
    assert set(runs) == {clock()}


async def test_a_job_that_fails_is_logged_and_asked_again(timetable: Maker, caplog: pytest.LogCaptureFixture) -> None:
    runs = 0

    async def act(_now: datetime) -> int:
        nonlocal runs
        runs += 1
        raise RuntimeError("the first time it failed")

    async def twice() -> bool:
        return runs >= 2

    async with running(timetable(Job("fails", "fails", timedelta(seconds=1), act))):
        await eventually(twice)
    assert "the first time it failed" in caplog.text


async def test_stopping_waits_for_the_job_that_runs(timetable: Maker) -> None:
    begun, ended = asyncio.Event(), False

    async def slow(_now: datetime) -> int:
        nonlocal ended
        begun.set()
        await asyncio.sleep(0.2)
        ended = True
        return 1

    async with running(timetable(Job("slow", "is slow", timedelta(hours=1), slow))):
        await begun.wait()
    assert ended


def test_every_job_has_a_caption_and_an_id_of_its_own(timekeeping: FakeTimekeeping) -> None:
    jobs = jobs_of(timekeeping)  # type: ignore[arg-type]
    assert len({job.id for job in jobs}) == len({job.caption for job in jobs}) == len(JOBS)


async def _asked(timekeeping: FakeTimekeeping, times: int) -> bool:
    return len(timekeeping.asked) >= times
