"""What happened to a complaint, line by line; nothing here is ever changed."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from domain.messages import Visibility
from storage.queries.base import Queries
from storage.tables import Event


class Timeline(Queries):
    """Queries on the events of complaints."""

    async def add(self, event: Event) -> Event:
        """Writes a line; it has its id afterwards."""
        self._session.add(event)
        await self._session.flush()
        return event

    async def get(self, event_id: int) -> Event:
        """The line of this id; raises `NoResultFound` when there is none."""
        return await self._session.get_one(Event, event_id)

    async def of(self, complaint_id: int, visible: Collection[Visibility] = tuple(Visibility)) -> Sequence[Event]:
        """The lines of a complaint that may be seen, oldest first."""
        rows = await self._session.scalars(
            select(Event).where(Event.complaint_id == complaint_id, Event.visibility.in_(visible)).order_by(Event.id)
        )
        return rows.all()
