"""How far the lateness of each clock has climbed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from domain.lifecycle import Role
from storage.queries.base import Queries
from storage.tables import ClockRow
from storage.tables_time import Escalation


class Escalations(Queries):
    """Queries on the levels that were told."""

    async def climb(self, clock: ClockRow, tier: Role, now: datetime) -> int | None:
        """Writes down that a level is told, and returns its id; None when another process has done so already."""
        await self._session.flush()
        found: int | None = await self._session.scalar(
            self._insert(Escalation)
            .values(clock_id=clock.id, complaint_id=clock.complaint_id, tier=tier, at=now)
            .on_conflict_do_nothing(index_elements=[Escalation.clock_id, Escalation.tier])
            .returning(Escalation.id)
        )
        return found

    async def of_open_clocks(self, below: Role) -> Sequence[Escalation]:
        """The levels that the clocks which have not stopped and not reached a level have climbed, in their order."""
        top = aliased(Escalation)
        topped = exists().where(top.clock_id == ClockRow.id, top.tier == below)
        rows = await self._session.scalars(
            select(Escalation)
            .join(ClockRow, ClockRow.id == Escalation.clock_id)
            .where(ClockRow.stopped_at.is_(None), ~topped)
            .order_by(Escalation.id)
        )
        return rows.all()

    async def of(self, clock_id: int) -> Sequence[Escalation]:
        """The levels that one clock has climbed, in their order."""
        rows = await self._session.scalars(
            select(Escalation).where(Escalation.clock_id == clock_id).order_by(Escalation.id)
        )
        return rows.all()
