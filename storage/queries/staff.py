"""Who works where: roles with their scope, held until revoked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, exists, func, select

from domain.lifecycle import OPEN_STATUSES, Role, Status
from domain.permissions import Actor
from domain.staffing import ACTING
from storage.queries.base import Queries, grouped
from storage.queries.reach import appointed, behind_the_wall
from storage.tables_complaints import Complaint, Event
from storage.tables_offices import StaffMembership, Unit

UNFINISHED = OPEN_STATUSES | {Status.DONE}
"""Statuses in which a complaint may still come back to whoever has it in hand."""


# Asked for every update: built once, it costs half.
_HELD_BY = (
    select(StaffMembership)
    .where(StaffMembership.person_id == bindparam("person"), StaffMembership.revoked_at.is_(None))
    .order_by(StaffMembership.id)
)


class Staff(Queries):
    """Queries on memberships; a revoked one is never among the answers."""

    def add(self, membership: StaffMembership) -> None:
        """Gives a role with the unit of work."""
        self._session.add(membership)

    async def ahead(self, person_ids: Collection[int]) -> None:
        """Reads the roles of several people at once."""
        rows = await self._where(self._among(StaffMembership.person_id, person_ids))
        self._ahead = grouped(person_ids, rows, lambda membership: membership.person_id)

    async def memberships_of(self, person_id: int) -> Sequence[StaffMembership]:
        """The roles that a person holds."""
        if person_id in self._ahead:
            return self._ahead[person_id]
        return (await self._session.scalars(_HELD_BY, {"person": person_id})).all()

    async def everybody(self) -> Sequence[StaffMembership]:
        """Every role that is held."""
        return await self._where()

    async def of_unit(self, unit_id: int) -> Sequence[StaffMembership]:
        """Who works in a unit, in whatever role."""
        return await self._where(StaffMembership.unit_id == unit_id)

    async def within(self, actor: Actor, membership_id: int, *, lock: bool) -> StaffMembership | None:
        """The membership of this id, if the actor decides about it; locked where it is to end, so that it ends once."""
        found = select(StaffMembership).where(
            StaffMembership.id == membership_id, StaffMembership.revoked_at.is_(None), appointed(actor)
        )
        return await self._session.scalar(found.with_for_update() if lock else found)

    async def ever(self, membership_id: int) -> StaffMembership | None:
        """The membership of this id, also one that has ended."""
        return await self._session.get(StaffMembership, membership_id)

    async def page_within(self, actor: Actor, limit: int, offset: int) -> Sequence[StaffMembership]:
        """Those about which the actor decides, office by office; one page."""
        rows = await self._session.scalars(
            select(StaffMembership)
            .where(StaffMembership.revoked_at.is_(None), appointed(actor))
            .order_by(
                StaffMembership.government_id.nulls_first(),
                StaffMembership.unit_id.nulls_first(),
                StaffMembership.id,
            )
            .limit(limit)
            .offset(offset)
        )
        return rows.all()

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

    async def units_without_anybody(self, actor: Actor | None = None) -> Sequence[Unit]:
        """The active units that no member of staff belongs to; with an actor, those that they coordinate."""
        staffed = exists().where(StaffMembership.unit_id == Unit.id, StaffMembership.revoked_at.is_(None))
        theirs = [] if actor is None else [Unit.government_id.in_(actor.governments(Role.COORDINATOR))]
        rows = await self._session.scalars(
            select(Unit).where(Unit.active, ~staffed, *theirs).order_by(Unit.government_id, Unit.name)
        )
        return rows.all()

    async def in_hand(self, actor: Actor, person_ids: Collection[int]) -> Mapping[tuple[int, int | None], int]:
        """How much each person has taken on and not finished, by unit; what accuses the actor's own is not counted."""
        rows = await self._session.execute(
            select(Complaint.taken_by, Complaint.unit_id, func.count())
            .where(
                Complaint.taken_by.in_(person_ids),
                Complaint.status.in_(UNFINISHED),
                behind_the_wall(actor),
            )
            .group_by(Complaint.taken_by, Complaint.unit_id)
        )
        return {(person_id, unit_id): count for person_id, unit_id, count in rows if person_id is not None}

    async def waiting_in(self, actor: Actor, unit_id: int) -> int:
        """How much is open at a unit; what accuses the actor's own is not counted."""
        open_here = (Complaint.unit_id == unit_id, Complaint.status.in_(OPEN_STATUSES), behind_the_wall(actor))
        return await self._session.scalar(select(func.count()).select_from(Complaint).where(*open_here)) or 0

    async def active_since(self, person_ids: Collection[int], since: datetime) -> set[int]:
        """Those among some people who have done something on duty since an instant."""
        rows = await self._session.scalars(
            select(Event.person_id)
            .where(Event.person_id.in_(person_ids), Event.at >= since, Event.role.in_(_ON_DUTY))
            .distinct()
        )
        return {person_id for person_id in rows if person_id is not None}

    async def idle_within(self, actor: Actor, government_id: int | None, since: datetime) -> int:
        """How many people of a government (None: of anywhere) the actor decides about and have done nothing since."""
        here = [] if government_id is None else [StaffMembership.government_id == government_id]
        acted = exists().where(
            Event.person_id == StaffMembership.person_id, Event.at >= since, Event.role.in_(_ON_DUTY)
        )
        counted = select(func.count(func.distinct(StaffMembership.person_id))).where(
            StaffMembership.revoked_at.is_(None),
            StaffMembership.role.in_(ACTING),
            StaffMembership.since < since,
            appointed(actor),
            ~acted,
            *here,
        )
        return await self._session.scalar(counted) or 0

    async def _where(self, *conditions: ColumnElement[bool]) -> Sequence[StaffMembership]:
        rows = await self._session.scalars(
            select(StaffMembership)
            .where(*conditions, StaffMembership.revoked_at.is_(None))
            .order_by(StaffMembership.id)
        )
        return rows.all()


_ON_DUTY = frozenset({*ACTING, Role.PARTICIPANT})
