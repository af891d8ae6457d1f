"""People as numbers: whether they can be reached, and since when."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from storage.queries.base import Queries
from storage.tables_people import Person


class People(Queries):
    """Queries on people; who they are is asked of `identities`."""

    async def ahead(self, person_ids: Collection[int]) -> None:
        """Reads several people at once."""
        rows = await self._session.scalars(select(Person).where(self._among(Person.id, person_ids)))
        self._read = rows.all()

    async def get(self, person_id: int) -> Person:
        """The person of this number; raises `NoResultFound` when there is none."""
        return await self._session.get_one(Person, person_id)

    async def mark_unreachable(self, person_id: int, now: datetime) -> None:
        """Telegram refuses to deliver (403); the first such moment is kept."""
        person = await self.get(person_id)
        person.unreachable_since = person.unreachable_since or now

    async def mark_reachable(self, person_id: int) -> bool:
        """The person has written; returns whether they were unreachable until now."""
        person = await self.get(person_id)
        was_unreachable = person.unreachable_since is not None
        person.unreachable_since = None
        return was_unreachable

    async def unreachable(self) -> Sequence[Person]:
        """Everybody who cannot be reached, longest first."""
        rows = await self._session.scalars(
            select(Person).where(Person.unreachable_since.is_not(None)).order_by(Person.unreachable_since)
        )
        return rows.all()
