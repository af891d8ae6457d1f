"""How the queues stand, by numbers alone. Asked often, so only rows that an index finds are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from domain.evidence import FetchState
from domain.messages import InboxState, Notice, OutboxState
from storage.queries.base import Queries
from storage.tables_evidence import Attachment
from storage.tables_messages import DOUBTFUL, InboxUpdate, Lease, OutboxMessage
from storage.tables_time import JobRun

UNFINISHED = tuple(state for state in OutboxState if state is not OutboxState.SENT)
WAITING = tuple(state for state in UNFINISHED if state not in (OutboxState.FAILED, OutboxState.UNCERTAIN))

BACKUP = "backup"
"""The name under which the last backup stands among the runs of the jobs."""


@dataclass(frozen=True)
class Depth:
    """How many wait, and since when the oldest of them."""

    count: int
    oldest: datetime | None = None


NOTHING = Depth(0)


@dataclass(frozen=True)
class Pulse:
    """Everything at one instant. `due` is what should have left by now, by its kind; `held` who holds which right."""

    at: datetime
    inbox: Depth
    set_aside: Depth
    outbox: Mapping[OutboxState, int]
    due: Mapping[Notice, Depth]
    files: Depth
    ran: Mapping[str, datetime]
    held: frozenset[str]

    @property
    def all_due(self) -> Depth:
        """What should have left by now, of every kind."""
        oldest = [depth.oldest for depth in self.due.values() if depth.oldest is not None]
        return Depth(sum(depth.count for depth in self.due.values()), min(oldest, default=None))


class Pulses(Queries):
    """Queries for whoever watches the program."""

    async def at(self, now: datetime) -> Pulse:
        """How everything stands."""
        return Pulse(
            now,
            await self._inbox(InboxState.NEW),
            await self._inbox(InboxState.DEAD),
            await self._outbox(),
            await self._due(now),
            await self._files(now),
            {row.name: row.ran_at for row in await self._session.scalars(select(JobRun))},
            frozenset(await self._session.scalars(select(Lease.name).where(Lease.until > now))),
        )

    async def _inbox(self, state: InboxState) -> Depth:
        asked = select(func.count(), func.min(InboxUpdate.received_at)).where(InboxUpdate.state == state)
        return Depth(*(await self._session.execute(asked)).one())

    async def _outbox(self) -> dict[OutboxState, int]:
        """What failed over the years is counted by an index of its own."""
        waiting = select(OutboxMessage.state, func.count()).where(OutboxMessage.state.in_(WAITING))
        doubtful = select(OutboxMessage.state, func.count()).where(text(DOUBTFUL))
        rows = [
            row
            for asked in (waiting, doubtful)
            for row in await self._session.execute(asked.group_by(OutboxMessage.state))
        ]
        return {OutboxState(state): count for state, count in rows}

    async def _due(self, now: datetime) -> dict[Notice, Depth]:
        asked = (
            select(OutboxMessage.kind, func.count(), func.min(OutboxMessage.not_before))
            .where(OutboxMessage.state == OutboxState.QUEUED, OutboxMessage.not_before <= now)
            .group_by(OutboxMessage.kind)
        )
        return {kind: Depth(count, oldest) for kind, count, oldest in await self._session.execute(asked)}

    async def _files(self, now: datetime) -> Depth:
        asked = select(func.count(), func.min(Attachment.added_at)).where(
            Attachment.state == FetchState.OWED, Attachment.fetch_at <= now
        )
        return Depth(*(await self._session.execute(asked)).one())
