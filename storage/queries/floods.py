"""Who writes too fast, and until when they are passed over."""

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.queries.base import Queries
from storage.tables_privacy import Flood

_TIMES = select(Flood.until, Flood.answered_at).where(Flood.person_id == bindparam("person"))


class Floods(Queries):
    """Queries on floods."""

    def add(self, flood: Flood) -> None:
        """Keeps one with the unit of work."""
        self._session.add(flood)

    async def of(self, person_id: int) -> Flood | None:
        """The flood of a person that was noticed last."""
        return await self._session.get(Flood, person_id)

    async def times_of(self, person_id: int) -> tuple[datetime | None, datetime | None]:
        """Until when a person is passed over, and when they were told so."""
        row = (await self._session.execute(_TIMES, {"person": person_id})).first()
        return (row.until, row.answered_at) if row else (None, None)
