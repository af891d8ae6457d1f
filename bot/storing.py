"""Keeps updates as they arrive, whichever way they come: stored and committed before Telegram may forget them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from domain.time import Clock
from storage.engine import Database
from storage.queries.inbox import Arrived

WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The kinds of updates that we ask Telegram for."""

NO_CHAT = "none"

Update = dict[str, Any]
Keep = Callable[[Sequence[Update]], Awaitable[None]]
"""Keeps updates, and returns once they are committed; raises what the register raises."""


async def keep(database: Database, clock: Clock, batch: Sequence[Update]) -> None:
    """Stores updates in a transaction of their own; what is known stays as it is, for Telegram offers some twice."""
    async with database.work() as unit:
        await unit.inbox.store(arrivals(batch), clock())
        await unit.commit()


def arrivals(batch: Sequence[Update]) -> Sequence[Arrived]:
    """Updates as the inbox stores them."""
    return [Arrived(each["update_id"], chat_key(each), json.dumps(each)) for each in batch]


def chat_key(update: Update) -> str:
    """The chat in whose order an update is worked; whatever has no chat shares one.

    Nothing that Telegram may ever send can make this fail: an update that cannot be kept would come for ever.
    """
    for kind in ("message", "edited_message", "my_chat_member"):
        if kind in update:
            return _id_at(update, kind, "chat")
    query = update.get("callback_query")
    in_chat = isinstance(query, dict) and "message" in query
    return _id_at(update, "callback_query", *(("message", "chat") if in_chat else ("from",)))


def in_group(payload: str) -> bool:
    """Whether a stored update comes from a group: those have negative ids."""
    return chat_key(json.loads(payload)).startswith("-")


def sender_key(update: Update) -> str:
    """Who is owed a word about an update: the person of the private chat, or who spoke or tapped in a group."""
    key = chat_key(update)
    if not key.startswith("-"):
        return key
    kind = next((each for each in ("message", "edited_message", "callback_query") if each in update), "none")
    return _id_at(update, kind, "from")


def _id_at(update: Update, *path: str) -> str:
    found: Any = update
    for step in (*path, "id"):
        found = found.get(step) if isinstance(found, dict) else None
    return str(found) if type(found) is int else NO_CHAT
