"""Keeps updates and works them: per chat in order, several chats at once, retried, set aside with an apology."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.amends import Amends
from bot.logs import place_of
from bot.storing import Update, arrivals, in_group, keep
from domain.messages import InboxState, Notice
from domain.time import Clock
from domain.watch import Watch
from scheduler.rounds import Rounds
from storage.engine import Database
from storage.queries.inbox import MAX_ATTEMPTS, Cause, Claim, Unanswered
from storage.unit_of_work import LeaseLost, Stale, UnitOfWork

log = logging.getLogger(__name__)

WORK_WITHIN_S = 60
"""Seconds that one update may take."""

ROUND_WITHIN_S = 10
"""Seconds that a round may take, and whatever is tried by itself after one that failed: a row that somebody has locked
must not hold up what belongs to others.
"""

KEPT_WITHIN_S = 30
"""Seconds after which whoever brings updates is told that they are not kept."""

LEASE = timedelta(seconds=90)
"""How long a chat stays ours; longer than any update may take, so that nobody works beside us."""

IDLE_S = 1.0
"""Seconds until the next look when nothing new has come; resting updates wake up by this."""

END_WAITS_S = 0.05
"""Seconds that an end waits for a round that begins for the sake of somebody: its person has been answered."""

RACES = 3
"""How often an update is decided anew when somebody else changed the same complaint meanwhile."""

ATTEMPTS_IN_GROUP = 2
"""A failing update holds up its chat; in a group many people wait there."""

SET_ASIDE = 'update=%d is set aside: see "lapor inbox"'

Result = TypeVar("Result")
Work = Callable[[str, Cause], Awaitable[Result | None]]
Ending = Callable[[UnitOfWork, Sequence[Result], datetime], Awaitable[None]]


@dataclass(frozen=True)
class Ended(Generic[Result]):
    """An update that was worked, what came of it and when, until this is written down."""

    claim: Claim
    result: Result | None
    at: datetime


@dataclass(frozen=True)
class Brought:
    """Updates that Telegram has brought; whoever has taken them waits until they are kept."""

    batch: Sequence[Update]
    kept: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def end(self) -> None:
        """They are committed."""
        if not self.kept.done():
            self.kept.set_result(None)

    def fail(self, error: Exception) -> None:
        """They are not kept: Telegram must bring them again."""
        if not self.kept.done():
            self.kept.set_exception(error)


class Inbox(Rounds, Generic[Result]):
    """The worker of one process.

    Each round is one transaction: it keeps what was brought, writes down which updates have ended since the last, gives
    their chats back, and takes what is next. So under load many ends and beginnings cost hardly more than one.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        work: Work[Result],
        worker: str,
        at_once: int,
        ending: Ending[Result] | None = None,
        watch: Watch | None = None,
    ) -> None:
        """Begins nothing. `work` is given a payload and its cause, and may raise; `ending` adds what came of updates,
        and when, to the transaction that writes down their end.
        """
        super().__init__()
        self._database = database
        self._clock = clock
        self._work = work
        self._worker = worker
        self._at_once = at_once
        self._ending = ending
        self._watch = watch or Watch()
        self._amends = Amends(database, clock)
        self._in_hand: dict[Cause, str] = {}
        self._ended: list[Ended[Result]] = []
        self._brought: list[Brought] = []
        self._runs = False
        self._doubts = False
        self._looks = True
        self._waiting = 0
        self.gap = timedelta()
        """How long an update waits for one with a smaller number that has not come yet: brought to an address, updates
        may overtake each other.
        """
        self.lease = LEASE
        """How long a chat stays ours."""
        self.outages: tuple[type[Exception], ...] = ()
        """Errors by which no update of a private chat is ever set aside: Telegram is away or asks for silence."""

    def wake(self) -> None:
        """Something may wait that no round has seen: the next looks for it, and begins at once."""
        self._looks = True
        self._begin_round()

    def _begin_round(self) -> None:
        super().wake()

    def _begin_round_for_ends(self) -> None:
        if self._ended:
            self._begin_round()

    async def keep(self, batch: Sequence[Update]) -> None:
        """Returns when updates are committed; raises what the register raises, and `TimeoutError`.

        What is brought again after that, and has been kept all the same, stays as it is.
        """
        if not self._runs:
            await keep(self._database, self._clock, batch)
            self.wake()
            return
        brought = Brought(batch)
        self._brought.append(brought)
        self._begin_round()
        async with asyncio.timeout(KEPT_WITHIN_S):
            await brought.kept

    async def run(self) -> None:
        """Works until stopped, then returns once all that was begun has ended and is written down or set back."""
        self._runs = True
        try:
            async with asyncio.TaskGroup() as group:
                while not self._is_over():
                    for claim in await self._round(self._at_once):
                        group.create_task(self._answer(claim))
                    if not self._is_over() and not await self._rest(IDLE_S):
                        self._looks = True
                # The group may wait a moment for its last work, and no round takes what is brought then.
                self._runs = False
        finally:
            self._runs = False

    def _is_over(self) -> bool:
        return self._stopped and not self._in_hand and not self._brought

    async def take_over(self) -> int:
        """Frees the chats of an earlier process of this name; what it may not have shown is asked again."""
        return await self._amends.take_over(self._worker)

    async def empty(self) -> None:
        """Works one after the other until a round takes nothing."""
        self._looks = True
        while claims := await self._round(1):
            for claim in claims:
                await self._answer(claim)
            self._looks = True

    async def _round(self, at_once: int) -> Sequence[Claim]:
        """Keeps, writes down and takes; what cannot be written now is tried by itself, or left to its lease."""
        ended, self._ended = self._ended, []
        brought, self._brought = self._brought, []
        try:
            async with asyncio.timeout(ROUND_WITHIN_S), self._database.work(brief=True) as unit:
                if self._doubts:
                    await unit.inbox.release_all_but(self._worker, tuple(self._in_hand.values()))
                batch = [update for each in brought for update in each.batch]
                new = await unit.inbox.store(arrivals(batch), self._clock())
                kept, more = await self._end(unit, ended)
                self._looks |= bool(new) or more
                claims = await self._take(unit, at_once - len(self._in_hand) + len(ended))
                await unit.commit()
        except Exception as error:
            # Where it came from is told once: while the database is away, every update that comes begins a round.
            log.error("a round of the inbox failed: %s", type(error).__name__, exc_info=None if self._doubts else error)
            # The commit may have taken place all the same: then what it took would lie until its leases run out.
            self._doubts = self._looks = True
            await asyncio.gather(*map(self._end_alone, ended), *map(self._keep_alone, brought))
            return ()
        self._watch.beat("inbox")
        self._doubts = False
        for each in brought:
            each.end()
        self._settled(ended, kept)
        self._in_hand |= {claim.cause: claim.chat_index for claim in claims}
        # What waits although nothing is in hand does not wait for an end of ours.
        self._waiting = max(self._waiting + new - len(claims), 0) if self._in_hand else 0
        return claims

    async def _end(self, unit: UnitOfWork, ended: Sequence[Ended[Result]]) -> tuple[Collection[Cause], bool]:
        """Gives chats back; returns the causes of the updates that were still ours, and whether more waits there."""
        held, more = await unit.inbox.finish([each.claim for each in ended], self._clock())
        kept = {each.cause for each in held}
        results = [each.result for each in ended if each.result is not None and each.claim.cause in kept]
        if self._ending is not None and results:
            # Not now: however long this has waited to be written down, nobody has spoken meanwhile.
            await self._ending(unit, results, max(each.at for each in ended))
        return kept, more

    async def _take(self, unit: UnitOfWork, free: int) -> Sequence[Claim]:
        """What is next, unless we are stopping; what cannot be worked is set aside on the way.

        It looks only where something may be found. What is brought to an address may wait for others to come.
        """
        if self._stopped or free <= 0 or not (self._looks or self.gap):
            return ()
        # Before the look: who is woken meanwhile looks again.
        self._looks = False
        claims: list[Claim] = []
        while True:
            found = await unit.inbox.claim(self._worker, self._clock(), self.lease, free - len(claims), self.gap)
            claims += [each for each in found if isinstance(each, Claim)]
            lost = [each for each in found if isinstance(each, Unanswered)]
            for each in lost:
                await self._amends.owe_behind(unit, each, Notice.APOLOGY)
                log.error(SET_ASIDE, each.update_id)
            # What waits behind them in their chats has its turn now.
            if not lost:
                # All is seen, unless there were more than free hands, or one was taken in a round of its own.
                self._looks |= len(claims) == free or any(each.attempts > MAX_ATTEMPTS for each in claims)
                return claims

    def _settled(self, ended: Sequence[Ended[Result]], kept: Collection[Cause]) -> None:
        for each in ended:
            self._in_hand.pop(each.claim.cause, None)
            # Whoever was forgotten by their own update has taken its chat along.
            if each.claim.cause in kept or each.claim.cause.marked:
                self._count("worked", each.claim)
            else:
                self._taken_over(each.claim)

    async def _keep_alone(self, brought: Brought) -> None:
        """Keeps them although the round failed: what is wrong with it need not be wrong with them."""
        try:
            async with asyncio.timeout(ROUND_WITHIN_S):
                await keep(self._database, self._clock, brought.batch)
        except Exception as error:  # noqa: BLE001 (whoever has brought them knows what to do)
            brought.fail(error)
        else:
            brought.end()
            self.wake()

    async def _end_alone(self, ended: Ended[Result]) -> None:
        """Writes one down after all together could not be: it must not hold up the others, nor they it."""
        try:
            async with asyncio.timeout(ROUND_WITHIN_S), self._database.work() as unit:
                kept, _ = await self._end(unit, [ended])
                await unit.commit()
        except Exception as error:  # noqa: BLE001 (whatever it is, it is counted and kept)
            await self._fails(ended.claim, error)
            self._in_hand.pop(ended.claim.cause, None)
        else:
            self._settled([ended], kept)
            self.wake()

    async def _answer(self, claim: Claim) -> None:
        """Works one update; nothing that goes wrong here ends the loop, or keeps a hand. Stopped from outside, it
        leaves the update to its lease.
        """
        ended = None
        try:
            async with asyncio.timeout(WORK_WITHIN_S):
                result = await self._decide(claim)
            ended = Ended(claim, result, self._clock())
            self._note(ended)
        except LeaseLost:
            self._taken_over(claim)
        except Exception as error:  # noqa: BLE001 (whatever a handler raises is counted and kept)
            await self._fails(claim, error)
        finally:
            if ended is None:
                self._in_hand.pop(claim.cause, None)
                self.wake()

    def _note(self, ended: Ended[Result]) -> None:
        """Is written down with the next round; at once where somebody may wait for the chat, or for a hand."""
        self._ended.append(ended)
        if self._waiting or self._looks or self._stopped:
            self._begin_round()
        else:
            asyncio.get_running_loop().call_later(END_WAITS_S, self._begin_round_for_ends)

    def _taken_over(self, claim: Claim) -> None:
        log.warning("update=%d was taken over by another worker", claim.update_id)
        self._count("taken_over", claim)

    async def _fails(self, claim: Claim, error: Exception) -> None:
        log.error("update=%d failed attempt=%d", claim.update_id, claim.attempts, exc_info=error)
        self._count("failed", claim)
        try:
            async with asyncio.timeout(ROUND_WITHIN_S):
                await self._set_back(claim, error)
        except Exception:  # the database is away: the lease runs out and the update comes again
            log.exception("update=%d is left to its lease", claim.update_id)

    async def _decide(self, claim: Claim) -> Result | None:
        for _ in range(RACES - 1):
            try:
                return await self._work(claim.payload, claim.cause)
            except Stale:
                log.info("update=%d met a change, decided anew", claim.update_id)
        return await self._work(claim.payload, claim.cause)

    async def _set_back(self, claim: Claim, error: Exception) -> None:
        now = self._clock()
        async with self._database.work() as unit:
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
        self._watch.worked(outcome, self._clock() - claim.received_at)
