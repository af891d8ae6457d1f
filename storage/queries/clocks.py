"""The clocks of complaints: which run, which are due."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from domain.lifecycle import ClockKind
from storage.queries.base import Queries
from storage.tables import ClockRow, Complaint


class Clocks(Queries):
    """Queries on clocks; the rules of counting stand in the domain."""

    def add(self, clock: ClockRow) -> None:
        """Starts a clock with the unit of work."""
        self._session.add(clock)

    async def of(self, complaint_id: int) -> Sequence[ClockRow]:
        """Every clock of a complaint, the stopped ones too, in the order they started."""
        rows = await self._session.scalars(
            select(ClockRow).where(ClockRow.complaint_id == complaint_id).order_by(ClockRow.id)
        )
        return rows.all()

    async def latest(self, complaint_id: int, kind: ClockKind) -> ClockRow | None:
        """The clock of a kind that started last, whether it runs or has stopped."""
        return await self._session.scalar(
            select(ClockRow)
            .where(ClockRow.complaint_id == complaint_id, ClockRow.kind == kind)
            .order_by(ClockRow.id.desc())
            .limit(1)
        )

    async def running(self, complaint_id: int, kind: ClockKind) -> ClockRow | None:
        """The clock of a kind that has not stopped; it may be paused."""
        return await self._session.scalar(
            select(ClockRow)
            .where(
                ClockRow.complaint_id == complaint_id,
                ClockRow.kind == kind,
                ClockRow.stopped_at.is_(None),
            )
            .order_by(ClockRow.id.desc())
            .limit(1)
        )

    async def unstopped(self) -> Sequence[ClockRow]:
        """Every clock that has not stopped, paused ones too; locked, so that none stops while it is counted anew."""
        rows = await self._session.scalars(
            select(ClockRow).where(ClockRow.stopped_at.is_(None)).order_by(ClockRow.id).with_for_update()
        )
        return rows.all()

    async def running_of(self, government_id: int | None, kinds: Collection[ClockKind]) -> Sequence[ClockRow]:
        """The running, unpaused clocks of a government (None: of the SP4N desk), nearest deadline first."""
        owner = Complaint.government_id
        rows = await self._session.scalars(
            select(ClockRow)
            .join(Complaint, Complaint.id == ClockRow.complaint_id)
            .where(
                owner.is_(None) if government_id is None else owner == government_id,
                ClockRow.kind.in_(kinds),
                ClockRow.stopped_at.is_(None),
                ClockRow.paused_at.is_(None),
            )
            .order_by(ClockRow.due_at, ClockRow.id)
        )
        return rows.all()

    async def get(self, clock_id: int) -> ClockRow:
        """The clock of this id; raises `NoResultFound` when there is none."""
        return await self._session.get_one(ClockRow, clock_id)

    async def running_kind(self, kind: ClockKind) -> Sequence[ClockRow]:
        """The running, unpaused clocks of a kind, nearest deadline first."""
        rows = await self._session.scalars(
            select(ClockRow)
            .where(ClockRow.kind == kind, ClockRow.stopped_at.is_(None), ClockRow.paused_at.is_(None))
            .order_by(ClockRow.due_at, ClockRow.id)
        )
        return rows.all()

    async def due_before(self, instant: datetime, since: datetime | None = None) -> Sequence[ClockRow]:
        """The running, unpaused clocks that are due before an instant (and not before `since`), earliest first."""
        late = [ClockRow.due_at < instant, *([ClockRow.due_at >= since] if since else [])]
        rows = await self._session.scalars(
            select(ClockRow)
            .where(ClockRow.stopped_at.is_(None), ClockRow.paused_at.is_(None), *late)
            .order_by(ClockRow.due_at, ClockRow.id)
        )
        return rows.all()
