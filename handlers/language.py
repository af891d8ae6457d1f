"""/bahasa: everything, letters included, is read in the language that somebody chooses."""

from __future__ import annotations

from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.refusals import StaleStep
from handlers.activities import Services
from handlers.current import ask_again
from handlers.showing import drop_buttons, show
from handlers.talk import Talk
from handlers.taps import Tapped, word
from locales.translator import Words, languages, tongues, words_for
from services.caller import Caller
from views import language
from views.taps import Tap, Verb


def router() -> Talk:
    """Asks, and takes the answer."""
    speaking = Talk("language")
    speaking.message.register(ask_language, Command("bahasa", "language"))
    speaking.callback_query.register(take_language, Tapped(Verb.LANGUAGE))
    return speaking


async def ask_language(message: Message, words: Words) -> None:
    """Offers every language that has a catalogue."""
    await show(message, language.screen(words, tongues()))


async def take_language(query: CallbackQuery, tap: Tap, by: Caller, services: Services) -> Caller:
    """Says so in the new language, and asks the open question again in it; returns who they are now."""
    code = word(tap, 0)
    if code not in languages():
        raise StaleStep
    by, words = await services.people.speak(by, code), words_for(code)
    await drop_buttons(query)
    await ask_again(query, by, services, words, words("language.chosen"))
    return by
