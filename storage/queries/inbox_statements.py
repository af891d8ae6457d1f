"""The statements that every update goes through, built once: SQLAlchemy builds one as long as it runs it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Table,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from domain.messages import InboxState
from storage.queries.base import in_both, unless_there
from storage.queries.sequence import follows_closely
from storage.tables import Base

INBOX: Table = Base.metadata.tables["inbox"]
LEASES: Table = Base.metadata.tables["chat_leases"]


STORE = unless_there("inbox", "update_id")

KNOWN_CHATS = in_both(lambda among: select(LEASES.c.chat_index).where(among(LEASES.c.chat_index, "indexes")))


def _workable(*, gap: bool) -> Select[Any]:
    """The heads of all chats at once: the cost grows with the backlog, whatever the planner believes.

    Both rows are locked, so that PostgreSQL looks again at what another worker changed since the look began.
    """
    heads = (
        select(func.min(INBOX.c.update_id).label("update_id"))
        .where(INBOX.c.state == InboxState.NEW)
        .group_by(INBOX.c.chat_index)
        .subquery()
    )
    now: BindParameter[datetime] = bindparam("now")
    waited = or_(INBOX.c.received_at <= bindparam("waited_since"), follows_closely(INBOX))
    return (
        select(INBOX, LEASES.c.fence)
        .join(LEASES, INBOX.c.chat_index == LEASES.c.chat_index)
        .join(heads, heads.c.update_id == INBOX.c.update_id)
        .where(
            INBOX.c.state == InboxState.NEW,
            INBOX.c.not_before <= now,
            or_(LEASES.c.leased_until.is_(None), LEASES.c.leased_until <= now),
            *((waited,) if gap else ()),
        )
        .order_by(INBOX.c.update_id)
        .limit(bindparam("at_most"))
        .with_for_update(of=(INBOX, LEASES), skip_locked=True)
    )


WORKABLE, WORKABLE_IN_SEQUENCE = _workable(gap=False), _workable(gap=True)

COUNT_ATTEMPTS = in_both(
    lambda among: update(INBOX).where(among(INBOX.c.update_id, "numbers")).values(attempts=INBOX.c.attempts + 1)
)

TAKE_CHATS = in_both(
    lambda among: (
        update(LEASES)
        .where(among(LEASES.c.chat_index, "chats"))
        .values(leased_by=bindparam("worker"), leased_until=bindparam("until"), fence=LEASES.c.fence + 1)
    )
)

_CHAT_OF = select(INBOX.c.chat_index).where(INBOX.c.update_id == bindparam("number")).scalar_subquery()

HELD = (
    select(LEASES.c.chat_index)
    .where(LEASES.c.chat_index == _CHAT_OF, LEASES.c.fence == bindparam("held_fence"))
    .with_for_update()
)
"""The chat of an update, if it is held under this fence; nobody can take it until the transaction ends."""

_WORKED = {
    "state": InboxState.DONE,
    "payload_sealed": None,
    "error": None,
    "worked_at": func.coalesce(INBOX.c.worked_at, bindparam("now", type_=INBOX.c.worked_at.type)),
}

MARK_WORKED = (
    update(INBOX)
    .where(
        INBOX.c.update_id == bindparam("number"),
        INBOX.c.state != InboxState.DEAD,
        INBOX.c.chat_index == HELD.scalar_subquery(),
    )
    .values(_WORKED)
    .returning(INBOX.c.update_id)
)

# In RETURNING on SQLite SQLAlchemy leaves the names of tables out; a column without its name would be that of INBOX.
_CHAT_FREED: ColumnElement[str] = literal_column("chat_leases.chat_index")
_MORE_WAITS = exists().where(INBOX.c.chat_index == _CHAT_FREED, INBOX.c.state == InboxState.NEW).label("more")

FREE_CHATS = in_both(
    lambda among: (
        update(LEASES)
        .where(
            # SQLite finds no row by a pair.
            among(LEASES.c.chat_index, "chats"),
            tuple_(LEASES.c.chat_index, LEASES.c.fence).in_(bindparam("held", expanding=True)),
        )
        .values(leased_by=None, leased_until=None)
        .returning(LEASES.c.chat_index, LEASES.c.fence, _MORE_WAITS)
    )
)

MARK_FREED = in_both(
    lambda among: (
        update(INBOX).where(among(INBOX.c.update_id, "numbers"), INBOX.c.state != InboxState.DEAD).values(_WORKED)
    )
)

COUNT_BETWEEN = select(func.count()).where(
    INBOX.c.chat_index == _CHAT_OF, INBOX.c.received_at > bindparam("since"), INBOX.c.received_at <= bindparam("now")
)
"""How many updates have come between two instants from the chat of one."""
