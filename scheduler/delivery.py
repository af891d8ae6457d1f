"""Delivery: sends what is owed, most urgent first, and writes down what came of each message."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.messages import NO_LONGER_TRUE
from domain.time import Clock
from domain.watch import Watch
from locales.translator import words_for
from scheduler.delivery_courier import Courier
from scheduler.delivery_outcome import (
    Flooded,
    LockedOut,
    NoRoad,
    NotYet,
    Outcome,
    Refused,
    Sent,
    Uncertain,
    Unreachable,
    Unwell,
    code_of,
)
from scheduler.rounds import Rounds
from services.letters import Letters
from storage.engine import Database
from storage.tables import OutboxMessage
from storage.unit_of_work import UnitOfWork
from views.letters import render
from views.spoken import noted

LEASE = "delivery"
"""The right to deliver; the token has one flood limit, so one process at a time holds it."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """How patiently delivery works. All but `in_flight` and `attempts` are lengths of time."""

    in_flight: int = 4
    poll: timedelta = timedelta(seconds=1)
    lease: timedelta = timedelta(seconds=10)
    message_lease: timedelta = timedelta(seconds=30)
    second_try: timedelta = timedelta(seconds=10)
    locked_out: timedelta = timedelta(seconds=30)
    first_rest: timedelta = timedelta(seconds=1)
    longest_rest: timedelta = timedelta(minutes=5)
    attempts: int = 8
    for_files: timedelta = timedelta(minutes=1)
    """How long after it was owed a letter waits for files that are still being fetched."""

    def rest(self, failures: int) -> timedelta:
        """How long to rest after so many failures in a row: twice as long each time, up to the longest."""
        return min(self.longest_rest, self.first_rest * (1 << min(failures - 1, 20)))


class Delivery(Rounds):
    """One process's post office. Others with the same database stand by until its lease is free."""

    def __init__(
        self,
        database: Database,
        letters: Letters,
        courier: Courier,
        clock: Clock,
        pace: Pace | None = None,
        name: str | None = None,
        watch: Watch | None = None,
    ) -> None:
        """Does nothing until `run`. A name that outlives a restart, where there is certainly one process only,
        takes over at once what an earlier process left; otherwise leases have to run out.
        """
        super().__init__()
        self._database = database
        self._letters = letters
        self._courier = courier
        self._clock = clock
        self._pace = pace or Pace()
        self._name = name or f"delivery-{secrets.token_hex(4)}"
        self._watch = watch or Watch()
        self._flying: set[int] = set()
        self._begun = False
        self._leads_until: datetime | None = None
        self._silent: tuple[datetime, datetime] | None = None
        self._failures = 0
        self._went_well_at: datetime | None = None
        self._locked_out = False
        self._flooded: dict[int, datetime] = {}

    def leads(self) -> bool:
        """Whether this process delivers just now, and no other."""
        return self._leads_until is not None and self._clock() < self._leads_until

    async def run(self) -> None:
        """Delivers until it is stopped."""
        try:
            async with asyncio.TaskGroup() as flights:
                while not self._stopped:
                    for message in await self._claim():
                        flights.create_task(self._carry(message))
                    await self._rest(self._pace.poll.total_seconds())
        finally:
            await self._step_down()

    async def _claim(self) -> Sequence[OutboxMessage]:
        """Takes what is due now, in a transaction of its own that ends before anything leaves."""
        try:
            async with self._database.work() as work:
                claimed = await self._claim_in(work, self._clock())
                await work.commit()
        except Exception as error:  # noqa: BLE001 (whatever ails the database, the post opens again when it is well)
            log.warning("delivery waits, the database does not answer: %s", type(error).__name__)
            self._leads_until = None
            return ()
        self._watch.beat("delivery")
        self._flying.update(message.id for message in claimed)
        return claimed

    async def _claim_in(self, work: UnitOfWork, now: datetime) -> Sequence[OutboxMessage]:
        free = self._pace.in_flight - len(self._flying)
        if not await self._lead(work, now) or free == 0 or self._is_silent(now):
            return ()
        await work.outbox.once_more(now + self._pace.second_try)
        return await work.outbox.claim_due(self._name, now, free, self._pace.message_lease)

    async def _lead(self, work: UnitOfWork, now: datetime) -> bool:
        """Holds the lease, renewing it before it runs out; False while another process delivers."""
        # However far a clock may have been set back: no lease is longer than this.
        if self._leads_until is not None and self._pace.lease / 2 < self._leads_until - now <= self._pace.lease:
            return True
        fence = await work.leases.acquire(LEASE, self._name, now, self._pace.lease)
        self._leads_until = None if fence is None else now + self._pace.lease
        if fence is not None:
            await self._find_orphans(work, now)
        return fence is not None

    async def _find_orphans(self, work: UnitOfWork, now: datetime) -> None:
        """Calls uncertain what was being sent by a process that has ended."""
        if not self._begun:
            self._begun = True
            await work.outbox.expire_worker(self._name)
        # What is ours and in flight is not lost, however far a clock may have jumped.
        if not self._flying:
            await work.outbox.expire(now)

    def _is_silent(self, now: datetime) -> bool:
        return self._silent is not None and self._silent[0] <= now < self._silent[1]

    async def _carry(self, message: OutboxMessage) -> None:
        try:
            outcome = await self._attempt(message)
            async with self._database.work() as work:
                await self._record(work, message, outcome, now := self._clock())
                await work.commit()
            self._watch.delivered(message.kind, _counted(outcome), now - max(message.created_at, message.not_before))
        except Exception as error:  # noqa: BLE001 (one message must not stop the post; its row turns uncertain)
            log.error("outbox=%d could not be written down: %s", message.id, type(error).__name__)
        finally:
            self._flying.discard(message.id)
            self.wake()

    async def _attempt(self, message: OutboxMessage) -> Outcome:
        """Opens, renders and sends one message; no transaction is open meanwhile."""
        try:
            letter = await self._letters.open(message)
            if letter is None:
                return Refused(NO_LONGER_TRUE)
            if letter.waits and self._clock() < message.created_at + self._pace.for_files:
                return NotYet()
            # In a thread: a letter may have a chart to draw, and people must be answered meanwhile.
            screen = await asyncio.to_thread(render, letter, words_for(letter.locale))
        except Exception as error:
            # A fault of the program or of the database: it is tried again and then set aside, where it is seen.
            log.exception("outbox=%d could not be opened", message.id)
            return Unwell(f"could not be opened: {type(error).__name__}", ours=True)
        return await self._courier.send(letter.chat_id, screen, message.kind.value)

    async def _record(self, work: UnitOfWork, message: OutboxMessage, outcome: Outcome, now: datetime) -> None:
        """Writes down what came of a message."""
        match outcome:
            case Sent(message_id, choices):
                self._failures, self._locked_out, self._went_well_at = 0, False, now
                await work.outbox.sent(message.id, message_id, now)
                if choices:
                    await work.shown.keep(message.person_id, noted(choices), now)
            case NotYet():
                await work.outbox.put_off(message.id, now + self._pace.first_rest)
            case Unreachable(why):
                await self._blocked(work, message, why, now)
            case Uncertain(why):
                log.warning("outbox=%d is uncertain: %s", message.id, why)
                await work.outbox.uncertain(message.id, why)
            case Refused(why):
                log.warning("outbox=%d has failed: %s", message.id, why)
                await work.outbox.failed(message.id, why)
            case Unwell():
                await self._unwell(work, message, outcome, now)
            case Flooded(pause) if not self._flood_is_everywhere(message.person_id, pause, now):
                log.warning("outbox=%d: its chat asks for silence (429): %d s", message.id, pause.total_seconds())
                await work.outbox.failed_for_now(message.id, now + pause, _reason(outcome))
            case Flooded() | NoRoad() | LockedOut():
                self._fall_silent(outcome, now)
                # All are silent together, so the row keeps its place: pushed back, it would be overtaken
                # by what was written to the same person after it.
                await work.outbox.failed_for_now(message.id, message.not_before, _reason(outcome))

    async def _blocked(self, work: UnitOfWork, message: OutboxMessage, why: str, now: datetime) -> None:
        """Marks the person unreachable, unless they have written while this was under way."""
        person = await work.people.get(message.person_id)
        claimed_at = (message.leased_until or now) - self._pace.message_lease
        if person.last_seen_at > claimed_at:
            return await work.outbox.failed_for_now(message.id, now, why)
        await work.outbox.blocked(message.id, why)
        return await work.people.mark_unreachable(message.person_id, now)

    async def _unwell(self, work: UnitOfWork, message: OutboxMessage, outcome: Unwell, now: datetime) -> None:
        """Lets this message rest; after many attempts it is set aside, where it is seen, if others go well."""
        rest = self._pace.rest(message.attempts)
        others_go_well = self._went_well_at is not None and self._went_well_at > now - rest
        if message.attempts < self._pace.attempts or not (outcome.ours or others_go_well):
            return await work.outbox.failed_for_now(message.id, now + rest, outcome.why)
        log.warning("outbox=%d has failed for good: %s", message.id, outcome.why)
        return await work.outbox.failed(message.id, outcome.why)

    def _flood_is_everywhere(self, person_id: int, pause: timedelta, now: datetime) -> bool:
        """Telegram does not say whether a chat or the bot was too fast: a second chat beside the first tells it."""
        self._flooded = {each: until for each, until in self._flooded.items() if until > now}
        others = self._flooded.keys() - {person_id}
        self._flooded[person_id] = now + pause
        return bool(others)

    def _fall_silent(self, outcome: Flooded | NoRoad | LockedOut, now: datetime) -> None:
        """Nothing leaves for a while: it would fare no better, or make things worse."""
        _, until = self._silent if self._silent and self._is_silent(now) else (now, now)
        self._failures += until == now
        match outcome:
            case Flooded(pause):
                log.warning("Telegram asks for silence (429): %d s", pause.total_seconds())
            case NoRoad(why):
                pause = self._pace.rest(self._failures)
                log.warning("no road to Telegram, next try in %d s: %s", pause.total_seconds(), why)
            case LockedOut():
                pause = self._pace.locked_out
                self._say_locked_out()
        self._silent = now, max(until, now + pause)

    def _say_locked_out(self) -> None:
        """Says it once, not every half minute."""
        if not self._locked_out:
            self._locked_out = True
            log.error(
                "Telegram knows no such bot (401 or 404): put the token that BotFather gave into TELEGRAM_TOKEN, "
                "check TELEGRAM_API_URL, and start again"
            )

    async def _step_down(self) -> None:
        """Gives the lease back, so that whoever stands by goes on at once."""
        try:
            async with self._database.work() as work:
                await work.leases.release(LEASE, self._name)
                await work.commit()
        except Exception as error:  # noqa: BLE001 (an end must not fail because the database is away: the lease runs out)
            log.warning("the right to deliver is left to run out: %s", type(error).__name__)


def _counted(outcome: Outcome) -> str:
    return "dropped" if outcome == Refused(NO_LONGER_TRUE) else code_of(outcome)


def _reason(outcome: Flooded | NoRoad | LockedOut) -> str:
    match outcome:
        case Flooded(pause):
            return f"429, {pause.total_seconds():.0f} s"
        case NoRoad(why):
            return why
        case LockedOut():
            return "401 or 404: the token or the address is wrong"
