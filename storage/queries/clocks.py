"""The clocks of complaints: which run, which are due."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from domain.lifecycle import ClockKind
from storage.queries.base import Queries, grouped
from storage.tables_complaints import ClockRow, Complaint


class Clocks(Queries):
    """Queries on clocks; the rules of counting stand in the domain."""

    def add(self, clock: ClockRow) -> None:
        """Starts a clock with the unit of work."""
        self._session.add(clock)

    async def ahead(self, complaint_ids: Collection[int]) -> None:
        """Reads the clocks of several complaints at once."""
        rows = await self._session.scalars(
            select(ClockRow).where(self._among(ClockRow.complaint_id, complaint_ids)).order_by(ClockRow.id)
        )
        self._ahead = grouped(complaint_ids, rows, lambda clock: clock.complaint_id)

    async def of(self, complaint_id: int) -> Sequence[ClockRow]:
        """Every clock of a complaint, the stopped ones too, in the order they started."""
        if complaint_id in self._ahead:
            return self._ahead[complaint_id]
        rows = await self._session.scalars(
            select(ClockRow).where(ClockRow.complaint_id == complaint_id).order_by(ClockRow.id)
        )
        return rows.all()

    async def unstopped_of(self, complaint_ids: Collection[int]) -> Sequence[ClockRow]:
        """The clocks of some complaints that have not stopped, in the order they started."""
        rows = await self._session.scalars(
            select(ClockRow)
            .where(ClockRow.complaint_id.in_(complaint_ids), ClockRow.stopped_at.is_(None))
            .order_by(ClockRow.id)
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

    async def unstopped(self) -> Sequence[tuple[ClockRow, Complaint]]:
        """Every clock that has not stopped, paused ones too, with its complaint.

        The clocks are locked, so that none stops while it is counted anew.
        """
        rows = await self._session.execute(
            select(ClockRow, Complaint)
            .join(Complaint, Complaint.id == ClockRow.complaint_id)
            .where(ClockRow.stopped_at.is_(None))
            .order_by(ClockRow.id)
            .with_for_update(of=ClockRow)
        )
        return [(clock, complaint) for clock, complaint in rows]

    async def get(self, clock_id: int) -> ClockRow:
        """The clock of this id; raises `NoResultFound` when there is none."""
        return await self._session.get_one(ClockRow, clock_id)
