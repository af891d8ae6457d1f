"""Who works where: roles with their scope, held until revoked."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, exists, select

from domain.lifecycle import Role
from storage.queries.base import Queries
from storage.tables import StaffMembership, Unit


class Staff(Queries):
    """Queries on memberships; a revoked one is never among the answers."""

    def add(self, membership: StaffMembership) -> None:
        """Gives a role with the unit of work."""
        self._session.add(membership)

    async def memberships_of(self, person_id: int) -> Sequence[StaffMembership]:
        """The roles that a person holds."""
        return await self._where(StaffMembership.person_id == person_id)

    async def everybody(self) -> Sequence[StaffMembership]:
        """Every role that is held."""
        return await self._where()

    async def of_unit(self, unit_id: int) -> Sequence[StaffMembership]:
        """Who works in a unit, in whatever role."""
        return await self._where(StaffMembership.unit_id == unit_id)

    async def holding(self, role: Role, government_id: int | None = None) -> Sequence[StaffMembership]:
        """Who holds a role, in one government or (None) anywhere."""
        here = [] if government_id is None else [StaffMembership.government_id == government_id]
        return await self._where(StaffMembership.role == role, *here)

    async def in_unit(self, unit_id: int, roles: Collection[Role]) -> list[int]:
        """The people who hold one of the roles in a unit, each once."""
        rows = await self._where(StaffMembership.unit_id == unit_id, StaffMembership.role.in_(roles))
        return list(dict.fromkeys(row.person_id for row in rows))

    async def hub_of(self, province: str) -> list[int]:
        """Who looks after a province (its two-digit code); each once."""
        rows = await self._where(StaffMembership.role == Role.PROVINCE_HUB, StaffMembership.province == province)
        return list(dict.fromkeys(row.person_id for row in rows))

    async def at_desk(self, government_id: int | None) -> list[int]:
        """The coordinators of a government, or the national admins where there is none; each once."""
        rows = (
            await self.holding(Role.NATIONAL_ADMIN)
            if government_id is None
            else await self.holding(Role.COORDINATOR, government_id)
        )
        return list(dict.fromkeys(row.person_id for row in rows))

    async def units_without_anybody(self) -> Sequence[Unit]:
        """The active units that no member of staff belongs to."""
        staffed = exists().where(StaffMembership.unit_id == Unit.id, StaffMembership.revoked_at.is_(None))
        rows = await self._session.scalars(
            select(Unit).where(Unit.active, ~staffed).order_by(Unit.government_id, Unit.name)
        )
        return rows.all()

    async def _where(self, *conditions: ColumnElement[bool]) -> Sequence[StaffMembership]:
        rows = await self._session.scalars(
            select(StaffMembership)
            .where(*conditions, StaffMembership.revoked_at.is_(None))
            .order_by(StaffMembership.id)
        )
        return rows.all()
