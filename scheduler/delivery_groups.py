"""Brings groups what they are owed, beside the letters and never in their way: a slow group delays nobody else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

from locales.translator import FALLBACK, words_for
from scheduler.delivery_group_calls import Done, GroupCourier, GroupOutcome, Missing, Moved, NoTopics
from scheduler.delivery_outcome import (
    Flooded,
    LockedOut,
    NoRoad,
    NotYet,
    Refused,
    Sent,
    Uncertain,
    Unreachable,
    Unwell,
)
from scheduler.rounds import Rounds
from services.group_post import GroupPost
from services.group_sheets import GroupCall

IN_FLIGHT = 4
"""Groups that are called at the same time."""

POLL_S = 1.0
REST = timedelta(seconds=30)
"""How long a group rests when the road is closed or Telegram is unwell."""

log = logging.getLogger(__name__)


class GroupDelivery(Rounds):
    """Works in whichever process delivers letters, since one token has one flood limit."""

    def __init__(
        self, post: GroupPost, courier: GroupCourier, leads: Callable[[], bool], wake_letters: Callable[[], None]
    ) -> None:
        """Does nothing until `run`. `wake_letters` is called when a group's failure owes letters instead."""
        super().__init__()
        self._post = post
        self._courier = courier
        self._leads = leads
        self._wake_letters = wake_letters
        self._flying = 0

    async def run(self) -> None:
        """Delivers until it is stopped."""
        async with asyncio.TaskGroup() as flights:
            while not self._stopped:
                for group_id in await self._turns():
                    self._flying += 1
                    flights.create_task(self._carry(group_id))
                await self._rest(POLL_S)

    async def _turns(self) -> tuple[int, ...]:
        free = IN_FLIGHT - self._flying
        if free == 0 or not self._leads():
            return ()
        try:
            return await self._post.turns(free)
        except Exception as error:  # noqa: BLE001 (whatever ails the database, the post opens again when it is well)
            log.warning("groups wait, the database does not answer: %s", type(error).__name__)
            return ()

    async def _carry(self, group_id: int) -> None:
        try:
            call = await self._post.next_call(group_id)
            if call is not None:
                await self._record(call, await self._courier.make(call, words_for(FALLBACK)))
        except Exception:  # one group must not stop the others; it is free again when its lease has run out
            log.exception("group %s could not be served", group_id)
        finally:
            self._flying -= 1
            self.wake()

    async def _record(self, call: GroupCall, outcome: GroupOutcome) -> None:
        """Writes down what came of a call."""
        match outcome:
            case Done(given):
                return await self._post.done(call, given)
            case Moved(chat_id):
                return await self._post.moved(call, chat_id)
            case Missing(why, topic):
                return await self._post.missing(call, why, topic=topic)
            case NoTopics(why):
                return await self._post.without_topics(call, why)
            case Flooded() | NoRoad() | Unwell() | LockedOut():
                return await self._post.rest(call, *_pause(outcome))
            case Uncertain(why):
                await self._post.uncertain(call, why)
            case Unreachable(why):
                log.warning("group %s cannot be reached: /cek and doctor say why", call.group_id)
                await self._post.lost(call, why)
            case Refused(why):
                log.warning("group %s: %s was refused: /cek and doctor say why", call.group_id, call.errand)
                await self._post.failed(call, why)
            case Sent() | NotYet():
                raise TypeError("a group is not answered like a letter")
        return self._wake_letters()


def _pause(outcome: Flooded | NoRoad | Unwell | LockedOut) -> tuple[timedelta, str]:
    """How long the group is left alone, and why. Only this one: whom else it concerns will find out by themselves."""
    match outcome:
        case Flooded(pause):
            return pause, f"429, {pause.total_seconds():.0f} s"
        case NoRoad(why) | Unwell(why):
            return REST, why
        case LockedOut():
            return REST, "401 or 404: the token or the address is wrong"
