"""Which choices a person has before them, in the order of their numbers."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from storage.crypto import CannotOpen
from storage.queries.base import Queries
from storage.tables_telling import ShownChoices


class Shown(Queries):
    """Queries on what was shown last; a choice is its label and what its button says."""

    async def keep(self, person_id: int, choices: Sequence[tuple[str, str]], now: datetime) -> None:
        """These stand before the person now, instead of any others."""
        if not choices:
            await self.forget(person_id)
            return
        # Labels may quote what somebody has told.
        values = {"choices_sealed": self._seal(json.dumps(choices)), "shown_at": now}
        added = self._insert(ShownChoices).values(person_id=person_id, **values)
        await self._session.execute(added.on_conflict_do_update(index_elements=["person_id"], set_=values))

    async def of(self, person_id: int) -> tuple[tuple[str, str], ...]:
        """What stands before a person; empty if nothing does, or if the key that sealed it is gone."""
        row = await self._session.get(ShownChoices, person_id)
        try:
            opened = self._open(row.choices_sealed) if row else None
        except CannotOpen:
            # Not worth an error: the next screen is sealed under the key of today.
            opened = None
        return tuple((label, data) for label, data in json.loads(opened or "[]"))

    async def forget(self, person_id: int) -> None:
        """Nothing stands before the person any more."""
        await self._session.execute(delete(ShownChoices).where(ShownChoices.person_id == person_id))

    async def expire(self, before: datetime) -> int:
        """Forgets what was shown before an instant; returns how many."""
        old = delete(ShownChoices).where(ShownChoices.shown_at < before).returning(ShownChoices.person_id)
        return len((await self._session.scalars(old)).all())
