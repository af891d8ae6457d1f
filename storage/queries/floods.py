"""Who writes too fast, and until when they are passed over."""

from storage.queries.base import Queries
from storage.tables_privacy import Flood


class Floods(Queries):
    """Queries on floods."""

    def add(self, flood: Flood) -> None:
        """Keeps one with the unit of work."""
        self._session.add(flood)

    async def of(self, person_id: int) -> Flood | None:
        """The flood of a person that was noticed last."""
        return await self._session.get(Flood, person_id)
