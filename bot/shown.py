"""Notes who has spoken and which choices they have before them now: a number may be typed later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.showing import Told
from storage.unit_of_work import UnitOfWork
from views.spoken import noted


async def note_shown(work: UnitOfWork, told: Sequence[Told], now: datetime) -> None:
    """Writes in the transaction that ends their updates; nothing of somebody who was forgotten by theirs."""
    known = set(await work.identities.seen([each.person_id for each in told], now)) if told else set()
    shown = {each.person_id: noted(each.choices) for each in told if each.choices is not None}
    await work.shown.keep({person_id: choices for person_id, choices in shown.items() if person_id in known}, now)
