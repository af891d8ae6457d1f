"""What corrections have taught, by government, and the forwardings that it is learned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from domain.lifecycle import Action, Role
from storage.queries.base import Queries
from storage.tables_complaints import Complaint, Event
from storage.tables_offices import Government, Unit
from storage.tables_privacy import Wish
from storage.tables_routing import RoutingOverlay

_FORWARDINGS = (Action.FORWARD, Action.REFORWARD)


@dataclass(frozen=True)
class Sent:
    """A complaint that a person has sent to the unit that still has it."""

    complaint: Complaint
    unit: Unit
    sent_at: datetime


@dataclass(frozen=True)
class Learned:
    """What was learned for one government, as it is kept."""

    weights: dict[str, Any]
    complaints: int
    corrections: int


class Overlays(Queries):
    """Queries on overlays."""

    async def all(self) -> Sequence[tuple[Government, RoutingOverlay]]:
        """Every overlay with its government, by code."""
        rows = await self._session.execute(
            select(Government, RoutingOverlay)
            .join(RoutingOverlay, RoutingOverlay.government_id == Government.id)
            .order_by(Government.code)
        )
        return [(government, overlay) for government, overlay in rows]

    async def known_since(self) -> tuple[datetime | None, ...]:
        """When the directory, what was learned, and what was forgotten last changed."""
        newest = select(
            select(func.max(Government.loaded_at)).scalar_subquery(),
            func.max(RoutingOverlay.learned_at),
            func.max(RoutingOverlay.forgotten_at),
        )
        return tuple((await self._session.execute(newest)).one())

    async def of(self, government_id: int) -> RoutingOverlay | None:
        """The overlay of one government."""
        return await self._session.get(RoutingOverlay, government_id)

    async def put(self, government_id: int, learned: Learned, now: datetime) -> None:
        """Keeps what was learned, in place of what was learned before."""
        row = await self._row(government_id)
        row.weights, row.learned_at = learned.weights, now
        row.complaints, row.corrections = learned.complaints, learned.corrections

    async def forget(self, government_id: int, now: datetime) -> None:
        """Erases what was learned; what was forwarded until now will not be learned again."""
        row = await self._row(government_id)
        row.weights, row.complaints, row.corrections = {}, 0, 0
        row.learned_at, row.forgotten_at = None, now

    async def _row(self, government_id: int) -> RoutingOverlay:
        row = await self.of(government_id)
        if row is None:
            row = RoutingOverlay(government_id=government_id, weights={}, complaints=0, corrections=0)
            self._session.add(row)
        return row

    async def sent(self, government_id: int) -> Sequence[Sent]:
        """The complaints of a government whose unit a person chose, oldest first.

        What the program forwarded by itself teaches nothing, nor do accusations, whose way is a rule, nor secrets,
        nor what its citizen has restricted.
        """
        last = select(func.max(Event.id)).where(Event.action.in_(_FORWARDINGS)).group_by(Event.complaint_id)
        rows = await self._session.execute(
            select(Complaint, Unit, Event.at)
            .join(Event, Event.complaint_id == Complaint.id)
            .join(Unit, Unit.id == Complaint.unit_id)
            .where(
                Complaint.government_id == government_id,
                Unit.government_id == government_id,
                Complaint.accuses.is_(False),
                Complaint.secret.is_(False),
                Complaint.person_id.not_in(select(Wish.person_id).where(Wish.restricted_at.is_not(None))),
                Event.id.in_(last),
                Event.role != Role.SYSTEM,
            )
            .order_by(Complaint.id)
        )
        return [Sent(complaint, unit, at) for complaint, unit, at in rows]
