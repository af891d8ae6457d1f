"""Figures of a government: counted in SQL, by days of its own zone, without a word of any complaint."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, case, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from domain.drafting import Satisfaction
from domain.lifecycle import Action, ClockKind, ComplaintClass, Status
from storage.queries.base import Queries
from storage.queries.complaints import lies_at
from storage.tables import ClockRow, Complaint, Event, Rating, Unit
from storage.types import UtcDateTime


class Figures(Queries):
    """Queries that only count. A complaint counts where it lies now; None: at the desk that forwards to SP4N."""

    async def received_by_day(self, government_id: int | None, since: datetime, zone: str) -> Mapping[date, int]:
        """How many came in on each local day since an instant; days without any are absent."""
        return await self._by_day(Complaint.received_at, func.count(), zone, lies_at(government_id), since)

    async def done_by_day(self, government_id: int | None, since: datetime, zone: str) -> Mapping[date, int]:
        """How many were said to be finished on each local day since an instant, each once a day."""
        here = lies_at(government_id) & (Event.complaint_id == Complaint.id) & (Event.action == Action.MARK_DONE)
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
        ran = or_(ClockRow.stopped_at.is_(None), ClockRow.stopped_at > moments.c.at)
        unpaused = or_(ClockRow.paused_at.is_(None), ClockRow.paused_at > moments.c.at)
        rows = await self._session.execute(
            select(moments.c.place, func.count(func.distinct(ClockRow.complaint_id)))
            .join(ClockRow, (ClockRow.due_at < moments.c.at) & ran & unpaused)
            .join(Complaint, Complaint.id == ClockRow.complaint_id)
            .where(
                lies_at(government_id),
                ClockRow.kind.in_(kinds),
                or_(ClockRow.stopped_at.is_(None), ClockRow.stopped_at > min(instants)),
            )
            .group_by(moments.c.place)
        )
        found: dict[int, int] = dict(rows.all())
        return tuple(found.get(place, 0) for place in range(len(instants)))

    async def tally(self, government_id: int, since: datetime, until: datetime) -> dict[str, int]:
        """How many were received in a span, and what became of those."""
        closed = Complaint.status == Status.CLOSED
        counted = {
            "followed_up": Complaint.first_followed_up_at.is_not(None),
            "done": Complaint.done_at.is_not(None),
            "reopened": Complaint.round > 1,
            "confirmed": closed & Complaint.outcome_resolved.is_(True),
            "silent": closed & Complaint.outcome_resolved.is_(None),
            "archived": Complaint.status == Status.ARCHIVED,
        }
        sums = (func.coalesce(func.sum(case((which, 1), else_=0)), 0).label(name) for name, which in counted.items())
        row = await self._session.execute(
            select(func.count().label("received"), *sums).where(*_received(government_id, since, until))
        )
        return dict(row.mappings().one())

    async def clocks_of(
        self, government_id: int, since: datetime, until: datetime
    ) -> Sequence[tuple[ClockRow, ComplaintClass | None]]:
        """Every office's clock of what was received in a span, with the class; what was put away is left out."""
        rows = await self._session.execute(
            select(ClockRow, Complaint.complaint_class)
            .join(Complaint, Complaint.id == ClockRow.complaint_id)
            .where(
                *_received(government_id, since, until),
                Complaint.status.not_in((Status.ARCHIVED, Status.MERGED, Status.WITHDRAWN)),
                ClockRow.kind != ClockKind.REACT,
            )
            .order_by(ClockRow.id)
        )
        return rows.all()

    async def by_unit(self, government_id: int, since: datetime, until: datetime) -> Sequence[tuple[str, int, int]]:
        """Each unit's name, what it has of a span, and how much of that was followed up."""
        rows = await self._session.execute(
            select(Unit.name, func.count(), func.count(Complaint.first_followed_up_at))
            .join(Complaint, Complaint.unit_id == Unit.id)
            .where(*_received(government_id, since, until))
            .group_by(Unit.id, Unit.name)
        )
        return rows.all()

    async def replies_by_unit(
        self, government_id: int, since: datetime, until: datetime
    ) -> Sequence[tuple[str, int, int]]:
        """Each unit's name, its replies in a span, and how many of them the gate had held back."""
        rows = await self._session.execute(
            select(Unit.name, func.count(), func.sum(case((Event.substantive.is_(False), 1), else_=0)))
            .join(Event, Event.unit_id == Unit.id)
            .where(
                Unit.government_id == government_id,
                Event.substantive.is_not(None),
                Event.at >= since,
                Event.at < until,
            )
            .group_by(Unit.id, Unit.name)
        )
        return [(name, replies, int(hollow)) for name, replies, hollow in rows]

    async def by_sector(self, government_id: int, since: datetime, until: datetime) -> Sequence[tuple[str, int]]:
        """How many of each sector were received in a span."""
        return await self._by(Complaint.sector, government_id, since, until)

    async def by_place(self, government_id: int, since: datetime, until: datetime) -> Sequence[tuple[str, int]]:
        """How many of each district were received in a span; smaller places might point at somebody."""
        return await self._by(Complaint.place["district"].as_string(), government_id, since, until)

    async def ratings(self, government_id: int, since: datetime, until: datetime) -> Sequence[tuple[Satisfaction, int]]:
        """How often each of the four answers was given to what was received in a span, every round counted."""
        rows = await self._session.execute(
            select(Rating.satisfaction, func.count())
            .join(Complaint, Complaint.id == Rating.complaint_id)
            .where(*_received(government_id, since, until))
            .group_by(Rating.satisfaction)
        )
        return rows.all()

    async def _by(
        self,
        what: ColumnElement[Any] | InstrumentedAttribute[Any],
        government_id: int,
        since: datetime,
        until: datetime,
    ) -> Sequence[tuple[str, int]]:
        kept = select(what.label("what")).where(*_received(government_id, since, until)).subquery()
        rows = await self._session.execute(
            select(kept.c.what, func.count()).where(kept.c.what.is_not(None)).group_by(kept.c.what)
        )
        return rows.all()

    async def _by_day(
        self,
        instant: InstrumentedAttribute[datetime],
        count: ColumnElement[int],
        zone: str,
        here: ColumnElement[bool],
        since: datetime,
    ) -> Mapping[date, int]:
        day = self._local_day(instant, since, zone).label("day")
        rows = await self._session.execute(select(day, count).where(here, instant >= since).group_by(day))
        return {_date(day): found for day, found in rows}

    def _local_day(
        self, instant: InstrumentedAttribute[datetime], since: datetime, zone: str
    ) -> ColumnElement[date | str]:
        """The date in a zone. SQLite knows offsets only; no zone of Indonesia has ever changed its clocks in summer."""
        if self._on_postgresql:
            return cast(func.timezone(zone, instant), Date)
        offset = since.astimezone(ZoneInfo(zone)).utcoffset()
        return func.date(instant, f"{offset.total_seconds() / 60:+.0f} minutes" if offset else "+0 minutes")


def _received(government_id: int, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (lies_at(government_id), Complaint.received_at >= since, Complaint.received_at < until)


def _date(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
