"""A database that forgets: units of work share one transaction that is never committed, to see what would happen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.messages import OutboxState
from domain.time import Clock
from storage.engine import Database
from storage.tables import OutboxMessage
from storage.unit_of_work import Cause, UnitOfWork


class _Unit(UnitOfWork):
    """A unit of work whose commit keeps nothing, and whose end leaves the shared transaction open."""

    async def commit(self) -> None:
        """Lets the units that follow see what was done, and nobody else."""
        await self.flush()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The rehearsal ends the transaction."""


class RehearsedDatabase(Database):
    """Another database's data by another clock. Writers of the real one may wait while it is open: be brief."""

    def __init__(self, real: Database, session: AsyncSession, clock: Clock) -> None:
        """Opens no engine of its own."""
        self.url, self.keyring, self.clock = real.url, real.keyring, clock
        self._session = session

    def work(self, cause: Cause | None = None) -> UnitOfWork:
        """A unit of work in the shared transaction."""
        return _Unit(self._session, self.keyring, self.clock, cause)

    def reading(self) -> UnitOfWork:
        """The same: what was rehearsed before can be read."""
        return self.work()

    async def queued(self) -> Sequence[OutboxMessage]:
        """Every message that waits to be sent, the most urgent first."""
        order = (OutboxMessage.priority, OutboxMessage.not_before, OutboxMessage.id)
        waiting = (OutboxState.QUEUED, OutboxState.BLOCKED)
        rows = await self._session.scalars(
            select(OutboxMessage).where(OutboxMessage.state.in_(waiting)).order_by(*order)
        )
        return rows.all()


@asynccontextmanager
async def rehearsing(real: Database, clock: Clock) -> AsyncIterator[RehearsedDatabase]:
    """Opens a rehearsal; at its end everything that was done in it is undone."""
    async with real.session() as session:
        try:
            yield RehearsedDatabase(real, session, clock)
        finally:
            await session.rollback()
