"""The sequence of updates: whether one has come before another that Telegram counted before it."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from storage.tables import InboxUpdate

REACH = 40
"""How many numbers below an update are searched for a gap: as many as Telegram brings side by side."""


def follows_closely() -> ColumnElement[bool]:
    """Whether no number is missing between an update and those known before it.

    Telegram counts updates upward one by one, so that their sequence can be restored (Bot API, `Update`).
    """
    below = aliased(InboxUpdate)
    lacking = (
        select(InboxUpdate.update_id - func.coalesce(func.min(below.update_id), InboxUpdate.update_id) - func.count())
        .select_from(below)
        .where(below.update_id.between(InboxUpdate.update_id - REACH, InboxUpdate.update_id - 1))
        .correlate(InboxUpdate)
    )
    return lacking.scalar_subquery() == 0
