"""The days on which no clock runs."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from domain.calendar import Holiday, HolidayKind
from storage.queries.base import Queries
from storage.tables import HolidayRow


class Holidays(Queries):
    """Queries on the administrator's table of free days."""

    async def put(self, holiday: HolidayRow) -> None:
        """Enters a day, or writes over what stood there."""
        await self._session.merge(holiday)

    async def days(self) -> list[Holiday]:
        """Every free day as the calendar of the domain takes it."""
        rows = await self._session.scalars(select(HolidayRow).order_by(HolidayRow.on))
        return [Holiday(row.on, row.name, HolidayKind(row.kind), row.estimated) for row in rows]

    async def between(self, first: date, last: date) -> Sequence[HolidayRow]:
        """The free days from `first` to `last`, both included, in order."""
        rows = await self._session.scalars(
            select(HolidayRow).where(HolidayRow.on.between(first, last)).order_by(HolidayRow.on)
        )
        return rows.all()
