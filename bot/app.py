"""The running application: what listens, what answers, what delivers and what ticks, in one process."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import secrets
import socket
from contextlib import suppress
from datetime import timedelta

from aiogram import Dispatcher, Router
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError, TelegramUnauthorizedError
from aiogram.types import Update

from bot.composition import House
from bot.inbox import Inbox
from bot.mend import Mend
from bot.middlewares import AnswerTaps, FairUse, Meeting, PrivateOnly
from bot.polling import TOKEN_REFUSED, Polling, chat_key
from bot.settings import Settings
from bot.shown import note_shown
from bot.telegram import open_line, response_types
from handlers import (
    blocking,
    choices,
    citizen_cases,
    citizen_drafts,
    citizen_edits,
    citizen_intake,
    clock_questions,
    compositions,
    coordinator,
    emergency,
    errors,
    evidence,
    fallback,
    language,
    merging,
    officer,
    privacy,
    requests,
    revealing,
    start,
    supporting,
    teamwork,
)
from handlers.activities import Services
from scheduler.delivery import Delivery
from scheduler.delivery_courier import Courier
from scheduler.delivery_fetching import Fetching, Line
from scheduler.jobs import Job, jobs_of, learning_jobs, retention_jobs
from scheduler.timetable import Timetable
from services.learning import Learning
from services.people import TelegramPerson
from services.retaining import Retaining
from storage.engine import Database
from storage.unit_of_work import Cause, UnitOfWork

log = logging.getLogger(__name__)

DRAIN_S = 8
"""Seconds that work in flight has to end after a stop; what does not is done again at the next start."""


def routers() -> tuple[Router, ...]:
    """Who is asked, in this order: typed choices first, staff before citizens, the fallback last."""
    return (
        errors.router(),
        choices.router(),
        start.router(),
        emergency.router(),
        language.router(),
        privacy.router(),
        evidence.router(),
        compositions.router(),
        officer.router(),
        coordinator.router(),
        merging.router(),
        requests.router(),
        teamwork.router(),
        revealing.router(),
        clock_questions.router(),
        citizen_cases.router(),
        citizen_drafts.router(),
        supporting.router(),
        citizen_intake.router(),
        citizen_edits.router(),
        blocking.router(),
        fallback.router(),
    )


def dispatcher(services: Services) -> Dispatcher:
    """Makes the dispatcher. It keeps no state of conversations: the open question is a row of the draft."""
    made = Dispatcher(disable_fsm=True, services=services)
    for middleware in (AnswerTaps(), PrivateOnly(), Meeting(services), FairUse(services)):
        made.update.outer_middleware(middleware)
    for said in (made.message, made.edited_message):
        said.outer_middleware(emergency.Alarm())
    made.include_routers(*routers())
    return made


class Application:
    """Everything that runs, over one house."""

    def __init__(self, settings: Settings, house: House) -> None:
        """Connects nowhere yet."""
        database, clock = house.database, house.office.clock
        self._house = house
        self.bot = open_line(settings)
        self.dispatcher = dispatcher(house.services)
        self.courier = Courier(
            settings.token, settings.telegram_api_url, settings.proxy, source=house.services.evidence
        )
        self.delivery = Delivery(database, house.letters, self.courier, clock, name=steady_name(database, "delivery"))
        self.fetching = Fetching(house.services.evidence, Line(self.courier), clock, self.delivery.wake)
        self.inbox = Inbox(database, clock, self.work, worker_name(database), settings.lapor_workers, self._note_shown)
        self.polling = Polling(self.bot, database, clock, self.inbox.wake)
        jobs = (
            *jobs_of(house.timekeeping),
            asking_again(self.inbox),
            *retention_jobs(Retaining(house.office)),
            *learning_jobs(Learning(house.office)),
            sweeping(house),
        )
        self.timetable = Timetable(
            jobs, database, clock, owed=self.delivery.wake, name=steady_name(database, "timetable")
        )
        self._parts = (self.inbox, self.delivery, self.fetching, self.timetable)
        self._held = response_types()

    async def work(self, payload: str, cause: Cause) -> None:
        """Leads one stored update through the dispatcher; what it owes leaves at once."""
        update = Update.model_validate_json(payload, context={"bot": self.bot})
        try:
            await self.dispatcher.feed_update(self.bot, update, cause=cause)
        except TelegramForbiddenError:
            # Whoever blocks the bot before its answer gets it when they come back: trying again would not help.
            await self._house.services.people.blocked(TelegramPerson(int(chat_key(json.loads(payload)))), cause)
        self.delivery.wake()
        self.fetching.wake()

    async def _note_shown(self, work: UnitOfWork, payload: str) -> None:
        """What the update has shown becomes a row with its end."""
        key = chat_key(json.loads(payload))
        if key.isdigit():
            await note_shown(work, self.bot, int(key), self._house.office.clock())

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop` is set, then ends within ten seconds; raises `Mend` when the token is refused."""
        try:
            await self._introduce()
            await self._take_over()
            await self._all(stop)
        finally:
            await self.close()

    async def close(self) -> None:
        """Hangs up. The house is closed by whoever opened it."""
        await self.courier.close()
        await self.bot.session.close()

    async def _all(self, stop: asyncio.Event) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(None) as limit:
                try:
                    async with asyncio.TaskGroup() as group:
                        polling = group.create_task(self.polling.run())
                        for part in self._parts:
                            group.create_task(part.run())
                        await stop.wait()
                        limit.reschedule(asyncio.get_running_loop().time() + DRAIN_S)
                        polling.cancel()
                        for part in self._parts:
                            part.stop()
                except* Mend as refused:
                    raise refused.exceptions[0] from None
        log.info("stopped")

    async def _introduce(self) -> None:
        """Asks Telegram who we are; while Telegram is away, the polling waits for it."""
        try:
            me = await self.bot.me()
        except TelegramUnauthorizedError:
            raise Mend(TOKEN_REFUSED) from None
        except TelegramAPIError as error:
            log.warning("telegram does not answer yet: %s", type(error).__name__)
        else:
            log.info("listening as @%s", me.username)

    async def _take_over(self) -> None:
        """Gives back the chats that an earlier process of this name held, and asks again what it may not have shown."""
        await self.inbox.take_over()


def asking_again(inbox: Inbox) -> Job:
    """The job that finds the screens that a process has taken with it."""
    caption = "what a process that has ended may not have shown is asked again"
    return Job("ask_again", caption, timedelta(minutes=1), inbox.ask_again)


def sweeping(house: House) -> Job:
    """The job that frees the disk."""
    caption = "files that nothing knows any more are taken away"
    return Job("sweep_files", caption, timedelta(hours=1), house.services.evidence.sweep)


def worker_name(database: Database) -> str:
    """On SQLite there is one process, so it may take over from its predecessor at once; elsewhere leases run out."""
    if database.url.get_backend_name() == "sqlite":
        return "lapor run"
    return f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"[:80]


def steady_name(database: Database, part: str) -> str | None:
    """A name that the next process has too, where there is only one at a time: it then goes on without waiting."""
    return f"{part} of lapor run" if database.url.get_backend_name() == "sqlite" else None


def settle_memory() -> None:
    """Keeps the collector off the heap of the libraries, which never changes (measured: two thirds more updates)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
