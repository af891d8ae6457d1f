"""A citizen who began a complaint and fell silent is reminded of it, once: it waits, and nobody has read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.drafting import DraftState
from domain.messages import Notice
from routing.places import time_zone_of
from services.draft_sheets import DraftLine
from services.keeping import draft_line
from services.left_unsaid import LeftUnsaid, Note, Why
from services.office import HOME_ZONE, Office
from storage.tables_drafts import Draft
from storage.tables_messages import OutboxMessage
from storage.unit_of_work import UnitOfWork

REMIND_UNSENT = "remind_unsent"

LOOK_BACK = timedelta(days=14)
"""Who has been silent for longer than this past the day of the reminder has decided; nobody is woken for it."""

WAITING = (DraftState.OPEN, DraftState.KEPT)


@dataclass
class Unsent:
    """Works within one unit of work. Quiet hours are kept where it happened, or in Jakarta while that is not known."""

    office: Office
    work: UnitOfWork
    now: datetime
    note: Note

    async def remind(self) -> int:
        """Owes one word about the latest draft of everybody who has been silent for long enough; returns how many.

        Other drafts of the same person are named along with it; each is the reason of one word at most.
        """
        silent_since = self.now - timedelta(days=self.office.cadence.draft_days)
        found = await self.work.drafts.left_between(silent_since - LOOK_BACK, silent_since)
        return sum([await self._owe(draft) for draft in found])

    async def _owe(self, draft: Draft) -> bool:
        key = f"{Notice.UNSENT}:{draft.id}"
        data, waking = {"draft_id": draft.id}, await self._waking(draft)
        added = await self.work.outbox.add(key, draft.person_id, Notice.UNSENT, self.now, data=data, not_before=waking)
        if not added:
            self.note(LeftUnsaid(REMIND_UNSENT, f"draft {draft.id}", Why.ALREADY_OWED))
        return added

    async def _waking(self, draft: Draft) -> datetime:
        calendar = await self.office.calendar(self.work, None)
        code = (draft.place or {}).get("code")
        zone = time_zone_of(code) if code else HOME_ZONE
        return self.office.cadence.waking(self.now, replace(calendar, zone=zone))


async def unsent(work: UnitOfWork, message: OutboxMessage) -> DraftLine | None:
    """The draft of a reminder; None when it was sent or thrown away, or its writer has been here meanwhile."""
    draft = await work.drafts.get(message.data["draft_id"])
    person = await work.people.get(message.person_id)
    if draft is None or draft.state not in WAITING or person.last_seen_at > message.created_at:
        return None
    return await draft_line(work, draft)
