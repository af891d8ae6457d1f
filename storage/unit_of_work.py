"""One transaction = one thing a person does; leaving without commit keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from domain.time import Clock
from storage.crypto import Keyring
from storage.queries.audit import Audit
from storage.queries.base import Queries
from storage.queries.campaigns import Campaigns
from storage.queries.canned import Canned
from storage.queries.clocks import Clocks
from storage.queries.complaints import Complaints
from storage.queries.desk_days import DeskDays
from storage.queries.directory import Directory
from storage.queries.drafts import Drafts
from storage.queries.erasures import Erasures
from storage.queries.escalations import Escalations
from storage.queries.evidence import Evidence
from storage.queries.exports import Exports
from storage.queries.floods import Floods
from storage.queries.groups import Groups
from storage.queries.guests import Guests
from storage.queries.heard import Heard
from storage.queries.holidays import Holidays
from storage.queries.identities import Identities
from storage.queries.inbox import Cause, Inbox
from storage.queries.invites import Invites
from storage.queries.job_runs import JobRuns
from storage.queries.last_days import LastDays
from storage.queries.leases import Leases
from storage.queries.measures import Measures
from storage.queries.outbox import Outbox
from storage.queries.overlays import Overlays
from storage.queries.people import People
from storage.queries.practices import Practices
from storage.queries.privacy import Privacy
from storage.queries.pulse import Pulses
from storage.queries.queues import Queues
from storage.queries.requests import Requests
from storage.queries.reveals import Reveals
from storage.queries.rewinding import Rewinding
from storage.queries.rotation import Rotation
from storage.queries.running import Running
from storage.queries.shown import Shown
from storage.queries.staff import Staff
from storage.queries.supports import Supports
from storage.queries.timeline import Timeline
from storage.races import LeaseLost, Stale

__all__ = ["Cause", "LeaseLost", "Stale", "UnitOfWork"]

Subject = TypeVar("Subject", bound=Queries)


class _Part(Generic[Subject]):
    """The queries on one subject, made when a unit of work first asks for them: there are many, and most need few."""

    def __init__(self, subject: type[Subject]) -> None:
        self._subject = subject

    def __set_name__(self, unit: type[UnitOfWork], name: str) -> None:
        self._name = name

    def __get__(self, unit: UnitOfWork, of: type[UnitOfWork]) -> Subject:
        made = unit.__dict__[self._name] = self._subject(unit._session, unit._keyring)
        return made


class UnitOfWork:
    """The queries by subject, in one transaction that begins with the first of them (`Database.asking` may need none).

    Opened by `Database`, entered once with `async with`. Do not open a second one
    inside: on SQLite there is one writer, and the inner would wait for the outer.
    """

    people = _Part(People)
    identities = _Part(Identities)
    guests = _Part(Guests)
    directory = _Part(Directory)
    drafts = _Part(Drafts)
    heard = _Part(Heard)
    shown = _Part(Shown)
    evidence = _Part(Evidence)
    complaints = _Part(Complaints)
    queues = _Part(Queues)
    canned = _Part(Canned)
    timeline = _Part(Timeline)
    clocks = _Part(Clocks)
    running = _Part(Running)
    inbox = _Part(Inbox)
    outbox = _Part(Outbox)
    staff = _Part(Staff)
    invites = _Part(Invites)
    holidays = _Part(Holidays)
    leases = _Part(Leases)
    escalations = _Part(Escalations)
    requests = _Part(Requests)
    job_runs = _Part(JobRuns)
    overlays = _Part(Overlays)
    exports = _Part(Exports)
    campaigns = _Part(Campaigns)
    last_days = _Part(LastDays)
    desk_days = _Part(DeskDays)
    measures = _Part(Measures)
    supports = _Part(Supports)
    floods = _Part(Floods)
    privacy = _Part(Privacy)
    erasures = _Part(Erasures)
    reveals = _Part(Reveals)
    practices = _Part(Practices)
    audit = _Part(Audit)
    rewinding = _Part(Rewinding)
    rotation = _Part(Rotation)
    pulses = _Part(Pulses)
    groups = _Part(Groups)

    def __init__(
        self,
        session: AsyncSession,
        keyring: Keyring,
        clock: Clock,
        cause: Cause | None,
        owed: Callable[[], None] = lambda: None,
    ) -> None:
        """Owns the session from here on; `owed` is called when a message was queued for good."""
        self._session = session
        self._keyring = keyring
        self._clock = clock
        self._owed = owed
        self.cause = cause

    async def __aenter__(self) -> UnitOfWork:
        """Begins nothing yet: the first query does."""
        return self

    async def flush(self) -> None:
        """Sends what is pending, so that new rows have their ids; raises `Stale` as the commit does."""
        try:
            await self._session.flush()
        except StaleDataError as error:
            raise Stale(str(error)) from error

    async def commit(self) -> None:
        """Keeps everything, and with it the mark that the cause is worked and the lines of the audit log.

        Raises `Stale` when somebody else changed a row since it was read here, and `LeaseLost` when the
        update is no longer held under the cause's fence; then leave the unit: nothing is kept.
        """
        await self.flush()
        if self.cause is not None:
            await self.inbox.mark_worked(self.cause, self._clock())
        await self.audit.write(self._clock())
        await self._session.commit()
        if self.cause is not None:
            self.cause.marked = True
        if self.outbox.owes:
            self._owed()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drops what was not committed; names a lost race `Stale`, wherever in the unit it showed."""
        await self._session.__aexit__(kind, error, trace)
        if isinstance(error, StaleDataError):
            raise Stale(str(error)) from error
