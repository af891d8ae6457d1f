"""Lets work go on whose instants a wrong clock has named, once the clock was set back."""

from __future__ import annotations

from datetime import datetime

from services.office import Office


class Rewinding:
    """The job that looks whether the clock was set back; it finds nothing the second time."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def rewind(self, now: datetime) -> int:
        """Returns how much goes on; 0 while the clock only goes forward."""
        async with self._office.database.reading() as work:
            if not await work.rewinding.was_set_back(now):
                return 0
        async with self._office.database.work() as work:
            count = await work.rewinding.rewind(now)
            await work.commit()
        return count
