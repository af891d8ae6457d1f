"""An officer works: the queue, one case, taking it and giving it back, words by command."""

from __future__ import annotations

from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.drafting import Purpose
from domain.lifecycle import DESK, WORKERS, Action
from domain.queues import Tab
from domain.refusals import StaleStep
from handlers.activities import Services
from handlers.desk_compositions import begin
from handlers.desks import Holds, as_it_stands, split_number
from handlers.showing import bot_of, chat_of, show, show_in
from handlers.talk import Talk
from handlers.taps import Tapped, member, whole, word
from locales.translator import Words
from services.caller import Caller
from views import desk_case as cards
from views import presence, queue
from views.taps import Tap, Verb

_WRITES = {"balas": Purpose.FOLLOW_UP, "selesai": Purpose.DONE}


def router() -> Talk:
    """Stands before the citizen's conversations; staff are citizens too, so what is not of a desk goes on to those."""
    officer = Talk("officer")
    officer.message.register(show_queue, Command("antrean"), Holds(*WORKERS))
    officer.message.register(refuse_stranger, Command("antrean"), ~Holds(*DESK))
    officer.message.register(refuse_stranger, Command(*_WRITES), ~Holds(*cards.DESKS))
    officer.message.register(show_asked, Command("lihat"))
    officer.message.register(take_written, Command(*_WRITES))
    officer.callback_query.register(turn_queue, Tapped(Verb.QUEUE))
    officer.callback_query.register(show_case, Tapped(Verb.SHOW), Holds(*cards.DESKS))
    officer.callback_query.register(show_whole, Tapped(Verb.WHOLE))
    officer.callback_query.register(take_case, Tapped(Verb.TAKE))
    officer.callback_query.register(take_over, Tapped(Verb.TAKE_OVER))
    officer.callback_query.register(release_case, Tapped(Verb.RELEASE))
    return officer


async def show_queue(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/antrean: what the unit has to do."""
    await show(message, queue.queue(await services.handling.queue(by), words))


async def turn_queue(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Another page of it, or another tab; a button from before there were tabs means all."""
    tab = member(tap, 1, Tab) if len(tap.args) > 1 else Tab.ALL
    await show(query, queue.queue(await services.handling.queue(by, whole(tap, 0), tab), words), in_place=True)


async def refuse_stranger(message: Message, words: Words) -> None:
    """A command of the desks by somebody without one."""
    await show(message, queue.no_office(words))


async def show_asked(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/lihat NOMOR."""
    if not command.args:
        await show(message, queue.ask_number(words, "lihat"))
        return
    await show(message, cards.at_desk(await services.handling.look(by, command.args), words))


async def show_case(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """A line of a list, a card, a reminder: the list keeps its buttons for the next one."""
    sheet = await services.handling.look(by, word(tap, 0))
    await show_in(bot_of(query), chat_of(query), cards.screen(sheet, words))


async def show_whole(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Baca lengkap: a page of a long description."""
    sheet = await services.handling.look(by, word(tap, 0))
    await show_in(bot_of(query), chat_of(query), cards.whole(sheet, whole(tap, 1), words))


async def take_case(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Tangani."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        sheet = await services.handling.take(by, number)
        await show(query, cards.at_desk(sheet, words, words("desk.taken_now"), placed=False), in_place=True)


async def release_case(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Lepas untuk rekan."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        sheet = await services.handling.release(by, number)
        await show(query, cards.at_desk(sheet, words, words("desk.released_now"), placed=False), in_place=True)


async def take_over(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Ambil alih: first the question, with whose hands it is in; then it is done and the colleague is told."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        if len(tap.args) == 1:
            case = await services.handling.look(by, number)
            if case.holder is None or Action.TAKE not in case.actions:
                raise StaleStep
            await show(query, presence.ask_take_over(case, words))
            return
        sheet = await services.handling.take_over(by, number, whole(tap, 1))
        await show(query, cards.at_desk(sheet, words, words("desk.taken_over_now"), placed=False), in_place=True)


async def take_written(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/balas NOMOR teks and /selesai NOMOR teks, under a photo too; without the words, those are asked for."""
    name = command.command.lower()
    if not command.args:
        await show(message, queue.ask_number(words, name))
        return
    number, text = split_number(command.args)
    await begin(message, number, _WRITES[name], by, services, words, text=text)
