"""Whoever writes, as they are known: everything that must be known before they are heard, in one question."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select

from domain.drafting import DraftState, Step
from storage.queries.base import Queries
from storage.queries.inbox_statements import COUNT_BETWEEN
from storage.queries.shown import Choice, Shown
from storage.tables import Base

_PEOPLE, _IDENTITIES, _FLOODS, _SHOWN, _WRITING, _DRAFTS, _HELD = (
    Base.metadata.tables[name]
    for name in ("people", "identities", "floods", "shown_choices", "compositions", "drafts", "memberships")
)

# Every update asks this: built once, it costs half.
_GUEST = (
    select(
        _PEOPLE.c.id,
        _PEOPLE.c.locale,
        _PEOPLE.c.menu,
        _PEOPLE.c.notice_version,
        _PEOPLE.c.unreachable_since,
        _IDENTITIES.c.chat_index,
        _IDENTITIES.c.name_sealed,
        _IDENTITIES.c.username_sealed,
        _FLOODS.c.until,
        _FLOODS.c.answered_at,
        _SHOWN.c.choices_sealed,
        _WRITING.c.person_id.label("writer"),
        select(_DRAFTS.c.step)
        .where(_DRAFTS.c.person_id == _PEOPLE.c.id, _DRAFTS.c.state == DraftState.OPEN)
        .order_by(_DRAFTS.c.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("asked"),
        exists().where(_HELD.c.person_id == _PEOPLE.c.id, _HELD.c.revoked_at.is_(None)).label("on_duty"),
        COUNT_BETWEEN.scalar_subquery().label("came"),
    )
    .join(_IDENTITIES, _IDENTITIES.c.person_id == _PEOPLE.c.id)
    .outerjoin(_FLOODS, _FLOODS.c.person_id == _PEOPLE.c.id)
    .outerjoin(_SHOWN, _SHOWN.c.person_id == _PEOPLE.c.id)
    .outerjoin(_WRITING, _WRITING.c.person_id == _PEOPLE.c.id)
    .where(_IDENTITIES.c.chat_index.in_(bindparam("indexes", expanding=True)))
)


class Known(NamedTuple):
    """A person as they stand just now.

    `notice_version`: the privacy notice that was read last. `on_duty`: whether they hold any role. `came`: how many
    updates have come from their chat since the instant that was asked for. `passed_over_until` and `told_at` are of the
    flood that was noticed last. `shown`: the choices of the newest screen or letter. `writes`: words for a complaint
    are begun. `asked`: the open question of the draft under way.
    """

    id: int
    locale: str
    menu: str | None
    notice_version: str | None
    on_duty: bool
    came: int
    reachable: bool
    under_newest_key: bool
    name: str | None
    username: str | None
    passed_over_until: datetime | None
    told_at: datetime | None
    shown: tuple[Choice, ...]
    writes: bool
    asked: Step | None


class Guests(Queries):
    """The question on whoever writes."""

    async def of(self, chat_id: int, update_id: int | None, since: datetime, now: datetime) -> Known | None:
        """The person of a private chat, whose update this is; None if we have not met. Counts what `came` since."""
        keys = self._keyring.indexes(str(chat_id))
        asked = {"indexes": keys, "number": update_id, "since": since, "now": now}
        row = (await self._session.execute(_GUEST, asked)).first()
        if row is None:
            return None
        return Known(
            id=row.id,
            locale=row.locale,
            menu=row.menu,
            notice_version=row.notice_version,
            on_duty=row.on_duty,
            came=row.came,
            reachable=row.unreachable_since is None,
            under_newest_key=row.chat_index == keys[0],
            name=self._open(row.name_sealed),
            username=self._open(row.username_sealed),
            passed_over_until=row.until,
            told_at=row.answered_at,
            shown=Shown(self._session, self._keyring).opened(row.choices_sealed),
            writes=row.writer is not None,
            asked=row.asked,
        )
