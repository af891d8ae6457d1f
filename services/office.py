"""What every activity needs: the register, the clock, the rules in force, and the matcher of agencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.calendar import WorkingCalendar
from domain.regulation import Regulation, by_version, in_force
from domain.time import Clock
from routing.matcher import AgencyMatcher
from storage.engine import Database
from storage.tables import Government
from storage.unit_of_work import UnitOfWork

HOME_ZONE = "Asia/Jakarta"
"""The zone of the desk that serves whoever has no government here."""


@dataclass
class Office:
    """Everything that the services share. `matcher` is replaced when the directory changes."""

    database: Database
    clock: Clock
    regulations: Sequence[Regulation]
    matcher: AgencyMatcher

    async def government(self, work: UnitOfWork, government_id: int | None) -> Government | None:
        """The government that holds a complaint; None: the desk that forwards to SP4N."""
        return None if government_id is None else await work.directory.government(government_id)

    async def calendar(self, work: UnitOfWork, government: Government | None) -> WorkingCalendar:
        """The working days in the zone of a government, or of the SP4N desk."""
        zone = government.time_zone if government else HOME_ZONE
        return WorkingCalendar(zone, await work.holidays.days())

    def regulation_now(self, calendar: WorkingCalendar) -> Regulation:
        """The version in force today."""
        return in_force(self.regulations, calendar.local_date(self.clock()))

    def regulation(self, version: str) -> Regulation:
        """The version under which a complaint was received."""
        return by_version(self.regulations, version)
