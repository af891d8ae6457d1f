"""/tuduhan NOMOR: a coordinator or an inspector says whom a complaint accuses; an inspector may clear a unit."""

from __future__ import annotations

from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.lifecycle import DESK, Role
from handlers.activities import Services
from handlers.desks import Holds, as_it_stands
from handlers.showing import bot_of, chat_of, show, show_in
from handlers.talk import Talk
from handlers.taps import Tapped, whole, word
from locales.translator import Words
from services.caller import Caller
from views import accusations, queue
from views.taps import Tap, Verb

ACCUSED = "tuduhan"


def router() -> Talk:
    """Stands behind the desks and before the citizen's conversations."""
    accused = Talk("accusations")
    accused.message.register(ask_accused, Command(ACCUSED), Holds(*DESK, Role.INSPECTOR))
    accused.message.register(refuse_stranger, Command(ACCUSED))
    accused.callback_query.register(turn_page, Tapped(Verb.ACCUSED))
    accused.callback_query.register(take_accused, Tapped(Verb.ACCUSE))
    accused.callback_query.register(take_cleared, Tapped(Verb.CLEAR))
    return accused


async def ask_accused(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """Whom does it accuse?"""
    if not command.args:
        await show(message, queue.ask_number(words, ACCUSED))
        return
    sheet = await services.accusations.of(by, command.args)
    await show(message, accusations.screen(sheet, 0, words))


async def turn_page(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """More units."""
    sheet = await services.accusations.of(by, word(tap, 0))
    await show_in(bot_of(query), chat_of(query), accusations.screen(sheet, whole(tap, 1), words))


async def take_accused(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """This one is meant."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        await show(query, accusations.screen(await services.accusations.accuse(by, number, whole(tap, 1)), 0, words))


async def take_cleared(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """This one is not."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        await show(query, accusations.screen(await services.accusations.clear(by, number, whole(tap, 1)), 0, words))


async def refuse_stranger(message: Message, words: Words) -> None:
    """A command of the desks by somebody without one."""
    await show(message, queue.no_office(words))
