"""The clock was set back: whatever waits for an instant that only the wrong clock came near waits no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from domain.messages import InboxState, OutboxState, Priority
from storage.queries.base import Queries
from storage.tables import Base
from storage.tables_groups import UnitGroup
from storage.tables_messages import ChatLease, InboxUpdate, OutboxMessage
from storage.tables_privacy import Flood

SKEW = timedelta(minutes=1)
"""Two machines may differ by less, and it passes by itself."""

LONGEST = timedelta(minutes=5)
"""No lease lasts longer, no update and no group rests longer unless Telegram asks for it."""


class Rewinding(Queries):
    """Touches only work that is under way; what has happened keeps the date that was believed then."""

    async def was_set_back(self, now: datetime) -> bool:
        """Whether anything under way is of a time that has not come yet."""
        waiting = and_(InboxUpdate.state == InboxState.NEW, InboxUpdate.received_at > now + SKEW)
        held = ChatLease.leased_until > now + LONGEST
        owed = or_(_was_due(now + SKEW), _is_going(now + LONGEST))
        signs = (exists().where(each) for each in (waiting, held, owed))
        return bool(await self._session.scalar(select(or_(*signs))))

    async def rewind(self, now: datetime) -> int:
        """Lets everything go on that waits too long; returns how much did."""
        too_late, soon = now + LONGEST, now + SKEW
        resting = and_(InboxUpdate.state == InboxState.NEW, InboxUpdate.not_before > too_late)
        early = and_(InboxUpdate.state == InboxState.NEW, InboxUpdate.received_at > now)
        return sum(
            [
                await self._set(InboxUpdate, resting, not_before=now),
                await self._set(InboxUpdate, early, received_at=now),
                await self._set(ChatLease, ChatLease.leased_until > too_late, leased_until=soon),
                await self._set(OutboxMessage, _was_due(now), not_before=now, created_at=now),
                await self._set(OutboxMessage, _is_going(too_late), leased_until=soon),
                await self._set(UnitGroup, UnitGroup.leased_until > too_late, leased_until=soon),
                # One that Telegram has asked for silence is asked once more.
                await self._set(UnitGroup, UnitGroup.not_before > too_late, not_before=now),
                await self._set(Flood, Flood.until > too_late, until=now),
            ]
        )

    async def _set(self, table: type[Base], which: ColumnElement[bool], **values: Any) -> int:
        quietly = {"synchronize_session": False}
        changed = await self._session.execute(
            update(table).where(which).values(**values).returning(1), execution_options=quietly
        )
        return len(changed.all())


def _is_going(too_late: datetime) -> ColumnElement[bool]:
    return and_(OutboxMessage.state == OutboxState.SENDING, OutboxMessage.leased_until > too_late)


def _was_due(now: datetime) -> ColumnElement[bool]:
    """What was owed at a time to come and was not to wait; what waits for the office to open goes on waiting."""
    return and_(
        OutboxMessage.state == OutboxState.QUEUED,
        OutboxMessage.not_before > now,
        OutboxMessage.created_at > now,
        or_(
            OutboxMessage.not_before <= OutboxMessage.created_at,
            OutboxMessage.priority <= Priority.RECEIPT,
            OutboxMessage.attempts > 0,
        ),
    )
