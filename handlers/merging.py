"""A coordinator makes one of two complaints: candidates, the last look at both, and the second tap."""

from __future__ import annotations

from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.lifecycle import DESK
from domain.ticket import find_numbers
from handlers.activities import Services
from handlers.desks import Holds, as_it_stands
from handlers.showing import bot_of, chat_of, show, show_in
from handlers.talk import Talk
from handlers.taps import Tapped, word
from locales.translator import Words
from services.caller import Caller
from views import merging, queue
from views.taps import Tap, Verb

COMMAND = "gabung"


def router() -> Talk:
    """Stands behind the coordinator's conversation."""
    joining = Talk("merging")
    joining.message.register(show_both_typed, Command(COMMAND), Holds(*DESK))
    joining.message.register(refuse_stranger, Command(COMMAND))
    joining.callback_query.register(show_near, Tapped(Verb.MERGE))
    joining.callback_query.register(show_both, Tapped(Verb.MERGE_INTO))
    joining.callback_query.register(take_merge, Tapped(Verb.MERGE_NOW))
    return joining


async def show_both_typed(
    message: Message, command: CommandObject, by: Caller, services: Services, words: Words
) -> None:
    """/gabung NOMOR NOMOR_UTAMA."""
    numbers = find_numbers(command.args or "")
    if len(numbers) != 2:
        await show(message, merging.ask_numbers(words))
        return
    async with as_it_stands(message, numbers[0], by, services, words):
        await show(message, merging.preview(await services.merging.preview(by, *numbers), words))


async def refuse_stranger(message: Message, words: Words) -> None:
    """A coordinator's command by somebody without a desk."""
    await show(message, queue.no_office(words))


async def show_near(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Gabungkan: the card keeps its buttons."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        found = await services.merging.near(by, number)
        await show_in(bot_of(query), chat_of(query), merging.near(number, found, words))


async def show_both(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The first tap, or the two the other way round."""
    number, main = word(tap, 0), word(tap, 1)
    async with as_it_stands(query, number, by, services, words):
        await show(query, merging.preview(await services.merging.preview(by, number, main), words))


async def take_merge(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The second tap."""
    number, main = word(tap, 0), word(tap, 1)
    async with as_it_stands(query, number, by, services, words):
        await show(query, merging.done(number, await services.merging.merge(by, number, main), words))
