"""Several processes with one database never do the same work twice, and miss nothing when one of them is killed."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.lifecycle import Action, Role
from domain.messages import Notice
from scheduler.jobs import jobs_of
from services.timekeeping import Timekeeping
from storage.tables_complaints import Event
from storage.tables_messages import OutboxMessage
from storage.tables_time import Escalation
from tests.conftest import FakeClock
from tests.eavesdropping import ended
from tests.services.conftest import AtWork, Town, jakarta

ROOT = Path(__file__).parents[2]
DAYS = ("2026-04-15", "2026-04-16", "2026-04-17", "2026-04-20", "2026-04-21")
INSTANTS = [jakarta(f"{day} {hour}") for day in DAYS for hour in ("07:30", "11:00", "15:30")]
STEP = 1.0
"""Seconds of wall time that one instant lasts."""

postgresql = pytest.mark.parametrize("place", ["postgresql"], indirect=True)


async def staffed(town: Town, clock: FakeClock) -> AtWork:
    case = await town.at_work(clock)
    await town.hires(40, Role.UNIT_HEAD, "dprkp")
    await town.hires(50, Role.PROVINCE_HUB)
    return case


async def process(url: str, began: float) -> Process:
    arguments = (url, str(began), str(STEP), *(instant.isoformat() for instant in INSTANTS))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    script = str(Path(__file__).with_name("ticking.py"))
    return await asyncio.create_subprocess_exec(
        sys.executable, script, *arguments, stdout=PIPE, stderr=PIPE, env=environment
    )


async def everything(town: Town) -> tuple[list[OutboxMessage], list[Escalation], list[Event]]:
    async with town.office.database.reading() as work:
        return (
            list(await work._session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))),
            list(await work._session.scalars(select(Escalation).order_by(Escalation.id))),
            list(await work._session.scalars(select(Event).where(Event.action == Action.ESCALATE))),
        )


@postgresql
async def test_three_processes_one_of_them_killed_do_a_weeks_work_once(
    town: Town, clock: FakeClock, database_url: str
) -> None:
    await staffed(town, clock)
    before = len((await everything(town))[0])
    # While they start they stand on the first instant together.
    began = time.time() + 8
    processes = [await process(database_url, began) for _ in range(3)]
    async with asyncio.timeout(120):
        for each in processes:
            assert each.stdout is not None
            assert await each.stdout.readline() == b"ready\n"
        await asyncio.sleep(max(0.0, began - time.time()) + STEP * 5.5)
        processes[0].kill()
        said = [await ended(each) for each in processes]
    assert [each.returncode for each in processes] == [-9, 0, 0]
    assert any(b"led" in out for out, _ in said[1:])

    messages, levels, events = await everything(town)
    owed = Counter(message.kind for message in messages[before:])
    assert owed == {
        Notice.REMINDER: 2 * len(DAYS),  # the officer and the unit's head
        Notice.DIGEST: len(DAYS),
        Notice.WEEKLY: 1,
        Notice.LATE: 1,
        Notice.ESCALATION: 3,
    }
    assert [level.tier for level in levels] == [Role.UNIT_HEAD, Role.COORDINATOR, Role.PROVINCE_HUB]
    assert len(events) == 3


async def test_even_without_the_lease_the_same_minute_twice_owes_nothing_twice(town: Town, clock: FakeClock) -> None:
    await staffed(town, clock)
    clock.set(jakarta("2026-04-21 08:00"))
    before = len((await everything(town))[0])
    jobs = [Timekeeping(town.office) for _ in range(3)]
    for name in ("tell_late", "escalate", "remind", "digests", "weekly", "remind_unsent"):
        counts = await asyncio.gather(*(getattr(each, name)(clock()) for each in jobs))
        assert sorted(counts)[:2] == [0, 0], name
    messages, levels, events = await everything(town)
    assert Counter(message.kind for message in messages[before:]) == {
        Notice.LATE: 1,
        Notice.ESCALATION: 1,
        Notice.REMINDER: 2,
        Notice.DIGEST: 1,
    }
    assert (len(levels), len(events)) == (1, 1)


async def test_after_a_week_of_downtime_there_is_one_of_each_and_no_storm(town: Town, clock: FakeClock) -> None:
    await staffed(town, clock)
    clock.set(jakarta("2026-04-23 08:00"))
    before = len((await everything(town))[0])
    for _ in range(5):
        for job in jobs_of(town.timekeeping):
            await job.act(clock())
        clock.advance(minutes=1)
    owed = Counter((message.person_id, message.kind) for message in (await everything(town))[0][before:])
    assert set(owed.values()) == {1}
