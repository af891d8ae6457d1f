"""Notes which choices a chat has before it, in the transaction that ends its update: a number may be typed later."""

from __future__ import annotations

from datetime import datetime

from handlers.showing import SpeakingBot
from storage.unit_of_work import UnitOfWork
from views.spoken import noted


async def note_shown(work: UnitOfWork, bot: SpeakingBot, chat_id: int, now: datetime) -> None:
    """Writes nothing where no screen was shown, or to nobody whom we know."""
    shown = bot.hand_over(chat_id)
    person = None if shown is None else await work.identities.person_of(chat_id)
    if shown is not None and person is not None:
        await work.shown.keep(person.id, noted(shown), now)
