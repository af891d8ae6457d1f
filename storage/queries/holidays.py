"""The days on which no clock runs, as each version of the administrator's table says them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select, update

from domain.calendar import Holiday, HolidayKind
from storage.queries.base import Queries
from storage.tables_time import HolidayRow

IN_FORCE = HolidayRow.removed_at.is_(None)


class Holidays(Queries):
    """Queries on the administrator's table of free days; what was removed stays readable as history."""

    async def put(self, holiday: HolidayRow) -> None:
        """Enters a day; what stood there before is removed at the instant at which this one was added."""
        await self.remove(holiday.on, holiday.added_at)
        self._session.add(holiday)
        await self._session.flush()

    async def enter(self, holidays: Iterable[HolidayRow]) -> None:
        """Enters days of years that have none yet, all at once."""
        self._session.add_all(holidays)
        await self._session.flush()

    async def remove(self, on: date, now: datetime) -> None:
        """Takes a day out of force."""
        await self._session.execute(
            update(HolidayRow)
            .where(HolidayRow.on == on, IN_FORCE)
            .values(removed_at=now)
            .execution_options(synchronize_session=False)
        )

    async def days(self) -> list[Holiday]:
        """Every free day as the calendar of the domain takes it."""
        return await self._holidays(IN_FORCE)

    async def days_as_of(self, instant: datetime) -> list[Holiday]:
        """The free days as they were known at an instant."""
        still = or_(IN_FORCE, HolidayRow.removed_at > instant)
        return await self._holidays(and_(HolidayRow.added_at <= instant, still))

    async def between(self, first: date, last: date) -> Sequence[HolidayRow]:
        """The free days from `first` to `last`, both included, in order."""
        rows = await self._session.scalars(
            select(HolidayRow).where(HolidayRow.on.between(first, last), IN_FORCE).order_by(HolidayRow.on)
        )
        return rows.all()

    async def _holidays(self, which: ColumnElement[bool]) -> list[Holiday]:
        rows = await self._session.scalars(select(HolidayRow).where(which).order_by(HolidayRow.on))
        return [Holiday(row.on, row.name, HolidayKind(row.kind), row.estimated) for row in rows]
