"""The daily work of an office over one filled register, call by call, through the services as people use them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from time import time_ns

from benchmarks.kit.register import ADMIN, BIG, BIG_UNIT, CITIZEN, COORDINATOR, NOW, OFFICER
from domain.lifecycle import Role
from domain.messages import Notice
from domain.permissions import Actor, Membership
from domain.scopes import NATION
from routing.directory import Directory as RoutingDirectory
from routing.matcher import AgencyMatcher
from scheduler.jobs import jobs_of
from services.caller import Caller
from services.export_sheets import Form
from services.exporting import Exporting, ExportRequest
from services.figures import Evaluation, Figures
from services.handling import Handling
from services.office import Office
from services.oversight import Oversight
from services.seeding import Seeding
from services.timekeeping import Timekeeping
from services.tracking import Tracking
from storage.crypto import Keyring
from storage.engine import Database
from storage.queries.inbox import Arrived, Claim
from storage.rehearsal import rehearsing
from storage.seed.regulation import seed_regulations

WAITING = 1_000
"""Messages and updates that wait while claims are measured."""


@dataclass
class Watch:
    """The register's clock: it stands still unless it is moved."""

    instant: datetime = NOW

    def __call__(self) -> datetime:
        """The instant that it shows."""
        return self.instant

    def advance(self, seconds: float) -> datetime:
        """Moves on, so that nobody is written to twice within a second."""
        self.instant += timedelta(seconds=seconds)
        return self.instant


@dataclass
class Town:
    """The services over one register."""

    database: Database
    watch: Watch = field(default_factory=Watch)

    def __post_init__(self) -> None:
        """Nobody is routed to here, so the matcher knows no government."""
        matcher = AgencyMatcher.load(RoutingDirectory.from_parts([], []))
        self.office = Office(self.database, self.watch, seed_regulations(), matcher)
        self.officer = _caller(OFFICER, Membership(Role.OFFICER, BIG, BIG_UNIT))
        self.coordinator = _caller(COORDINATOR, Membership(Role.COORDINATOR, BIG))
        self.citizen = _caller(CITIZEN)
        self.admin = _caller(ADMIN, Membership(Role.NATIONAL_ADMIN))

    async def opens(self) -> None:
        """Seeds what is missing, and owes work that waits: messages to many people, updates of many chats.

        Its numbers are new each time, since the register may have been measured before.
        """
        await Seeding(self.office).seed()
        first = time_ns() // 1_000_000
        async with self.database.work() as work:
            for n in range(WAITING):
                await work.outbox.add(f"waiting:{first + n}", 100 + n, Notice.REMINDER, NOW)
            await work.inbox.store([Arrived(first + n, str(n % 300), "{}") for n in range(WAITING)], NOW)
            await work.commit()

    async def queue(self) -> None:
        """The first page of the unit's queue."""
        await Handling(self.office).queue(self.officer)

    async def deep_queue(self) -> None:
        """A page far down."""
        await Handling(self.office).queue(self.officer, 100)

    async def own_list(self) -> None:
        """A citizen's list."""
        await Tracking(self.office).mine(self.citizen)

    async def waiting_list(self) -> None:
        """What nobody has verified at a coordinator's desk."""
        await Oversight(self.office).unverified(self.coordinator)

    async def digest(self) -> None:
        """A coordinator's day."""
        await Oversight(self.office).digest(self.coordinator)

    async def claim_messages(self) -> None:
        """Takes due messages and marks them as sent."""
        now = self.watch.advance(2)
        async with self.database.work() as work:
            await work.outbox.once_more(now)
            rows = await work.outbox.claim_due("bench", now, 4, timedelta(seconds=30))
            await work.commit()
        for row in rows:
            async with self.database.work() as work:
                await work.outbox.sent({row.id: row.id}, now)
                await work.commit()

    async def claim_update(self) -> None:
        """Takes an update, works it and gives its chat back; raises `RuntimeError` when none waits."""
        async with self.database.work() as work:
            claims = await work.inbox.claim("bench", self.watch(), timedelta(seconds=30), 1)
            await work.commit()
        if not claims or not isinstance(claims[0], Claim):
            raise RuntimeError("no update waits")
        async with self.database.work(claims[0].cause) as work:
            await work.commit()
        async with self.database.work() as work:
            await work.inbox.finish([claims[0]], self.watch())
            await work.commit()

    async def month(self) -> None:
        """The figures of a government's month."""
        await Evaluation(self.office).of("99.01", date(2026, 3, 1))

    async def nation(self, first: date, last: date) -> None:
        """The national figures of a span."""
        async with self.database.reading() as work:
            await Figures(self.office, work, self.admin.actor).of(NATION, first, last)

    async def pulse(self) -> None:
        """What /metrics asks."""
        async with self.database.reading() as work:
            await work.pulses.at(self.watch())

    @asynccontextmanager
    async def morning(self) -> AsyncIterator[Timekeeping]:
        """The jobs on a stage where nothing is kept."""
        async with rehearsing(self.database, self.watch) as database:
            yield Timekeeping(replace(self.office, database=database))

    async def export(self, limit: int) -> AsyncIterator[int]:
        """The complaints of each batch of one export, until there are so many."""
        exporting, count = Exporting(self.office), 0
        opened = await exporting.open(ExportRequest(Form.CSV, government="99.01"))
        async for batch in exporting.batches(opened):
            count += len(batch)
            yield len(batch)
            if count >= limit:
                return


async def minute(timekeeping: Timekeeping) -> None:
    """Every job of the timetable that is asked each minute."""
    for job in jobs_of(timekeeping):
        await job.act(NOW)


async def town_of(url: str, key: str) -> Town:
    """The town of a filled register, at work."""
    watch = Watch()
    town = Town(Database.open(url, Keyring.parse(key), watch), watch)
    await town.opens()
    return town


def _caller(person: int, *memberships: Membership) -> Caller:
    return Caller(person, Actor(person, memberships), "id")
