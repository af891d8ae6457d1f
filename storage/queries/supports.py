"""Who supports what. A complaint carries their number, so that lists need not count."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select, update

from storage.queries.base import Queries, grouped
from storage.tables_complaints import Complaint
from storage.tables_support import Support


class Supports(Queries):
    """Queries on supporters; adding and leaving keep the number of the complaint in the same transaction."""

    async def add(self, complaint: Complaint, person_id: int, now: datetime, merged_id: int | None = None) -> bool:
        """Makes somebody a supporter; returns False when they are one already."""
        added = await self._session.scalar(
            self._insert(Support)
            .values(complaint_id=complaint.id, person_id=person_id, merged_id=merged_id, since=now)
            .on_conflict_do_nothing(index_elements=[Support.complaint_id, Support.person_id])
            .returning(Support.id)
        )
        if added is not None:
            await self._count(complaint, 1)
        return added is not None

    async def remove(self, complaint: Complaint, person_id: int) -> bool:
        """Takes somebody's support back; returns False when there was none."""
        gone = await self._session.scalar(
            delete(Support)
            .where(Support.complaint_id == complaint.id, Support.person_id == person_id)
            .returning(Support.id)
        )
        if gone is not None:
            await self._count(complaint, -1)
        return gone is not None

    async def undo_merge(self, merged: Complaint) -> None:
        """Takes back what came with a complaint that is not merged any more."""
        rows = await self._session.execute(
            delete(Support).where(Support.merged_id == merged.id).returning(Support.complaint_id)
        )
        for complaint_id in rows.scalars().all():
            await self._count(await self._session.get_one(Complaint, complaint_id), -1)

    async def people(self, complaint_id: int) -> Sequence[int]:
        """The supporters of a complaint, the earliest first."""
        rows = await self._session.scalars(
            select(Support.person_id).where(Support.complaint_id == complaint_id).order_by(Support.id)
        )
        return rows.all()

    async def ahead(self, complaint_ids: Collection[int], person_ids: Collection[int]) -> None:
        """Reads at once which of some people support which of some complaints, for these people alone."""
        rows = await self._session.execute(
            select(Support.complaint_id, Support.person_id).where(
                self._among(Support.complaint_id, complaint_ids), self._among(Support.person_id, person_ids)
            )
        )
        found = grouped(complaint_ids, rows, lambda row: int(row.complaint_id))
        self._ahead = {complaint_id: [row.person_id for row in rows] for complaint_id, rows in found.items()}

    async def supports(self, complaint_id: int, person_id: int | None) -> bool:
        """Whether somebody is a supporter."""
        if complaint_id in self._ahead:
            return person_id in self._ahead[complaint_id]
        found = exists().where(Support.complaint_id == complaint_id, Support.person_id == person_id)
        return bool(await self._session.scalar(select(found)))

    async def of_person(self, person_id: int, limit: int, offset: int = 0) -> Sequence[Complaint]:
        """What somebody supports, the latest first; one page."""
        rows = await self._session.scalars(
            select(Complaint)
            .join(Support, Support.complaint_id == Complaint.id)
            .where(Support.person_id == person_id)
            .order_by(Support.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return rows.all()

    async def _count(self, complaint: Complaint, by: int) -> None:
        """Past the version of the row: a supporter must not make an officer's answer stale."""
        await self._session.execute(
            update(Complaint)
            .where(Complaint.id == complaint.id)
            .values(supporters=Complaint.supporters + by)
            .execution_options(synchronize_session=False)
        )
        await self._session.refresh(complaint, ["supporters"])
