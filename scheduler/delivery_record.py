"""The record of delivery: writes down what came of messages, those that landed together in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.messages import NO_LONGER_TRUE
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
from scheduler.delivery_patience import Pace, Silence
from storage.queries.shown import Choice
from storage.tables_messages import OutboxMessage
from storage.unit_of_work import UnitOfWork
from views.spoken import noted

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Landed:
    """A message of which we know what came of it."""

    message: OutboxMessage
    outcome: Outcome

    @property
    def counted(self) -> str:
        """The name under which it is counted."""
        return "dropped" if self.outcome == Refused(NO_LONGER_TRUE) else code_of(self.outcome)


class Record:
    """Works within the unit of work that it is given; what it does a second time changes nothing."""

    def __init__(self, pace: Pace, silence: Silence) -> None:
        """Lets the silence begin where an outcome asks for it."""
        self._pace = pace
        self._silence = silence

    async def write(self, work: UnitOfWork, landed: Sequence[Landed], now: datetime) -> None:
        """Writes down what came of some messages, each to another person."""
        accepted: dict[int, int] = {}
        shown: dict[int, Sequence[Choice]] = {}
        for each in landed:
            match each.outcome:
                case Sent(message_id, choices):
                    accepted[each.message.id] = message_id
                    shown |= {each.message.person_id: noted(choices)} if choices else {}
                case other:
                    await self._write(work, each.message, other, now)
        if accepted:
            self._silence.broken(now)
        await work.outbox.sent(accepted, now)
        await work.shown.keep(shown, now)

    async def _write(self, work: UnitOfWork, message: OutboxMessage, outcome: Outcome, now: datetime) -> None:
        match outcome:
            case NotYet():
                await work.outbox.put_off(message.id, now + self._pace.first_rest)
            case Unreachable(why):
                await self._blocked(work, message, why, now)
            case Uncertain(why):
                log.warning("outbox=%d is uncertain: %s", message.id, why)
                await work.outbox.uncertain(message.id, why)
                await work.outbox.once_more(now + self._pace.second_try)
            case Refused(why):
                log.warning("outbox=%d has failed: %s", message.id, why)
                await work.outbox.failed(message.id, why)
            case Unwell():
                await self._unwell(work, message, outcome, now)
            case Flooded(pause) if not self._silence.concerns_all(message.person_id, pause, now):
                log.warning("outbox=%d: its chat asks for silence (429): %d s", message.id, pause.total_seconds())
                await work.outbox.failed_for_now(message.id, now + pause, _reason(outcome))
            case Flooded() | NoRoad() | LockedOut():
                self._silence.fall(outcome, now)
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
        hopeless = outcome.ours or self._silence.went_well_since(now - rest)
        if message.attempts < self._pace.attempts or not hopeless:
            return await work.outbox.failed_for_now(message.id, now + rest, outcome.why)
        log.warning("outbox=%d has failed for good: %s", message.id, outcome.why)
        return await work.outbox.failed(message.id, outcome.why)


def _reason(outcome: Flooded | NoRoad | LockedOut) -> str:
    match outcome:
        case Flooded(pause):
            return f"429, {pause.total_seconds():.0f} s"
        case NoRoad(why):
            return why
        case LockedOut():
            return "401 or 404: the token or the address is wrong"
