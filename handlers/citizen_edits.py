"""Edited messages: what was taken from one is mended, and what has been sent is offered as an addition."""

from __future__ import annotations

from aiogram.types import Message

from domain.drafting import Purpose
from domain.lifecycle import Status
from domain.refusals import NotUnderstood
from handlers.activities import Services
from handlers.current import ask_again
from handlers.showing import show
from handlers.talk import Talk
from locales.translator import Words
from services.caller import Caller
from views import citizen_composition


def router() -> Talk:
    """Hears every edit."""
    edits = Talk("citizen_edits")
    edits.edited_message.register(take_edit)
    return edits


async def take_edit(message: Message, by: Caller, services: Services, words: Words) -> None:
    """A changed message. A live location changes by itself, unanswered.

    Raises `NotUnderstood("edited")` when nothing depends on that message.
    """
    if message.location is not None:
        return
    text = _words_of(message)
    amended = await services.amending.amend(by, text) if text else None
    if amended is None:
        raise NotUnderstood("edited")
    if amended.sent is not None:
        await _offer(message, amended.sent, text, by, services, words)
    else:
        await ask_again(message, by, services, words, words("edit.taken"))


async def _offer(message: Message, number: str, text: str, by: Caller, services: Services, words: Words) -> None:
    """The complaint is with its office: the change may go there as an addition, if the person sends it."""
    writing = await services.correspondence.current(by)
    line = next((line for line in await services.tracking.open_numbers(by) if line.number == number), None)
    if line is None or (writing is not None and citizen_composition.has_words(writing)):
        await ask_again(message, by, services, words, words("edit.sent", number=number))
        return
    purpose = Purpose.ANSWER if line.status is Status.ON_HOLD else Purpose.ADD_INFORMATION
    sheet = await services.correspondence.at_once(by, number, purpose, text)
    await show(message, citizen_composition.screen(sheet, words).after(words("edit.offered", number=number)))


def _words_of(message: Message) -> str:
    """The words without a command before them; other commands are not answers."""
    text = message.text or message.caption or ""
    if text.startswith("/"):
        command, _, rest = text.partition(" ")
        return rest.strip() if command.partition("@")[0] == "/lapor" else ""
    return text
