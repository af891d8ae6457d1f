"""The running application: who listens and answers, alone or together with what happens by itself."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import secrets
import socket
import sys
from collections.abc import Callable
from datetime import timedelta

from aiogram import Dispatcher
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import Update

from bot.attention import Attention
from bot.house import House
from bot.inbox import Inbox
from bot.mend import Mend
from bot.middlewares import AnswerTaps, FairUse, InGroups, Meeting
from bot.outage import Outage
from bot.polling import TOKEN_REFUSED, Polling
from bot.running import run_parts
from bot.scheduling import Scheduling
from bot.settings import Address, Settings
from bot.shown import note_shown
from bot.soon import Soon
from bot.storing import chat_key
from bot.telegram import Counted, open_line, response_types
from bot.webhook import GAP, Webhook
from domain.groups import BETWEEN_CALLS
from handlers import (
    accusations,
    blocking,
    canned,
    choices,
    citizen_cases,
    citizen_drafts,
    citizen_edits,
    citizen_intake,
    clock_questions,
    coordinator,
    desk_compositions,
    emergency,
    errors,
    evidence,
    exporting,
    fallback,
    figures,
    group_desk,
    groups,
    language,
    merging,
    officer,
    practice,
    privacy,
    requests,
    revealing,
    staffing,
    start,
    supporting,
    teamwork,
)
from handlers.activities import Services
from handlers.group_gate import Gate
from handlers.showing import Told
from handlers.talk import Talk
from services.attuning import Attuning
from services.people import TelegramPerson
from storage.engine import Database
from storage.unit_of_work import Cause

log = logging.getLogger(__name__)

OUTAGES = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter)
"""What is tried again for as long as it lasts: what somebody wrote must not be lost because an answer cannot leave."""


def routers() -> tuple[Talk, ...]:
    """Who is asked, in this order: typed choices first, staff before citizens, the fallback last."""
    return (
        errors.router(),
        choices.router(),
        start.router(),
        emergency.router(),
        language.router(),
        privacy.router(),
        evidence.router(),
        practice.router(),
        desk_compositions.router(),
        officer.router(),
        canned.router(),
        coordinator.router(),
        merging.router(),
        requests.router(),
        teamwork.router(),
        accusations.router(),
        figures.router(),
        revealing.router(),
        exporting.router(),
        staffing.router(),
        clock_questions.router(),
        group_desk.router(),
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
    for middleware in (InGroups(group_dispatcher(services)), AnswerTaps(), Meeting(services), FairUse(services)):
        made.update.outer_middleware(middleware)
    for said in (made.message, made.edited_message):
        said.outer_middleware(emergency.Alarm())
    for done in (made.message, made.callback_query):
        done.outer_middleware(practice.RealWork())
    made.include_routers(*routers())
    return made


def group_dispatcher(services: Services) -> Dispatcher:
    """Makes the dispatcher of groups, which shares no handler with that of the private chats."""
    made = Dispatcher(disable_fsm=True, services=services)
    made.update.outer_middleware(Gate(services))
    made.include_routers(group_desk.in_groups(), groups.router())
    return made


class Conversation:
    """Listens and answers: as a process of its own, or beside what happens by itself."""

    def __init__(
        self,
        settings: Settings,
        house: House,
        owed: Callable[[], None] = lambda: None,
        worked: Callable[[], None] = lambda: None,
    ) -> None:
        """Connects nowhere yet.

        `worked` is called when an update was: files may have come, cards may be due. `owed` is called when it has
        queued a letter too, which leaves at once, but not before the screen that answers the update.
        """
        database, clock = house.database, house.office.clock
        self._house = house
        self._worked = worked
        self._owed = owed
        self._owes = False
        database.on_owed = self._note_owed
        self.bot = open_line(settings)
        self.dispatcher = dispatcher(house.services)
        self.inbox = Inbox(
            database,
            clock,
            self.work,
            worker_name(database),
            settings.lapor_workers,
            note_shown,
            house.office.watch,
        )
        self.inbox.outages = OUTAGES
        self.listener = self._listener(settings.address)
        self.parts = (self.inbox, Attention(Attuning(house.office).catch_up))
        self._held = response_types()

    def _listener(self, address: Address | None) -> Polling | Webhook:
        keep, outage = self.inbox.keep, Outage(self.bot)
        if address is None:
            return Polling(self.bot, keep, outage)
        self.inbox.gap = GAP
        return Webhook(self.bot, address, self._house.database, self._house.office.clock, keep, outage=outage)

    async def work(self, payload: str, cause: Cause) -> Told | None:
        """Leads one stored update through the dispatcher; returns who has spoken and what they were shown."""
        chat = _chat_of(payload)
        private = int(chat) if chat.isdigit() else None
        if private is not None:
            # What a try that failed has left here is shown anew.
            self.bot.hand_over(private)
        update = Update.model_validate_json(payload, context={"bot": self.bot})
        try:
            await self.dispatcher.feed_update(self.bot, update, cause=cause)
        except TelegramForbiddenError:
            # Whoever blocks the bot before its answer gets it when they come back: trying again would not help.
            await self._house.services.people.blocked(TelegramPerson(int(chat)), cause)
        self._worked()
        if self._owes:
            self._owes = False
            self._owed()
        return None if private is None else self.bot.hand_over(private)

    def _note_owed(self) -> None:
        self._owes = True

    async def begin(self) -> None:
        """Asks Telegram who we are, and gives back the chats that an earlier process of this name held."""
        await self._introduce()
        await self.inbox.take_over()

    async def run(self, stop: asyncio.Event) -> None:
        """Runs as a process of its own until `stop` is set, then ends within ten seconds; raises `Mend`."""
        try:
            await self.begin()
            await run_parts(self.parts, stop, self.listener)
        finally:
            await self.close()

    async def close(self) -> None:
        """Hangs up. The house is closed by whoever opened it."""
        await self.bot.session.close()

    async def _introduce(self) -> None:
        """While Telegram is away, whoever listens waits for it."""
        try:
            me = await self.bot.me()
        except TelegramUnauthorizedError:
            raise Mend(TOKEN_REFUSED) from None
        except TelegramAPIError as error:
            log.warning("telegram does not answer yet: %s", type(error).__name__)
        else:
            log.info("listening as @%s", me.username)


class Application:
    """Everything that runs, in one process, over one house."""

    def __init__(self, settings: Settings, house: House, between: timedelta = BETWEEN_CALLS) -> None:
        """Connects nowhere yet. `between` is how far apart the calls to one group are."""
        self.scheduling = Scheduling(settings, house, between)
        self.conversation = Conversation(settings, house, self.scheduling.delivery.wake, Soon(self.scheduling.wake))
        self.conversation.bot.session.middleware(Counted(self.scheduling.courier.beat.taken))
        self.inbox, self.listener = self.conversation.inbox, self.conversation.listener
        self.delivery, self.timetable = self.scheduling.delivery, self.scheduling.timetable

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop` is set, then ends within ten seconds; raises `Mend` when the token is refused."""
        try:
            await self.conversation.begin()
            await run_parts((*self.conversation.parts, *self.scheduling.parts), stop, self.listener)
        finally:
            await self.close()

    async def close(self) -> None:
        """Hangs up. The house is closed by whoever opened it."""
        await self.scheduling.close()
        await self.conversation.close()


def _chat_of(payload: str) -> str:
    return chat_key(json.loads(payload))


def worker_name(database: Database) -> str:
    """On SQLite there is one process, so it may take over from its predecessor at once; elsewhere leases run out."""
    if database.url.get_backend_name() == "sqlite":
        return "lapor run"
    return f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"[:80]


def settle_memory() -> None:
    """Keeps the collector off the heap of the libraries, which never changes (measured: two thirds more updates)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    # While the loop is busy, a commit waits this long for its turn, twice, and the next writer with it.
    sys.setswitchinterval(0.0005)
