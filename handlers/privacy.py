"""A person and their own data: /privasi, /dataku, /hapus; the erasure waits for a typed word."""

from __future__ import annotations

from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message

from domain.privacy import Extra
from handlers.activities import Services
from handlers.showing import show
from handlers.talk import Talk
from handlers.taps import Tapped, member, word
from locales.translator import Words
from services.caller import Caller
from views import privacy
from views.spoken import bare
from views.taps import Tap, Verb


class Confirms(Filter):
    """Passes the word that confirms an erasure, typed alone."""

    async def __call__(self, message: Message, words: Words) -> bool:
        """Capitals and marks do not matter."""
        return bare(message.text or "") == bare(words("erase.word"))


def router() -> Talk:
    """Stands before whatever takes free text: the word must not become part of a complaint."""
    own = Talk("privacy")
    own.message.register(show_overview, Command("privasi", "privacy"))
    own.message.register(send_data, Command("dataku"))
    own.message.register(ask_erasure, Command("hapus"))
    own.message.register(take_confirmation, Confirms())
    own.callback_query.register(send_data, Tapped(Verb.MY_DATA))
    own.callback_query.register(take_consent, Tapped(Verb.CONSENT))
    own.callback_query.register(take_restriction, Tapped(Verb.RESTRICT))
    own.callback_query.register(ask_erasure, Tapped(Verb.ERASE))
    own.callback_query.register(keep_data, Tapped(Verb.ERASE_NOT))
    return own


async def show_overview(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/privasi."""
    await show(message, privacy.overview(await services.privacy.choices(by), words))


async def send_data(event: Message | CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """/dataku: everything that is held, as files."""
    await show(event, privacy.held_data(await services.privacy.everything(by), words))


async def take_consent(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """An extra is welcome, or no longer."""
    sheet = await services.privacy.consent(by, member(tap, 0, Extra), given=word(tap, 1) == "yes")
    await show(query, privacy.overview(sheet, words), in_place=True)


async def take_restriction(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Less may be done with the data, or as much as before."""
    sheet = await services.privacy.restrict(by, restricted=word(tap, 0) == "yes")
    await show(query, privacy.overview(sheet, words), in_place=True)


async def ask_erasure(event: Message | CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """/hapus: first step."""
    await show(event, privacy.ask_erasure(await services.privacy.ask_erasure(by), words))


async def take_confirmation(message: Message, by: Caller, services: Services, words: Words) -> None:
    """The word: second step."""
    await show(message, privacy.erased(await services.privacy.erase(by), words))


async def keep_data(query: CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """Tidak jadi."""
    await services.privacy.keep(by)
    await show(query, privacy.not_erased(words))
