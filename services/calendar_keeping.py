"""The administrator keeps the free days: versions in, the table out, and a check that nothing is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar import Holiday, HolidayKind
from services.holiday_file import HolidayFile
from services.office import Office
from services.recounting import Moved, Recounting
from storage.tables_time import HolidayRow
from storage.unit_of_work import UnitOfWork

OCTOBER = 10
"""From this month on, next year's joint leave should be known: the decree comes out in September or October."""


@dataclass(frozen=True)
class HolidaySheet:
    """A free day with the version that says so."""

    day: Holiday
    source: str
    dated_on: date | None


@dataclass(frozen=True)
class CalendarChange:
    """What a version has changed. `kept`: days of its years that it does not name and that stay in force."""

    added: tuple[Holiday, ...]
    removed: tuple[Holiday, ...]
    kept: tuple[Holiday, ...]
    moved: Moved


@dataclass(frozen=True)
class CalendarHealth:
    """What is missing: `without_days` are years that have none; estimates are those still to come."""

    today: date
    without_days: tuple[int, ...]
    without_joint_leave: int | None
    estimated: tuple[Holiday, ...]

    @property
    def well(self) -> bool:
        """Whether deadlines can be trusted; estimates are said but are no fault."""
        return not self.without_days and self.without_joint_leave is None


class CalendarKeeping:
    """Keeps the table of free days. Nothing is written over: what was known earlier can still be told."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def enter(self, given: HolidayFile, *, whole_years: bool = False) -> CalendarChange:
        """Enters a version, counts open deadlines anew, and owes both sides a word where a date moved.

        `whole_years`: the version is complete for the years that it names, so other days of theirs are removed.
        """
        async with self._office.database.work() as work:
            known = {day.on: day for day in await work.holidays.days() if day.on.year in given.years}
            named = {day.on for day in given.days}
            added = tuple(day for day in given.days if known.get(day.on) != day)
            others = tuple(day for on, day in known.items() if on not in named)
            now = self._office.clock()
            for day in added:
                await work.holidays.put(_row(day, given, now))
            for day in others if whole_years else ():
                await work.holidays.remove(day.on, now)
            removed = others if whole_years else ()
            fresh = tuple(day for day in added if day.on not in known)
            moved = await Recounting(self._office, work).recount(fresh, removed)
            await work.commit()
        return CalendarChange(added, removed, () if whole_years else others, moved)

    async def listed(self, year: int | None = None) -> tuple[HolidaySheet, ...]:
        """The free days in force, of one year or of all, in order."""
        first, last = date(year or 1, 1, 1), date(year or 9999, 12, 31)
        async with self._office.database.reading() as work:
            rows = await work.holidays.between(first, last)
        return tuple(
            HolidaySheet(Holiday(row.on, row.name, HolidayKind(row.kind), row.estimated), row.source, row.dated_on)
            for row in rows
        )

    async def check(self) -> CalendarHealth:
        """What is missing now: this year's days, from October on next year's joint leave; and which are estimates."""
        async with self._office.database.reading() as work:
            return await self._health(work)

    async def _health(self, work: UnitOfWork) -> CalendarHealth:
        calendar = await self._office.calendar(work, None)
        today = calendar.local_date(self._office.clock())
        days = await work.holidays.days()
        nearing = today.month >= OCTOBER
        wanted = (today.year, today.year + 1) if nearing else (today.year,)
        leave = {day.on.year for day in days if day.kind is HolidayKind.JOINT_LEAVE}
        return CalendarHealth(
            today=today,
            without_days=tuple(year for year in wanted if year not in {day.on.year for day in days}),
            without_joint_leave=today.year + 1 if nearing and today.year + 1 not in leave else None,
            estimated=tuple(day for day in days if day.estimated and day.on >= today),
        )


def _row(day: Holiday, given: HolidayFile, now: datetime) -> HolidayRow:
    return HolidayRow(
        on=day.on,
        name=day.name,
        kind=day.kind.value,
        estimated=day.estimated,
        source=given.source,
        dated_on=given.dated_on,
        added_at=now,
    )
