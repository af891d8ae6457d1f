"""What happens by itself, as one process or as a part of one: delivery, fetching of files, the timetable."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.amends import Amends
from bot.house import House
from bot.running import run_parts
from bot.settings import Settings
from domain.groups import BETWEEN_CALLS
from scheduler.delivery import Delivery
from scheduler.delivery_courier import Courier
from scheduler.delivery_fetching import Fetching, Line
from scheduler.delivery_group_calls import GroupCourier
from scheduler.delivery_groups import GroupDelivery
from scheduler.jobs import Job, backup_jobs, jobs_of, learning_jobs, retention_jobs
from scheduler.leaving import LeavingRounds
from scheduler.timetable import Timetable
from services.backing_up import BackingUp
from services.group_post import GroupPost
from services.learning import Learning
from services.leaving import Leaving
from services.retaining import Retaining
from services.rewinding import Rewinding
from storage.engine import Database


class Scheduling:
    """Delivers and keeps the timetable. Of several such processes one delivers and one leads; others stand by."""

    def __init__(self, settings: Settings, house: House, between: timedelta = BETWEEN_CALLS) -> None:
        """Connects nowhere yet. `between` is how far apart the calls to one group are."""
        database, clock, watch = house.database, house.office.clock, house.office.watch
        self.courier = Courier(
            settings.token,
            settings.telegram_api_url,
            settings.proxy,
            source=house.services.evidence,
            between=between,
        )
        self.delivery = Delivery(
            database, house.letters, self.courier, clock, name=steady_name(database, "delivery"), watch=watch
        )
        self.fetching = Fetching(house.services.evidence, Line(self.courier), clock, self.delivery.wake)
        self.leaving = LeavingRounds(Leaving(house.office), self.wake)
        self.group_delivery = GroupDelivery(
            GroupPost(house.office, between), GroupCourier(self.courier.bot), self.delivery.leads, self.delivery.wake
        )
        jobs = (
            *jobs_of(house.timekeeping),
            asking_again(house),
            rewinding(house),
            *retention_jobs(Retaining(house.office)),
            *learning_jobs(Learning(house.office)),
            *backup_jobs(BackingUp(house.office, house.services.evidence.files)),
            sweeping(house),
        )
        self.timetable = Timetable(
            jobs, database, clock, owed=self.wake, name=steady_name(database, "timetable"), watch=watch
        )
        self.parts = (self.delivery, self.leaving, self.group_delivery, self.fetching, self.timetable)

    def wake(self) -> None:
        """Something may be owed: looks at once instead of at the next poll."""
        self.delivery.wake()
        self.leaving.wake()
        self.group_delivery.wake()
        self.fetching.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Runs as a process of its own until `stop` is set, then ends within ten seconds."""
        try:
            await run_parts(self.parts, stop)
        finally:
            await self.close()

    async def close(self) -> None:
        """Hangs up. The house is closed by whoever opened it."""
        await self.courier.close()


def asking_again(house: House) -> Job:
    """The job that finds the screens that a process has taken with it."""
    caption = "what a process that has ended may not have shown is asked again"
    return Job("ask_again", caption, timedelta(minutes=1), Amends(house.database, house.office.clock).ask_again)


def rewinding(house: House) -> Job:
    """The job that sets right what a clock has done that was wrong."""
    caption = "what waits for an instant of a clock that was set back waits no more"
    return Job("rewind", caption, timedelta(minutes=1), Rewinding(house.office).rewind)


def sweeping(house: House) -> Job:
    """The job that frees the disk."""
    caption = "files that nothing knows any more are taken away"
    return Job("sweep_files", caption, timedelta(hours=1), house.services.evidence.sweep)


def steady_name(database: Database, part: str) -> str | None:
    """A name that the next process has too, where there is only one at a time: it then goes on without waiting."""
    return f"{part} of lapor run" if database.url.get_backend_name() == "sqlite" else None
