"""Delivery: sends what is owed, most urgent first, and writes down what came of each message."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from domain.messages import NO_LONGER_TRUE
from domain.time import Clock
from domain.watch import Watch
from locales.translator import words_for
from scheduler.delivery_courier import Courier
from scheduler.delivery_outcome import NotYet, Outcome, Refused, Uncertain, Unwell
from scheduler.delivery_patience import Pace, Silence
from scheduler.delivery_record import Landed, Record
from scheduler.rounds import Rounds
from services.letter_sheets import Letter
from services.letters import Letters
from storage.engine import Database
from storage.tables_messages import OutboxMessage
from storage.unit_of_work import UnitOfWork
from views.letters import DRAWN, render
from views.screen import Screen

LEASE = "delivery"
"""The right to deliver; the token has one flood limit, so one process at a time holds it."""

log = logging.getLogger(__name__)


class Delivery(Rounds):
    """One process's post office. Others with the same database stand by until its lease is free.

    Each round is one transaction: it writes down what has landed since the last, and claims what leaves next.
    """

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
        self._silence = Silence(self._pace)
        self._record = Record(self._pace, self._silence)
        self._flying: set[int] = set()
        self._landed: list[Landed] = []
        self._begun = False
        self._leads_until: datetime | None = None
        self._claimed_at = float("-inf")

    def leads(self) -> bool:
        """Whether this process delivers just now, and no other."""
        return self._leads_until is not None and self._clock() < self._leads_until

    async def run(self) -> None:
        """Delivers until it is stopped and what was under way is written down."""
        try:
            async with asyncio.TaskGroup() as flights:
                while True:
                    # The urgent are not opened together with what takes long to open.
                    for _, alike in groupby(await self._round(), key=lambda message: message.priority):
                        flights.create_task(self._carry(tuple(alike)))
                    if self._stopped and not self._flying:
                        break
                    await self._rest(self._pace.poll.total_seconds())
        finally:
            await self._step_down()

    async def _round(self) -> Sequence[OutboxMessage]:
        """Writes down and claims, in a transaction that ends before anything leaves; returns what was claimed."""
        landed, self._landed = self._landed, []
        try:
            async with self._database.work(brief=True) as work:
                now = self._clock()
                await self._record.write(work, landed, now)
                claimed = await self._claim_in(work, now, self._in_flight_without(landed))
                await work.commit()
        except Exception as error:  # noqa: BLE001 (whatever ails the database, the post opens again when it is well)
            log.warning("delivery waits, the database does not answer: %s", type(error).__name__)
            self._leads_until = None
            await self._write_each(landed)
            return ()
        self._settled(landed)
        self._watch.beat("delivery")
        self._flying.update(message.id for message in claimed)
        return claimed

    def _in_flight_without(self, landed: Sequence[Landed]) -> int:
        return len(self._flying) - len(landed)

    async def _write_each(self, landed: Sequence[Landed]) -> None:
        """Writes each down by itself after all together could not be: one message must not stop the post."""
        for each in landed:
            try:
                async with self._database.work() as work:
                    await self._record.write(work, [each], self._clock())
                    await work.commit()
            except Exception as error:  # noqa: BLE001 (its row turns uncertain when its lease has run out)
                log.error("outbox=%d could not be written down: %s", each.message.id, type(error).__name__)
                self._flying.discard(each.message.id)
            else:
                self._settled([each])

    def _settled(self, landed: Sequence[Landed]) -> None:
        now = self._clock()
        for each in landed:
            self._flying.discard(each.message.id)
            due = max(each.message.created_at, each.message.not_before)
            self._watch.delivered(each.message.kind, each.counted, now - due)

    async def _claim_in(self, work: UnitOfWork, now: datetime, flying: int) -> Sequence[OutboxMessage]:
        if not await self._lead(work, now) or self._stopped or self._silence.lasts(now):
            return ()
        free = self._pace.in_flight - flying
        if not self._is_worth_a_claim(free):
            return ()
        patient = max(0, free - self._pace.kept_free)
        return await work.outbox.claim_due(self._name, now, free, self._pace.message_lease, patient)

    def _is_worth_a_claim(self, free: int) -> bool:
        """Several are claimed and opened together for hardly more than one costs, so a few free hands wait a moment."""
        loop = asyncio.get_running_loop()
        waits = self._claimed_at + self._pace.refill.total_seconds() - loop.time()
        if free == 0:
            return False
        if free < self._pace.in_flight / 2 and waits > 0:
            loop.call_later(waits, self.wake)
            return False
        self._claimed_at = loop.time()
        return True

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
        """Calls uncertain what was being sent by a process that has ended, and sends once more what may be."""
        if not self._begun:
            self._begun = True
            await work.outbox.expire_worker(self._name)
        # What is ours and in flight is not lost, however far a clock may have jumped.
        if not self._flying:
            await work.outbox.expire(now)
        await work.outbox.once_more(now + self._pace.second_try)

    async def _carry(self, claimed: Sequence[OutboxMessage]) -> None:
        """Opens some messages together; then each goes its own way."""
        opened = await self._open(claimed)
        async with asyncio.TaskGroup() as flights:
            for message in claimed:
                flights.create_task(self._fly(message, opened))

    async def _open(self, claimed: Sequence[OutboxMessage]) -> Mapping[int, Letter | None]:
        try:
            return await self._letters.together(claimed)
        except Exception as error:  # noqa: BLE001 (each is opened by itself then, which tells whose fault it is)
            log.info("%d letters are opened one by one: %s", len(claimed), type(error).__name__)
            return {}

    async def _fly(self, message: OutboxMessage, opened: Mapping[int, Letter | None]) -> None:
        """Sends one message; no transaction is open meanwhile."""
        outcome = await self._attempt(message, opened)
        self._landed.append(Landed(message, outcome))
        self.wake()

    async def _attempt(self, message: OutboxMessage, opened: Mapping[int, Letter | None]) -> Outcome:
        try:
            letter = opened[message.id] if message.id in opened else await self._letters.open(message)
            if letter is None:
                return Refused(NO_LONGER_TRUE)
            if letter.waits and self._clock() < message.created_at + self._pace.for_files:
                return NotYet()
            screen = await _rendered(letter)
        except Exception as error:
            # A fault of the program or of the database: it is tried again and then set aside, where it is seen.
            log.exception("outbox=%d could not be opened", message.id)
            return Unwell(f"could not be opened: {type(error).__name__}", ours=True)
        try:
            return await self._courier.send(letter.chat_id, screen, message.kind.value)
        except Exception as error:
            log.exception("outbox=%d: what came of it is not known", message.id)
            return Uncertain(f"a fault of the program: {type(error).__name__}")

    async def _step_down(self) -> None:
        """Gives the lease back, so that whoever stands by goes on at once."""
        try:
            async with self._database.work() as work:
                await work.leases.release(LEASE, self._name)
                await work.commit()
        except Exception as error:  # noqa: BLE001 (an end must not fail because the database is away: the lease runs out)
            log.warning("the right to deliver is left to run out: %s", type(error).__name__)


async def _rendered(letter: Letter) -> Screen:
    words = words_for(letter.locale)
    if letter.kind in DRAWN:
        # A chart takes a while, and people must be answered meanwhile.
        return await asyncio.to_thread(render, letter, words)
    return render(letter, words)
