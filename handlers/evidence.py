"""Files of a complaint: asked for with one button, released by the desk, joined by late photos of their album."""

from __future__ import annotations

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.activities import Services
from handlers.desks import as_it_stands
from handlers.incoming import Filed
from handlers.showing import show, show_count
from handlers.talk import Talk
from handlers.taps import Tapped, whole, word
from locales.translator import Words
from services.caller import Caller
from services.shelf import NewFile
from views import evidence
from views.taps import Tap, Verb


class Late(Filter):
    """Passes photos whose album has gone to a complaint already, and hands over its `number`."""

    async def __call__(self, message: Message, by: Caller, services: Services) -> bool | dict[str, Any]:
        """Most messages belong to no album and ask nothing."""
        if message.media_group_id is None:
            return False
        number = await services.evidence.home_of(by, message.media_group_id)
        return {"number": number} if number else False


def router() -> Talk:
    """Stands before whoever takes files: a late photo must not begin a second complaint."""
    files = Talk("evidence")
    files.message.register(take_late, Filed(), Late())
    files.callback_query.register(bring, Tapped(Verb.FILES))
    files.callback_query.register(release, Tapped(Verb.RELEASE_FILE))
    return files


async def take_late(message: Message, file: NewFile, number: str, by: Caller, services: Services, words: Words) -> None:
    """A sibling that came after "Kirim" belongs to the same complaint."""
    count = await services.evidence.join(by, file)
    await show_count(message, evidence.joined(number, count, words))


async def bring(_query: CallbackQuery, tap: Tap, by: Caller, services: Services) -> None:
    """Lampiran: the files come by delivery, since they may have to be uploaded; the card keeps its buttons."""
    await services.evidence.ask(by, word(tap, 0))


async def release(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Buka untuk petugas."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        sheet = await services.evidence.release(by, number, whole(tap, 1))
        await show(query, evidence.released(sheet, words))
