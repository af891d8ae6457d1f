"""Units of work that share one transaction: never committed, to see what would happen, or all kept at its end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from types import TracebackType

from sqlalchemy import Connection, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.messages import OutboxState
from domain.time import Clock
from storage.engine import Database
from storage.tables_messages import OutboxMessage
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

    def work(self, cause: Cause | None = None, *, brief: bool = False) -> UnitOfWork:  # noqa: ARG002
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


class _KeptUnit(_Unit):
    """A unit of work that is kept with all the others."""

    async def commit(self) -> None:
        """Lets the units that follow see what was done; the audit log has its lines."""
        await self.flush()
        await self.audit.write(self._clock())


class StagedDatabase(RehearsedDatabase):
    """The same, of which everything is kept together or nothing."""

    def work(self, cause: Cause | None = None, *, brief: bool = False) -> UnitOfWork:  # noqa: ARG002
        """A unit of work in the shared transaction."""
        return _KeptUnit(self._session, self.keyring, self.clock, cause)

    async def directly(self, act: Callable[[Connection], None]) -> None:
        """Does something to the connection itself, in the same transaction."""
        await (await self._session.connection()).run_sync(act)


@asynccontextmanager
async def staging(real: Database, clock: Clock) -> AsyncIterator[StagedDatabase]:
    """Opens a stage; at its end everything that was done on it is kept, unless something was raised."""
    async with real.session() as session:
        yield StagedDatabase(real, session, clock)
        await session.commit()
