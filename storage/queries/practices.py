"""Practices: where somebody stands who tries their hand."""

from datetime import datetime

from sqlalchemy import delete

from storage.queries.base import Queries
from storage.tables_practice import Practice


class Practices(Queries):
    """Queries on practices."""

    async def of(self, person_id: int) -> Practice | None:
        """Somebody's practice."""
        return await self._session.get(Practice, person_id)

    async def put(self, row: Practice) -> Practice:
        """Begins one, instead of whatever was begun before."""
        return await self._session.merge(row)

    async def end(self, row: Practice) -> None:
        """Forgets it."""
        await self._session.delete(row)

    async def expire(self, before: datetime) -> int:
        """Forgets what nobody has touched since an instant; returns how many."""
        old = delete(Practice).where(Practice.touched_at < before).returning(Practice.person_id)
        return len((await self._session.scalars(old)).all())
