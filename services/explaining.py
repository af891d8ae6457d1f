"""Answers "why is it due on Tuesday 14 April?": start, days skipped by name, pauses, extensions, rule and version."""

from __future__ import annotations

from dataclasses import replace

from domain import deadlines
from domain.calendar import WorkingCalendar
from services.caller import Caller
from services.clock_sheets import ClockWhy, WhySheet
from services.clocks import calendar_for, deadline_of
from services.office import Office
from services.seeking import find, find_any
from storage.tables_complaints import ClockRow, Complaint
from storage.unit_of_work import UnitOfWork


class Explaining:
    """Explains deadlines out of what is stored; nothing is counted that was not stamped."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def why(self, by: Caller, number: str) -> WhySheet:
        """The deadlines of a complaint that the caller may read: the open ones, else the one that stopped last."""
        async with self._office.database.reading() as work:
            sheet = await self._sheet(work, await find(work, self._office, by.actor, number))
        still_open = tuple(each for each in sheet.clocks if each.stopped_at is None)
        return replace(sheet, clocks=still_open or sheet.clocks[-1:])

    async def everything(self, number: str) -> WhySheet:
        """Every deadline that a complaint has had, for the operator; raises `NumberMistyped`, `ComplaintNotFound`."""
        async with self._office.database.reading() as work:
            return await self._sheet(work, await find_any(work, number))

    async def _sheet(self, work: UnitOfWork, complaint: Complaint) -> WhySheet:
        government = await self._office.government(work, complaint.government_id)
        calendar = await self._office.calendar(work, government)
        rows = await work.clocks.of(complaint.id)
        return WhySheet(
            number=complaint.number,
            status=complaint.status,
            clocks=tuple([await self._why(work, complaint, row, calendar) for row in rows]),
        )

    async def _why(self, work: UnitOfWork, complaint: Complaint, row: ClockRow, calendar: WorkingCalendar) -> ClockWhy:
        deadline = deadline_of(row)
        calendar = calendar_for(row, calendar)
        if row.stopped_at is not None:
            # A stopped clock was stamped by what was known then; a decree that came later does not explain it.
            calendar = replace(calendar, holidays=await work.holidays.days_as_of(row.stopped_at))
        rules = self._office.regulation(row.regulation_version)
        return ClockWhy(
            explanation=deadlines.explain(deadline, calendar),
            regulation=rules.title,
            national_limit=rules.limit(row.kind, complaint.complaint_class),
            stopped_at=row.stopped_at,
            in_time=deadline.in_time,
            told=tuple((level.tier, level.at) for level in await work.escalations.of(row.id)),
        )
