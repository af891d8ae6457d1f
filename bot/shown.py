"""Notes that somebody has spoken and which choices they have before them now: a number may be typed later."""

from __future__ import annotations

from datetime import datetime

from handlers.showing import SpeakingBot
from storage.unit_of_work import UnitOfWork
from views.spoken import noted


async def note_shown(work: UnitOfWork, bot: SpeakingBot, chat_id: int, now: datetime) -> None:
    """Writes in the transaction that ends their update; nothing of somebody whom we do not know."""
    shown = bot.hand_over(chat_id)
    person_id = await work.identities.seen(chat_id, now)
    if shown is not None and person_id is not None:
        await work.shown.keep(person_id, noted(shown), now)
