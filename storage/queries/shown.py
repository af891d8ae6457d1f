"""Which choices a person has before them, in the order of their numbers."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from storage.crypto import CannotOpen
from storage.queries.base import Queries, in_both, replacing
from storage.tables import Base
from storage.tables_telling import ShownChoices

_SHOWN = Base.metadata.tables["shown_choices"]
_KEEP = replacing("shown_choices", "person_id")
_FORGET = in_both(lambda among: delete(_SHOWN).where(among(_SHOWN.c.person_id, "people")))

Choice = tuple[str, str]
"""A label and what its button says."""


class Shown(Queries):
    """Queries on what was shown last."""

    async def keep(self, shown: Mapping[int, Sequence[Choice]], now: datetime) -> None:
        """These stand before each person now, instead of any others; where there are none, nothing does."""
        # Labels may quote what somebody has told.
        rows = [
            {"person_id": person_id, "choices_sealed": self._seal(json.dumps(choices)), "shown_at": now}
            for person_id, choices in sorted(shown.items())
            if choices
        ]
        bare = [person_id for person_id, choices in shown.items() if not choices]
        if rows:
            await self._session.execute(_KEEP[self._on_postgresql], rows)
        if bare:
            await self._session.execute(_FORGET[self._on_postgresql], {"people": bare})

    async def of(self, person_id: int) -> tuple[Choice, ...]:
        """What stands before a person; empty if nothing does, or if the key that sealed it is gone."""
        return self.opened(
            await self._session.scalar(select(_SHOWN.c.choices_sealed).where(_SHOWN.c.person_id == person_id))
        )

    def opened(self, sealed: bytes | None) -> tuple[Choice, ...]:
        """Opens the choices of a row."""
        try:
            opened = self._open(sealed)
        except CannotOpen:
            # Not worth an error: the next screen is sealed under the key of today.
            opened = None
        return tuple((label, data) for label, data in json.loads(opened or "[]"))

    async def expire(self, before: datetime) -> int:
        """Forgets what was shown before an instant; returns how many."""
        old = delete(ShownChoices).where(ShownChoices.shown_at < before).returning(ShownChoices.person_id)
        return len((await self._session.scalars(old)).all())
