"""Rights that one process holds at a time: to deliver, to lead the timetable."""

from datetime import datetime, timedelta

from sqlalchemy import and_, case, or_, update

from storage.queries.base import Queries
from storage.tables_messages import Lease


class Leases(Queries):
    """Queries on the leases of processes; those of chats belong to the inbox."""

    async def acquire(self, name: str, holder: str, now: datetime, lease: timedelta) -> int | None:
        """Takes or prolongs a right; returns its fence number, None while another holds it.

        The number grows each time that the right changes hands or has run out in between. A right that is held for much
        longer than anybody takes it was taken by a clock that has been set back since.
        """
        await self._session.execute(
            self._insert(Lease).values(name=name, fence=0).on_conflict_do_nothing(index_elements=[Lease.name])
        )
        free = or_(Lease.until.is_(None), Lease.until <= now, Lease.until > now + 2 * lease)
        still_ours = and_(Lease.holder == holder, Lease.until > now)
        return await self._session.scalar(
            update(Lease)
            .where(Lease.name == name, or_(Lease.holder == holder, free))
            .values(holder=holder, until=now + lease, fence=case((still_ours, Lease.fence), else_=Lease.fence + 1))
            .returning(Lease.fence)
            .execution_options(synchronize_session=False)
        )

    async def release(self, name: str, holder: str) -> None:
        """Gives the right back at once, if it is still ours."""
        await self._session.execute(
            update(Lease)
            .where(Lease.name == name, Lease.holder == holder)
            .values(holder=None, until=None)
            .execution_options(synchronize_session=False)
        )
