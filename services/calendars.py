"""The calendars of all desks, read at once: for whoever asks about many complaints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.calendar import Holiday, WorkingCalendar
from services.office import calendar_of
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Calendars:
    """Every desk with its working days; None is the desk that forwards to SP4N."""

    desks: dict[int | None, Government | None]
    _days: Sequence[Holiday]
    _made: dict[int | None, WorkingCalendar] = field(default_factory=dict)

    @classmethod
    async def read(cls, work: UnitOfWork) -> Calendars:
        """As the table of free days and the directory say now."""
        governments = await work.directory.governments()
        return cls({None: None} | {each.id: each for each in governments}, await work.holidays.days())

    def of(self, government_id: int | None) -> WorkingCalendar:
        """The calendar of a desk."""
        if government_id not in self._made:
            self._made[government_id] = calendar_of(self.desks[government_id], self._days)
        return self._made[government_id]

    def __iter__(self) -> Iterator[tuple[Government | None, WorkingCalendar]]:
        """Each desk with its calendar, that of SP4N first, then by code."""
        return ((desk, self.of(place)) for place, desk in self.desks.items())
