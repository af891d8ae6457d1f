"""What happened to a complaint, line by line; nothing here is ever changed."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from domain.lifecycle import Action
from domain.messages import Visibility
from domain.permissions import Actor
from storage.queries.base import Queries, grouped
from storage.queries.complaints import lies_at
from storage.queries.counted import looked_up
from storage.queries.reach import reach
from storage.tables_complaints import Event
from storage.tables_offices import Unit


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

    async def ahead(self, complaint_ids: Collection[int]) -> None:
        """Reads the lines of several complaints at once."""
        rows = await self._session.scalars(
            select(Event).where(self._among(Event.complaint_id, complaint_ids)).order_by(Event.id)
        )
        self._ahead = grouped(complaint_ids, rows, lambda event: event.complaint_id)

    async def of(self, complaint_id: int, visible: Collection[Visibility] = tuple(Visibility)) -> Sequence[Event]:
        """The lines of a complaint that may be seen, oldest first."""
        if complaint_id in self._ahead:
            return [event for event in self._ahead[complaint_id] if event.visibility in visible]
        rows = await self._session.scalars(
            select(Event).where(Event.complaint_id == complaint_id, Event.visibility.in_(visible)).order_by(Event.id)
        )
        return rows.all()

    async def last(self, complaint_id: int, action: Action) -> Event | None:
        """The latest line of a complaint with an action."""
        return await self._session.scalar(
            select(Event)
            .where(Event.complaint_id == complaint_id, Event.action == action)
            .order_by(Event.id.desc())
            .limit(1)
        )

    async def returned_by(self, complaint_id: int, unit_kind: str) -> bool:
        """Whether a unit of a kind has given a complaint back."""
        found = await self._session.scalar(
            select(Event.id)
            .join(Unit, Unit.id == Event.unit_id)
            .where(Event.complaint_id == complaint_id, Event.action == Action.RETURN, Unit.kind == unit_kind)
            .limit(1)
        )
        return found is not None

    async def replies_by(self, person_id: int, actions: Collection[Action], besides: int, limit: int) -> Sequence[str]:
        """What a person wrote with these actions for other complaints than `besides`, the newest first."""
        rows = await self._session.scalars(
            select(Event.text)
            .where(
                Event.person_id == person_id,
                Event.action.in_(actions),
                Event.complaint_id != besides,
                Event.text.is_not(None),
            )
            .order_by(Event.id.desc())
            .limit(limit)
        )
        return [text for text in rows if text]

    async def hollow_since(self, actor: Actor, government_id: int | None, since: datetime) -> Sequence[Event]:
        """Replies that left although the gate had held them back, latest first."""
        rows = await self._session.scalars(
            select(Event)
            .where(
                Event.substantive.is_(False),
                Event.at >= since,
                looked_up(Event.complaint_id, lies_at(government_id), reach(actor)),
            )
            # In the order of their index, or SQLite reads the whole timeline backwards.
            .order_by(Event.at.desc(), Event.id.desc())
        )
        return rows.all()
