"""The last days of a desk: counted in SQL, by days of its own zone, without what is examined."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from domain.lifecycle import OPEN_STATUSES, Action, ClockKind
from storage.queries.base import Queries
from storage.queries.complaints import lies_at
from storage.queries.counted import looked_up, open_to_all
from storage.tables_complaints import ClockRow, Complaint, Event
from storage.types import UtcDateTime


class LastDays(Queries):
    """Queries that only count. A complaint counts where it lies now; None: at the desk that forwards to SP4N."""

    async def received_by_day(self, government_id: int | None, since: datetime, zone: str) -> Mapping[date, int]:
        """How many came in on each local day since an instant; days without any are absent."""
        here = (lies_at(government_id), open_to_all())
        return await self._by_day(Complaint.received_at, func.count(), zone, here, since)

    async def done_by_day(self, government_id: int | None, since: datetime, zone: str) -> Mapping[date, int]:
        """How many were said to be finished on each local day since an instant, each once a day."""
        here = (Event.action == Action.MARK_DONE, looked_up(Event.complaint_id, lies_at(government_id), open_to_all()))
        return await self._by_day(Event.at, func.count(func.distinct(Event.complaint_id)), zone, here, since)

    async def overdue_at(
        self, government_id: int | None, kinds: Collection[ClockKind], instants: Sequence[datetime]
    ) -> tuple[int, ...]:
        """How many complaints had a late clock of these kinds at each instant, in the order of the instants."""
        moments = union_all(
            *(
                select(literal(place).label("place"), literal(instant, UtcDateTime()).label("at"))
                for place, instant in enumerate(instants)
            )
        ).cte("moments")
        # Two questions, each with an index of its own: what is late still, and what was late until it stopped.
        columns = (ClockRow.complaint_id, ClockRow.due_at, ClockRow.stopped_at, ClockRow.paused_at)
        clocks = select(*columns).where(ClockRow.kind.in_(kinds))
        here = (lies_at(government_id), open_to_all())
        late = union_all(
            # The clocks of offices run only while a complaint is open.
            clocks.join(Complaint, Complaint.id == ClockRow.complaint_id).where(
                *here,
                Complaint.status.in_(OPEN_STATUSES),
                ClockRow.stopped_at.is_(None),
                ClockRow.due_at < max(instants),
            ),
            clocks.where(
                ClockRow.stopped_at > ClockRow.due_at,
                ClockRow.stopped_at > min(instants),
                looked_up(ClockRow.complaint_id, *here),
            ),
        ).cte("late")
        ran = or_(late.c.stopped_at.is_(None), late.c.stopped_at > moments.c.at)
        unpaused = or_(late.c.paused_at.is_(None), late.c.paused_at > moments.c.at)
        rows = await self._session.execute(
            select(moments.c.place, func.count(func.distinct(late.c.complaint_id)))
            .join(late, (late.c.due_at < moments.c.at) & ran & unpaused)
            .group_by(moments.c.place)
        )
        found: dict[int, int] = dict(rows.all())
        return tuple(found.get(place, 0) for place in range(len(instants)))

    async def _by_day(
        self,
        instant: InstrumentedAttribute[datetime],
        count: ColumnElement[int],
        zone: str,
        here: tuple[ColumnElement[bool], ...],
        since: datetime,
    ) -> Mapping[date, int]:
        day = self._local_day(instant, since, zone).label("day")
        rows = await self._session.execute(select(day, count).where(*here, instant >= since).group_by(day))
        return {_date(day): found for day, found in rows}

    def _local_day(
        self, instant: InstrumentedAttribute[datetime], since: datetime, zone: str
    ) -> ColumnElement[date | str]:
        """The date in a zone. SQLite knows offsets only; no zone of Indonesia has ever changed its clocks in summer."""
        if self._on_postgresql:
            return cast(func.timezone(zone, instant), Date)
        offset = since.astimezone(ZoneInfo(zone)).utcoffset()
        return func.date(instant, f"{offset.total_seconds() / 60:+.0f} minutes" if offset else "+0 minutes")


def _date(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
