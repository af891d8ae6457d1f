"""Canned replies of units, and who is writing one."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from storage.queries.base import Queries
from storage.tables_canned import CannedReply, CannedWriting


class Canned(Queries):
    """Queries on the words that units keep."""

    async def of_units(self, unit_ids: Collection[int], limit: int, offset: int = 0) -> Sequence[CannedReply]:
        """A page of what some units keep, by unit and title."""
        rows = await self._session.scalars(
            select(CannedReply)
            .where(CannedReply.unit_id.in_(unit_ids))
            .order_by(CannedReply.unit_id, CannedReply.title, CannedReply.id)
            .limit(limit)
            .offset(offset)
        )
        return rows.all()

    async def count(self, unit_id: int) -> int:
        """How many a unit keeps."""
        counted = select(func.count()).where(CannedReply.unit_id == unit_id)
        return await self._session.scalar(counted) or 0

    async def get(self, reply_id: int) -> CannedReply | None:
        """The one of this id; None once it was removed."""
        return await self._session.get(CannedReply, reply_id)

    async def keep(self, row: CannedReply) -> CannedReply:
        """Keeps a new one; it has its id afterwards."""
        self._session.add(row)
        await self._session.flush()
        return row

    async def remove(self, row: CannedReply) -> None:
        """Removes one, and the question for other words for it."""
        await self._session.execute(delete(CannedWriting).where(CannedWriting.reply_id == row.id))
        await self._session.delete(row)

    async def asked(self, person_id: int, since: datetime) -> CannedWriting | None:
        """What somebody was asked for since an instant."""
        row = await self._session.get(CannedWriting, person_id)
        return row if row is not None and row.asked_at >= since else None

    async def ask(self, row: CannedWriting) -> None:
        """Somebody is asked for words, instead of what they were asked for before."""
        await self._session.merge(row)
        await self._session.flush()

    async def answered(self, person_id: int) -> None:
        """The words came, or are not wanted any more."""
        await self._session.execute(delete(CannedWriting).where(CannedWriting.person_id == person_id))
