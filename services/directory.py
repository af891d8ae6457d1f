"""Who answers for what, and who is let in to work there: directory files in, invitations of the operator out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.audit import Act
from domain.lifecycle import WORKERS, Role
from domain.permissions import Membership
from domain.regulation import Regulation, in_force
from domain.staffing import EVERYWHERE, OFFICES
from routing.directory import Directory as RoutingDirectory
from routing.directory import Government as RoutingGovernment
from routing.directory import Unit as RoutingUnit
from routing.directory_file import read_directory
from routing.directory_promise import promise_table
from routing.matcher import AgencyMatcher
from services.caller import Caller
from services.inviting import admit, issue
from services.learning import overlays_of
from services.office import Office
from storage.tables_offices import Government, Unit
from storage.unit_of_work import UnitOfWork


class DirectoryRefused(ValueError):
    """The operator's request does not fit the directory; the message says the mend, in English."""


@dataclass(frozen=True)
class Loaded:
    """What a directory file has changed."""

    governments: int
    units: int
    retired: int


@dataclass(frozen=True)
class Joined:
    """The role that an invitation gave, with its scope in words."""

    role: Role
    government: str | None
    unit: str | None


class Directory:
    """Changes to the directory and to who works in it."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def load(self, source: Path | str) -> Loaded:
        """Enters a directory file (its path, or YAML text); raises `DirectoryError` that names the line and the mend.

        Units that the file no longer names are retired and kept: complaints speak of them.
        """
        file = read_directory(source, self._limits())
        async with self._office.database.work() as work:
            rows = {given.code: await _put_government(work, given, self._office.clock()) for given in file.governments}
            retired = 0
            for code, row in rows.items():
                units = [unit for unit in file.units if unit.government == code]
                retired += await _put_units(work, row, units)
            work.audit.note(Act.LOAD_DIRECTORY, governments=list(rows), units=len(file.units), retired=retired)
            await work.commit()
        self._office.matcher = await self.matcher()
        return Loaded(len(rows), len(file.units), retired)

    def _limits(self) -> Regulation:
        """The regulation in force: an agency may promise less and never more."""
        return in_force(self._office.regulations, self._office.clock().date())

    async def matcher(self) -> AgencyMatcher:
        """A matcher that knows every government and unit of the register, and what their corrections have taught."""
        async with self._office.database.reading() as work:
            overlays = await overlays_of(work)
        return self._office.matcher.over(await self.routing_directory(), overlays)

    async def routing_directory(self) -> RoutingDirectory:
        """The directory as the router takes it."""
        async with self._office.database.reading() as work:
            governments = {row.id: row for row in await work.directory.governments()}
            units = await work.directory.units()
        return RoutingDirectory.from_parts(
            [_government_for_routing(row) for row in governments.values()],
            [_unit_for_routing(row, governments[row.government_id].code) for row in units],
        )

    async def invite(self, role: Role, government_code: str | None, unit_code: str | None, designation: str) -> str:
        """Makes a single-use invitation that lasts three days, and returns its token; only its hash is kept.

        Raises `DirectoryRefused` when the scope does not fit the role or does not exist.
        """
        async with self._office.database.work() as work:
            government, unit = await _scope(work, role, government_code, unit_code)
            province = government.code[:2] if government and role is Role.PROVINCE_HUB else None
            wanted = Membership(role, government.id if government else None, unit.id if unit else None, province)
            token = await issue(self._office, work, wanted, designation, by=None)
            await work.commit()
        return token

    async def redeem(self, by: Caller, token: str) -> Joined:
        """Uses an invitation up for the caller; see `admit`."""
        async with self._office.database.work(by.cause) as work:
            invite = await admit(self._office, work, by.person_id, token)
            government = await self._office.government(work, invite.government_id)
            unit = await work.directory.unit(invite.unit_id) if invite.unit_id else None
            await work.commit()
            return Joined(invite.role, government.name if government else None, unit.name if unit else None)


async def _scope(
    work: UnitOfWork, role: Role, government_code: str | None, unit_code: str | None
) -> tuple[Government | None, Unit | None]:
    """The government and the unit that a role is for."""
    if role in EVERYWHERE:
        return None, None
    if role not in OFFICES:
        raise DirectoryRefused(f"nobody is invited as {role}: choose {', '.join(OFFICES[:-1])} or {OFFICES[-1]}")
    government = await work.directory.government_by_code(government_code) if government_code else None
    if government is None:
        raise DirectoryRefused(f"{role} needs a government of the directory: give --government CODE")
    if role not in WORKERS:
        return government, None
    unit = await _unit_for(work, role, government, unit_code)
    return government, unit


async def _unit_for(work: UnitOfWork, role: Role, government: Government, unit_code: str | None) -> Unit:
    units = await work.directory.units(government.id)
    if role is Role.INSPECTOR and unit_code is None:
        unit = next((unit for unit in units if unit.kind == "inspectorate"), None)
    else:
        # A unit's code begins with its government's; an operator may leave that out.
        wanted = {unit_code, f"{government.code}-{unit_code}"}
        unit = next((unit for unit in units if unit.code in wanted), None)
    if unit is None:
        known = ", ".join(unit.code for unit in units)
        raise DirectoryRefused(f"{role} needs a unit of {government.name}: give --unit with one of {known}")
    return unit


async def _put_government(work: UnitOfWork, given: RoutingGovernment, now: datetime) -> Government:
    row = await work.directory.government_by_code(given.code)
    if row is None:
        row = Government(code=given.code, name=given.name, level=given.level, time_zone=given.time_zone, aliases=[])
        await work.directory.add(row)
    row.name, row.level, row.time_zone = given.name, given.level, given.time_zone
    row.parent_code, row.aliases = given.parent, list(given.aliases)
    row.served, row.direct_forwarding = given.served, given.direct_forwarding
    row.promise, row.office_hours = promise_table(given.promise), dict(given.hours)
    row.loaded_at = now
    return row


async def _put_units(work: UnitOfWork, government: Government, given: Sequence[RoutingUnit]) -> int:
    """Enters the units of one government; returns how many were retired because the file no longer names them."""
    for unit in given:
        row = await work.directory.unit_by_code(government.id, unit.code)
        if row is None:
            row = Unit(government_id=government.id, code=unit.code, name=unit.name, kind=unit.kind)
            await work.directory.add(row)
        row.name, row.kind, row.parent_code, row.active = unit.name, unit.kind, unit.parent, True
        row.sectors, row.topics, row.aliases = list(unit.sectors), list(unit.topics), list(unit.aliases)
    kept = {unit.code for unit in given}
    gone = [row for row in await work.directory.units(government.id) if row.code not in kept]
    for row in gone:
        row.active = False
    return len(gone)


def _government_for_routing(row: Government) -> RoutingGovernment:
    return RoutingGovernment(
        code=row.code,
        name=row.name,
        level=row.level,
        time_zone=row.time_zone,
        parent=row.parent_code,
        served=row.served,
        aliases=tuple(row.aliases),
        direct_forwarding=row.direct_forwarding,
    )


def _unit_for_routing(row: Unit, government_code: str) -> RoutingUnit:
    return RoutingUnit(
        code=row.code,
        government=government_code,
        name=row.name,
        sectors=tuple(row.sectors),
        kind=row.kind,
        parent=row.parent_code,
        aliases=tuple(row.aliases),
        topics=tuple(row.topics),
    )
