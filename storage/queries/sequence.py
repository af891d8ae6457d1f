"""The sequence of updates: whether one has come before another that Telegram counted before it."""

from sqlalchemy import ColumnElement, Table, func, select

REACH = 40
"""How many numbers below an update are searched for a gap: as many as Telegram brings side by side."""


def follows_closely(inbox: Table) -> ColumnElement[bool]:
    """Whether no number is missing between an update and those known before it.

    Telegram counts updates upward one by one, so that their sequence can be restored (Bot API, `Update`).
    """
    below = inbox.alias()
    number = inbox.c.update_id
    lacking = (
        select(number - func.coalesce(func.min(below.c.update_id), number) - func.count())
        .select_from(below)
        .where(below.c.update_id.between(number - REACH, number - 1))
        .correlate(inbox)
    )
    return lacking.scalar_subquery() == 0
