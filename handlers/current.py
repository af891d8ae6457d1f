"""The question that stands open for somebody, asked again: after a refusal, after anything unexpected."""

from __future__ import annotations

from aiogram.types import CallbackQuery, Message

from handlers.activities import Services
from handlers.showing import bot_of, chat_of, show_in
from locales.translator import Html, Words
from services.caller import Caller
from views import canned
from views.question import question
from views.screen import Screen


async def current_screen(by: Caller, services: Services, words: Words) -> Screen | None:
    """What the person was asked last and has not answered: a practice, words for a complaint, or a draft, if any."""
    practised = await services.practising.current(by)
    writing = None if practised else await services.correspondence.current(by)
    awaited = None if practised or writing else await services.canned.current(by)
    if awaited is not None:
        return canned.ask(awaited, words)
    draft = None if practised or writing else await services.intake.current(by)
    return question(practised, writing, draft, words)


async def ask_again(
    event: Message | CallbackQuery, by: Caller, services: Services, words: Words, *before: Html
) -> None:
    """Says something, and then asks the current question again; without one, says how to begin.

    A message that was tapped keeps its buttons: what was refused may be tried otherwise.
    """
    screen = await current_screen(by, services, words) or Screen(words("fallback.nothing_open"))
    await show_in(bot_of(event), chat_of(event), screen.after(*before))
