"""What a fresh register begins with: the free days of the years around now, and the numbers to call in danger."""

from __future__ import annotations

from services.office import Office
from storage.seed.emergency import seed_emergency
from storage.seed.holidays import seed_holidays, seed_source
from storage.tables_emergency import EmergencyNumber
from storage.tables_time import HolidayRow

YEARS_BACK, YEARS_AHEAD = 1, 1
"""The years of which free days are entered, around the present one."""


class Seeding:
    """Enters what is missing and leaves alone what an administrator has changed."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def seed(self) -> None:
        """Enters the free days of every year that has none, and the emergency numbers if there are none."""
        now = self._office.clock()
        years = range(now.year - YEARS_BACK, now.year + YEARS_AHEAD + 1)
        source = seed_source()
        async with self._office.database.work() as work:
            known = {day.on.year for day in await work.holidays.days()}
            await work.holidays.enter(
                HolidayRow(
                    on=day.on,
                    name=day.name,
                    kind=day.kind.value,
                    estimated=day.estimated,
                    source=source,
                    added_at=now,
                )
                for day in seed_holidays(year for year in years if year not in known)
            )
            if not await work.directory.emergency_numbers():
                for number in seed_emergency():
                    await work.directory.add(EmergencyNumber(**vars(number)))
            await work.commit()
