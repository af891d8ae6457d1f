"""What every round of delivery asks and writes, built once: what may leave now, and that it has left."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    case,
    or_,
    select,
    text,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.orm import aliased

from domain.messages import OutboxState, Priority
from storage.tables_messages import WAITING, OutboxMessage
from storage.tables_people import Person
from storage.types import UtcDateTime

ONE_PER_CHAT = timedelta(seconds=1)
"""What Telegram grants a private chat: one message a second."""

_AT_MOST_A_SECOND = 1_000
"""More messages than ever leave within a second."""

_NOW = bindparam("now", type_=UtcDateTime)
_A_MOMENT_AGO = bindparam("a_moment_ago", type_=UtcDateTime)
_IN_A_MOMENT = bindparam("in_a_moment", type_=UtcDateTime)
_LIMIT = bindparam("limit", type_=Integer)
_PATIENT = bindparam("patient", type_=Integer)


def _place(row: type[OutboxMessage]) -> ColumnElement[Any]:
    """Where a message stands among those of its chat: what has failed once is not overtaken by what came meanwhile."""
    return tuple_(row.priority, case((row.attempts > 0, 0), else_=1), row.not_before, row.id)


def _may_leave() -> ColumnElement[bool]:
    """Whether nothing of the same chat goes before it, and somebody is there.

    Each is a look-up for one message, written so that no planner makes a join of it: only the first few of a queue
    are asked, however long it is.
    """
    other = aliased(OutboxMessage, name="other")
    resting = and_(other.attempts > 0, other.not_before > _NOW)
    earlier = and_(other.not_before <= _NOW, _place(other) < _place(OutboxMessage))
    goes_before = (
        select(other.id)
        .where(
            other.person_id == OutboxMessage.person_id,
            text(f"other.{WAITING}"),
            or_(other.state == OutboxState.SENDING, resting, earlier),
        )
        .limit(1)
        .scalar_subquery()
    )
    unreachable = select(Person.unreachable_since).where(Person.id == OutboxMessage.person_id).scalar_subquery()
    # In the order of its index and no more than could be: or else a planner that knows too little reads everything.
    latest = select(OutboxMessage.person_id).order_by(OutboxMessage.sent_at.desc()).limit(_AT_MOST_A_SECOND)
    just_served = latest.where(OutboxMessage.sent_at > _A_MOMENT_AGO, OutboxMessage.sent_at < _IN_A_MOMENT)
    return and_(goes_before.is_(None), unreachable.is_(None), OutboxMessage.person_id.not_in(just_served))


def _first_due(priority: Priority) -> Select[Any]:
    """The first that are due of one urgency: the index has them in this order."""
    return (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.state == OutboxState.QUEUED,
            OutboxMessage.priority == priority,
            OutboxMessage.not_before <= _NOW,
            _may_leave(),
        )
        .order_by(OutboxMessage.not_before, OutboxMessage.id)
        .limit(_PATIENT if priority is Priority.DIGEST else _LIMIT)
    )


_FIRST_DUE = union_all(*(select(_first_due(priority).subquery()) for priority in Priority))

DUE = (
    select(OutboxMessage)
    .where(OutboxMessage.id.in_(_FIRST_DUE))
    .order_by(OutboxMessage.priority, OutboxMessage.not_before, OutboxMessage.id)
    .limit(_LIMIT)
    .execution_options(populate_existing=True)
)


_OUTBOX = cast("Table", OutboxMessage.__table__)

SENT = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("owed"))
    .values(
        state=OutboxState.SENT,
        message_id=bindparam("given"),
        sent_at=bindparam("now"),
        error=None,
        leased_by=None,
        leased_until=None,
    )
)


def asked(now: datetime, limit: int, patient: int) -> dict[str, Any]:
    """What `DUE` wants to know; `patient`: how many of the least urgent there may be."""
    instants = {"now": now, "a_moment_ago": now - ONE_PER_CHAT, "in_a_moment": now + ONE_PER_CHAT}
    return instants | {"limit": limit, "patient": patient}
