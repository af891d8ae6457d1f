"""What every activity needs: the register, the clock, the rules in force, and the matcher of agencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from domain.cadence import Cadence
from domain.calendar import DEFAULT_HOURS, Holiday, OfficeHours, WorkingCalendar
from domain.fair_use import Limits
from domain.figures import Measuring
from domain.regulation import Regulation, by_version, in_force, promised
from domain.time import Clock
from domain.watch import Watch
from routing.matcher import AgencyMatcher
from storage.engine import Database
from storage.seed.cadence import seed_cadence
from storage.seed.figures import seed_measuring
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork

HOME_ZONE = "Asia/Jakarta"
"""The zone of the desk that serves whoever has no government here."""


def province_of(government: Government | None) -> str | None:
    """The two-digit code of the province that a regional government lies in."""
    return government.code[:2] if government and government.level in ("province", "regency") else None


def desk_name(desk: Government | None) -> str:
    """How operators call a desk."""
    return desk.name if desk else "SP4N desk"


def calendar_of(government: Government | None, days: Sequence[Holiday]) -> WorkingCalendar:
    """The working days and office hours of a government, or of the SP4N desk, with these free days."""
    if government is None:
        return WorkingCalendar(HOME_ZONE, days)
    hours = OfficeHours.parse(government.office_hours) if government.office_hours else DEFAULT_HOURS
    return WorkingCalendar(government.time_zone, days, hours)


@dataclass
class Office:
    """Everything that the services share. `matcher` is replaced when the directory changes."""

    database: Database
    clock: Clock
    regulations: Sequence[Regulation]
    matcher: AgencyMatcher
    cadence: Cadence = field(default_factory=seed_cadence)
    limits: Limits = field(default_factory=Limits)
    watch: Watch = field(default_factory=Watch)
    measuring: Measuring = field(default_factory=seed_measuring)
    undo: timedelta = timedelta(0)
    """How long words of a desk can be taken back after they were sent."""

    async def government(self, work: UnitOfWork, government_id: int | None) -> Government | None:
        """The government that holds a complaint; None: the desk that forwards to SP4N."""
        return None if government_id is None else await work.directory.government(government_id)

    async def calendar(self, work: UnitOfWork, government: Government | None) -> WorkingCalendar:
        """The working days and office hours of a government, or of the SP4N desk."""
        return calendar_of(government, await work.holidays.days())

    def regulation_now(self, calendar: WorkingCalendar) -> Regulation:
        """The version in force today."""
        return in_force(self.regulations, calendar.local_date(self.clock()))

    def regulation(self, version: str) -> Regulation:
        """The version under which a complaint was received."""
        return by_version(self.regulations, version)

    def rules(self, version: str, government: Government | None) -> Regulation:
        """The same with what the government has promised to do sooner."""
        return promised(self.regulation(version), government.promise if government else {})
