"""Who answers for a complaint: the unit that holds it, its desk, the levels above; nobody of an accused unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from domain.lifecycle import Role
from services.office import province_of
from storage.queries.directory import Directory
from storage.queries.running import RunningClock
from storage.tables_complaints import Complaint
from storage.tables_offices import StaffMembership
from storage.unit_of_work import UnitOfWork

WORKING_ROLES = (Role.OFFICER, Role.UNIT_HEAD, Role.INSPECTOR)

Placed = Complaint | RunningClock
"""Whatever says where a complaint lies."""


class Offices(Protocol):
    """Says who holds an office: the queries on staff, or a roster of all of them."""

    async def in_unit(self, unit_id: int, roles: Collection[Role]) -> list[int]:
        """The people who hold one of the roles in a unit, each once."""

    async def at_desk(self, government_id: int | None) -> list[int]:
        """The coordinators of a government, or the national admins where there is none; each once."""

    async def hub_of(self, province: str) -> list[int]:
        """Who looks after a province (its two-digit code); each once."""


class Roster:
    """Everybody who holds an office, read once: for whoever asks about many complaints."""

    def __init__(self, held: Iterable[StaffMembership]) -> None:
        """Sorts the memberships by their place; the order within a place stays."""
        self.people: set[int] = set()
        self.units: dict[int, int | None] = {}
        self._units: dict[int | None, list[StaffMembership]] = {}
        self._desks: dict[int | None, list[int]] = {}
        self._hubs: dict[str | None, list[int]] = {}
        for each in held:
            self.people.add(each.person_id)
            self._units.setdefault(each.unit_id, []).append(each)
            if each.unit_id is not None:
                self.units[each.unit_id] = each.government_id
            match each.role:
                case Role.COORDINATOR if each.government_id is not None:
                    self._desks.setdefault(each.government_id, []).append(each.person_id)
                case Role.NATIONAL_ADMIN:
                    self._desks.setdefault(None, []).append(each.person_id)
                case Role.PROVINCE_HUB:
                    self._hubs.setdefault(each.province, []).append(each.person_id)

    @classmethod
    async def read(cls, work: UnitOfWork) -> Roster:
        """The roster as it stands."""
        return cls(await work.staff.everybody())

    async def in_unit(self, unit_id: int, roles: Collection[Role]) -> list[int]:
        """The people who hold one of the roles in a unit, each once."""
        return _once(each.person_id for each in self._units.get(unit_id, ()) if each.role in roles)

    async def at_desk(self, government_id: int | None) -> list[int]:
        """The coordinators of a government, or the national admins where there is none; each once."""
        return _once(self._desks.get(government_id, ()))

    async def hub_of(self, province: str) -> list[int]:
        """Who looks after a province (its two-digit code); each once."""
        return _once(self._hubs.get(province, ()))


@dataclass(frozen=True)
class Responsible:
    """Answers by the offices as they are held just now."""

    offices: Offices
    directory: Directory

    @classmethod
    def of(cls, work: UnitOfWork) -> Responsible:
        """For one complaint, asking the register each time."""
        return cls(work.staff, work.directory)

    async def unit_people(self, told: Placed) -> list[int]:
        """Who works in the unit that holds the complaint."""
        if told.unit_id is None:
            return []
        return await self.not_accused(told, await self.offices.in_unit(told.unit_id, WORKING_ROLES))

    async def people(self, told: Placed) -> list[int]:
        """The unit, or the desk where the unit has nobody: nothing waits at a desk that nobody reads."""
        return await self.unit_people(told) or await self.desk_people(told)

    async def desk_people(self, told: Placed) -> list[int]:
        """Who has to route it: the arbiter of what was returned twice, else the coordinators."""
        return await self.arbiters(told) or await self.coordinators(told)

    async def coordinators(self, told: Placed) -> list[int]:
        """The coordinators of the government, or the national admins where there is none."""
        return await self.not_accused(told, await self.offices.at_desk(told.government_id))

    async def arbiters(self, told: Placed) -> list[int]:
        """Who decides about a complaint that units hand to and fro; empty for any other."""
        return await self.not_accused(told, await self.offices.at_desk(None)) if told.at_arbiter else []

    async def tier_people(self, told: Placed, tier: Role) -> list[int]:
        """Whom lateness climbs to on one level."""
        match tier:
            case Role.UNIT_HEAD if told.unit_id is not None:
                people = await self.offices.in_unit(told.unit_id, (tier,))
            case Role.COORDINATOR if told.government_id is not None:
                people = await self.offices.at_desk(told.government_id)
            case Role.PROVINCE_HUB if told.government_id is not None:
                government = await self.directory.government(told.government_id)
                people = await self.offices.hub_of(province_of(government) or "")
            case Role.NATIONAL_ADMIN:
                people = await self.offices.at_desk(None)
            case _:
                people = []
        return await self.not_accused(told, people)

    async def not_accused(self, told: Placed, people: Iterable[int]) -> list[int]:
        """Leaves out who belongs, in whatever role, to a unit that the complaint accuses."""
        accused: set[int] = set()
        for unit_id in told.accused_unit_ids:
            accused.update(await self.offices.in_unit(unit_id, tuple(Role)))
        return [person for person in people if person not in accused]


def _once(people: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(people))
