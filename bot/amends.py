"""What is owed to people whose words brought them no screen: the open question once more, or an apology."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.storing import sender_key
from domain.messages import Notice
from domain.time import Clock
from storage.engine import Database
from storage.queries.inbox import Claim, Unanswered
from storage.unit_of_work import UnitOfWork

LET_THEM_SPEAK = timedelta(seconds=2)
"""How long the question waits: what was said meanwhile is fetched first, and then it may not stand open any more."""


@dataclass
class Amends:
    """Finds what processes have taken with them, and owes people a word."""

    database: Database
    clock: Clock

    async def take_over(self, worker: str) -> int:
        """Frees the chats of an earlier process of this name; what it may not have shown is asked again."""
        return await self._ask_again(self.clock(), worker)

    async def ask_again(self, now: datetime) -> int:
        """Frees the chats of processes that have ended elsewhere, and owes the question that each had open."""
        return await self._ask_again(now, None)

    async def _ask_again(self, now: datetime, worker: str | None) -> int:
        async with self.database.work() as unit:
            lost = await unit.inbox.release_abandoned(now, worker)
            for each in lost:
                await self.owe_behind(unit, each, Notice.RESUME)
            await unit.commit()
        return len(lost)

    async def owe_sender(self, unit: UnitOfWork, claim: Claim, notice: Notice) -> None:
        """Owes it to whoever sent an update that can be read."""
        key = sender_key(json.loads(claim.payload))
        person = await unit.identities.person_of(int(key)) if key.isdigit() else None
        await self._owe(unit, claim.update_id, person.id if person else None, notice)

    async def owe_behind(self, unit: UnitOfWork, update: Unanswered, notice: Notice) -> None:
        """Its payload is empty or cannot be opened, so the person is found by the index of the chat."""
        await self._owe(unit, update.update_id, await unit.identities.behind(update.chat_index), notice)

    async def _owe(self, unit: UnitOfWork, update_id: int, person_id: int | None, notice: Notice) -> None:
        """Owes it once: whoever waits for such a word already needs no second one, only a newer one."""
        behind = {"update_id": update_id}
        if person_id is not None and not await unit.outbox.renew(person_id, notice, behind):
            now = self.clock()
            rest = LET_THEM_SPEAK if notice is Notice.RESUME else timedelta()
            await unit.outbox.add(f"{notice}:{update_id}", person_id, notice, now, data=behind, not_before=now + rest)
