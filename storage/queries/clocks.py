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

    async def running_of(self, government_id: int, kinds: Collection[ClockKind]) -> Sequence[ClockRow]:
        """The running, unpaused clocks of a government's complaints, nearest deadline first."""
        rows = await self._session.scalars(
            select(ClockRow)
            .join(Complaint, Complaint.id == ClockRow.complaint_id)
            .where(
                Complaint.government_id == government_id,
                ClockRow.kind.in_(kinds),
                ClockRow.stopped_at.is_(None),
                ClockRow.paused_at.is_(None),
            )
            .order_by(ClockRow.due_at, ClockRow.id)
        )
        return rows.all()

    async def due_before(self, instant: datetime) -> Sequence[ClockRow]:
        """The running, unpaused clocks that are due before an instant, earliest first."""
        rows = await self._session.scalars(
            select(ClockRow)
            .where(ClockRow.stopped_at.is_(None), ClockRow.paused_at.is_(None), ClockRow.due_at < instant)
            .order_by(ClockRow.due_at, ClockRow.id)
        )
        return rows.all()
