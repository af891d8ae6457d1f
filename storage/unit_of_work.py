"""One transaction = one thing a person does; leaving without commit keeps nothing."""

from collections.abc import Callable
from types import TracebackType

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from domain.time import Clock
from storage.crypto import Keyring
from storage.queries.audit import Audit
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


class UnitOfWork:
    """The queries by subject, in one transaction that begins with the first of them.

    Opened by `Database.work` or `Database.reading`, entered once with `async with`. Do not open a second one
    inside: on SQLite there is one writer, and the inner would wait for the outer.
    """

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
        self._clock = clock
        self._owed = owed
        self.cause = cause
        self.people = People(session, keyring)
        self.identities = Identities(session, keyring)
        self.directory = Directory(session, keyring)
        self.drafts = Drafts(session, keyring)
        self.heard = Heard(session, keyring)
        self.shown = Shown(session, keyring)
        self.evidence = Evidence(session, keyring)
        self.complaints = Complaints(session, keyring)
        self.queues = Queues(session, keyring)
        self.canned = Canned(session, keyring)
        self.timeline = Timeline(session, keyring)
        self.clocks = Clocks(session, keyring)
        self.running = Running(session, keyring)
        self.inbox = Inbox(session, keyring)
        self.outbox = Outbox(session, keyring)
        self.staff = Staff(session, keyring)
        self.invites = Invites(session, keyring)
        self.holidays = Holidays(session, keyring)
        self.leases = Leases(session, keyring)
        self.escalations = Escalations(session, keyring)
        self.requests = Requests(session, keyring)
        self.job_runs = JobRuns(session, keyring)
        self.overlays = Overlays(session, keyring)
        self.exports = Exports(session, keyring)
        self.campaigns = Campaigns(session, keyring)
        self.last_days = LastDays(session, keyring)
        self.desk_days = DeskDays(session, keyring)
        self.measures = Measures(session, keyring)
        self.supports = Supports(session, keyring)
        self.floods = Floods(session, keyring)
        self.privacy = Privacy(session, keyring)
        self.erasures = Erasures(session, keyring)
        self.reveals = Reveals(session, keyring)
        self.practices = Practices(session, keyring)
        self.audit = Audit(session, keyring)
        self.rewinding = Rewinding(session, keyring)
        self.rotation = Rotation(session, keyring)
        self.pulses = Pulses(session, keyring)
        self.groups = Groups(session, keyring)

    async def __aenter__(self) -> "UnitOfWork":
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
