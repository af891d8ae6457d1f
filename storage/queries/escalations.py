"""How far the lateness of each clock has climbed."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from domain.lifecycle import Role
from storage.queries.base import AT_ONCE, Queries
from storage.tables_complaints import ClockRow
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

    async def of_clocks(self, clock_ids: Collection[int]) -> Sequence[Escalation]:
        """The levels that some clocks have climbed, in their order."""
        ids, found = list(clock_ids), list[Escalation]()
        for start in range(0, len(ids), AT_ONCE):
            here = Escalation.clock_id.in_(ids[start : start + AT_ONCE])
            found += await self._session.scalars(select(Escalation).where(here).order_by(Escalation.id))
        return found

    async def of(self, clock_id: int) -> Sequence[Escalation]:
        """The levels that one clock has climbed, in their order."""
        rows = await self._session.scalars(
            select(Escalation).where(Escalation.clock_id == clock_id).order_by(Escalation.id)
        )
        return rows.all()
