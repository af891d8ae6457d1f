"""A desk's day: what waits, what is due, what is late; the first few of each, and how many there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, func, or_, select

from domain.lifecycle import OPEN_STATUSES, Status
from domain.permissions import Actor
from storage.queries.base import Queries
from storage.queries.complaints import lies_at
from storage.queries.reach import reach
from storage.tables_complaints import ClockRow, Complaint

TIMES_RETURNED = 2
"""From so many returns on a complaint is a ball that offices play with each other."""


@dataclass(frozen=True)
class Desk:
    """A government's desk or (None) the one that forwards to SP4N, as one reader may see it."""

    government_id: int | None
    reader: Actor


@dataclass(frozen=True)
class Found:
    """The first complaints of a list, each with the instant that its nearest clock is due, and how many there are."""

    rows: Sequence[tuple[Complaint, datetime | None]]
    count: int


class DeskDays(Queries):
    """Queries on what is open at a desk: none reads more rows than are shown."""

    async def waiting(self, desk: Desk, limit: int) -> Found:
        """What nobody has verified, oldest first."""
        return await self._first(limit, *self._open_at(desk), Complaint.status == Status.SUBMITTED)

    async def returned(self, desk: Desk, limit: int) -> Found:
        """What came back more than once, or waits for the arbiter."""
        ball = or_(Complaint.returns >= TIMES_RETURNED, Complaint.at_arbiter)
        return await self._first(limit, *self._open_at(desk), ball)

    async def due(self, desk: Desk, now: datetime, until: datetime, limit: int) -> tuple[Found, Found]:
        """What is late, and what is due before `until`, each with the nearest deadline first."""
        nearest = self._nearest(desk)
        late = (nearest.c.due_at < now).label("late")
        turn = func.row_number().over(partition_by=late, order_by=(nearest.c.due_at, nearest.c.complaint_id))
        count = func.count().over(partition_by=late)
        ranked = (
            select(nearest.c.complaint_id, nearest.c.due_at, late, turn.label("turn"), count.label("count"))
            .where(nearest.c.due_at < until)
            .subquery()
        )
        rows = await self._session.execute(
            select(Complaint, ranked.c.due_at, ranked.c.late, ranked.c.count)
            .join(ranked, ranked.c.complaint_id == Complaint.id)
            .where(ranked.c.turn <= limit)
            .order_by(ranked.c.turn)
        )
        found: dict[bool, list[tuple[Complaint, datetime | None]]] = {True: [], False: []}
        counts: dict[bool, int] = {}
        for complaint, due_at, is_late, among in rows:
            found[bool(is_late)].append((complaint, due_at))
            counts[bool(is_late)] = among
        return Found(found[True], counts.get(True, 0)), Found(found[False], counts.get(False, 0))

    def _nearest(self, desk: Desk) -> Subquery:
        return (
            select(ClockRow.complaint_id, func.min(ClockRow.due_at).label("due_at"))
            .join(Complaint, Complaint.id == ClockRow.complaint_id)
            .where(ClockRow.stopped_at.is_(None), ClockRow.paused_at.is_(None), *self._open_at(desk))
            .group_by(ClockRow.complaint_id)
            .subquery()
        )

    async def _first(self, limit: int, *conditions: ColumnElement[bool]) -> Found:
        count = await self._session.scalar(select(func.count()).select_from(Complaint).where(*conditions)) or 0
        rows = await self._session.scalars(select(Complaint).where(*conditions).order_by(Complaint.id).limit(limit))
        return Found([(complaint, None) for complaint in rows], count)

    def _open_at(self, desk: Desk) -> Collection[ColumnElement[bool]]:
        """What waits for the arbiter lies at the last desk too."""
        here = lies_at(desk.government_id)
        here = or_(here, Complaint.at_arbiter) if desk.government_id is None else here
        return (here, Complaint.status.in_(OPEN_STATUSES), reach(desk.reader))
