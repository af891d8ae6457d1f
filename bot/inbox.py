"""Works the stored updates: per chat in order, several chats at once, retried, and set aside with an apology."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.amends import Amends
from bot.logs import place_of
from bot.storing import in_group
from domain.messages import InboxState, Notice
from domain.time import Clock
from domain.watch import Watch
from storage.engine import Database
from storage.queries.inbox import MAX_ATTEMPTS, Cause, Claim, Unanswered
from storage.unit_of_work import LeaseLost, Stale, UnitOfWork

log = logging.getLogger(__name__)

WORK_WITHIN_S = 60
"""Seconds that one update may take."""

LEASE = timedelta(seconds=90)
"""How long a chat stays ours; longer than any update may take, so that nobody works beside us."""

IDLE_S = 1.0
"""Seconds until the next look when nothing new has come; resting updates wake up by this."""

RACES = 3
"""How often an update is decided anew when somebody else changed the same complaint meanwhile."""

ATTEMPTS_IN_GROUP = 2
"""A failing update holds up its chat; in a group many people wait there."""

SET_ASIDE = 'update=%d is set aside: see "lapor inbox"'

Work = Callable[[str, Cause], Awaitable[None]]
Ending = Callable[[UnitOfWork, str], Awaitable[None]]


@dataclass
class Inbox:
    """The worker of one process; `work` is given a payload and its cause, and may raise.

    `ending` adds to the transaction that gives the chat back after an update was worked. `gap` is how long an update
    waits for one with a smaller number that has not come yet: brought to an address, updates may overtake each other.
    `outages` are errors by which no update of a private chat is ever set aside: Telegram is away or asks for silence.
    """

    database: Database
    clock: Clock
    work: Work
    worker: str
    at_once: int
    ending: Ending | None = None
    watch: Watch = field(default_factory=Watch)
    gap: timedelta = timedelta()
    lease: timedelta = LEASE
    outages: tuple[type[Exception], ...] = ()
    _news: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _stopping: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Shares the register and the clock."""
        self._amends = Amends(self.database, self.clock)

    def wake(self) -> None:
        """Says that something may be there to work."""
        self._news.set()

    def stop(self) -> None:
        """Lets what is in work end, and takes nothing new."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Works until stopped, then returns once all that was begun has ended."""
        slots = asyncio.Semaphore(self.at_once)
        async with asyncio.TaskGroup() as group:
            while not self._stopping:
                await slots.acquire()
                claim = await self._claim()
                if claim is None:
                    slots.release()
                    await self._rest()
                else:
                    group.create_task(self._worked(claim, slots))

    async def take_over(self) -> int:
        """Frees the chats of an earlier process of this name; what it may not have shown is asked again."""
        return await self._amends.take_over(self.worker)

    async def empty(self) -> None:
        """Works everything that is there now, one after the other, and returns."""
        claim = await self._claim()
        while claim is not None:
            claim = await self._answer(claim) or await self._claim()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(IDLE_S):
                await self._news.wait()
        except TimeoutError:
            return
        self._news.clear()

    async def _claim(self) -> Claim | None:
        """Takes the next update; None also while the database is away, since a later look will find it."""
        try:
            async with self.database.work() as unit:
                claim = await self._take(unit)
                await unit.commit()
                return claim
        except Exception:  # the loop must outlive a database that is away
            log.exception("the inbox cannot be read")
            return None

    async def _take(self, unit: UnitOfWork) -> Claim | None:
        """The next update, unless we are stopping; what cannot be worked is set aside on the way."""
        if self._stopping:
            return None
        while isinstance(
            found := await unit.inbox.claim_next(self.worker, self.clock(), self.lease, self.gap), Unanswered
        ):
            await self._amends.owe_behind(unit, found, Notice.APOLOGY)
            log.error(SET_ASIDE, found.update_id)
        self.watch.beat("inbox")
        return found

    async def _worked(self, claim: Claim, slots: asyncio.Semaphore) -> None:
        """Works one update after the other, as long as each end finds another one."""
        following: Claim | None = claim
        try:
            while following is not None:
                following = await self._answer(following)
        finally:
            slots.release()

    async def _answer(self, claim: Claim) -> Claim | None:
        """Works one update and says what came of it; nothing that goes wrong here ends the loop."""
        try:
            return await self._attempt(claim)
        except Exception:  # the database is away: the lease runs out and the update comes again
            log.exception("update=%d is left to its lease", claim.update_id)
            return None

    async def _attempt(self, claim: Claim) -> Claim | None:
        try:
            async with asyncio.timeout(WORK_WITHIN_S):
                await self._decide(claim)
            following = await self._finish(claim)
            self._count("worked", claim)
            return following
        except LeaseLost:
            log.warning("update=%d was taken over by another worker", claim.update_id)
            self._count("taken_over", claim)
        except Exception as error:  # whatever a handler raises is counted and kept
            log.exception("update=%d failed attempt=%d", claim.update_id, claim.attempts)
            self._count("failed", claim)
            await self._set_back(claim, error)
            self.wake()
        return None

    async def _decide(self, claim: Claim) -> None:
        for _ in range(RACES - 1):
            try:
                return await self.work(claim.payload, claim.cause)
            except Stale:
                log.info("update=%d met a change, decided anew", claim.update_id)
        return await self.work(claim.payload, claim.cause)

    async def _finish(self, claim: Claim) -> Claim | None:
        """Gives the chat back and takes what is next, in one transaction: under load each spares the other's."""
        async with self.database.work() as unit:
            if self.ending is not None:
                await self.ending(unit, claim.payload)
            await unit.inbox.finish(claim, self.clock())
            following = await self._take(unit)
            await unit.commit()
        return following

    async def _set_back(self, claim: Claim, error: Exception) -> None:
        now = self.clock()
        async with self.database.work() as unit:
            state = await unit.inbox.fail(claim, now, place_of(error), self._attempts(claim, error))
            # Worked but not shown: the current question is asked again. Not worked at all: one apology.
            owed = {InboxState.DONE: Notice.RESUME, InboxState.DEAD: Notice.APOLOGY}.get(state)
            if owed is not None:
                await self._amends.owe_sender(unit, claim, owed)
            await unit.commit()
        if state is InboxState.DEAD:
            log.error(SET_ASIDE, claim.update_id)
            self._count("set_aside", claim)

    def _attempts(self, claim: Claim, error: Exception) -> int | None:
        """How often it may fail: in a group others wait, and while Telegram is away nobody is to blame."""
        if in_group(claim.payload):
            return ATTEMPTS_IN_GROUP
        return None if isinstance(error, self.outages) else MAX_ATTEMPTS

    def _count(self, outcome: str, claim: Claim) -> None:
        self.watch.worked(outcome, self.clock() - claim.received_at)
