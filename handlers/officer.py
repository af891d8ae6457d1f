"""An officer works: the queue, one case, taking it and giving it back, words by command or as a reply to its card."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, Message

from domain.drafting import Purpose
from domain.lifecycle import DESK, WORKERS, Action
from domain.refusals import ComplaintNotFound
from domain.ticket import find_numbers
from handlers.activities import Services
from handlers.compositions import begin
from handlers.desks import Holds, as_it_stands, split_number
from handlers.incoming import Filed, Said
from handlers.showing import bot_of, chat_of, show, show_in
from handlers.taps import Tapped, whole, word
from locales.translator import Words
from services.caller import Caller
from services.drafting import NewFile
from services.sheets import CaseSheet
from views import case as cards
from views import composition, queue
from views.taps import Tap, Verb

_WRITES = {"balas": Purpose.FOLLOW_UP, "selesai": Purpose.DONE}


class Replied(Filter):
    """Passes what staff write as a reply to a card, and hands over its `case`."""

    async def __call__(self, message: Message, by: Caller, services: Services) -> bool | dict[str, Any]:
        """A reply to one's own receipt is left to the citizen's conversation."""
        replied = message.reply_to_message
        if replied is None or not by.actor.memberships:
            return False
        number = await self._number(replied, by, services)
        case = await services.handling.look(by, number) if number else None
        return {"case": case} if case and case.roles & cards.DESKS else False

    @staticmethod
    async def _number(replied: Message, by: Caller, services: Services) -> str | None:
        """A card that was delivered is known by its message; one that was asked for begins with its number."""
        try:
            return await services.handling.of_card(by, replied.message_id)
        except ComplaintNotFound:
            first_line = (replied.text or "").partition("\n")[0]
            return next(iter(find_numbers(first_line)), None)


def router() -> Router:
    """Stands before the citizen's conversations; staff are citizens too, so what is not of a desk goes on to those."""
    officer = Router(name="officer")
    officer.message.register(show_queue, Command("antrean"), Holds(*WORKERS))
    officer.message.register(refuse_stranger, Command("antrean"), ~Holds(*DESK))
    officer.message.register(refuse_stranger, Command(*_WRITES), ~Holds(*cards.DESKS))
    officer.message.register(show_asked, Command("lihat"))
    officer.message.register(take_written, Command(*_WRITES))
    officer.message.register(take_reply, Said(), Replied())
    officer.message.register(take_reply, Filed(), Replied())
    officer.callback_query.register(turn_queue, Tapped(Verb.QUEUE))
    officer.callback_query.register(show_case, Tapped(Verb.SHOW), Holds(*cards.DESKS))
    officer.callback_query.register(take_case, Tapped(Verb.TAKE))
    officer.callback_query.register(release_case, Tapped(Verb.RELEASE))
    return officer


async def show_queue(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/antrean: what the unit has to do."""
    await show(message, queue.queue(await services.handling.queue(by), 0, words))


async def turn_queue(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Another page of it."""
    page = whole(tap, 0)
    await show(query, queue.queue(await services.handling.queue(by, page), page, words), in_place=True)


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


async def take_case(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Tangani."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        sheet = await services.handling.take(by, number)
        await show(query, cards.at_desk(sheet, words, words("desk.taken_now"), evidence=False), in_place=True)


async def release_case(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Lepas untuk rekan."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        sheet = await services.handling.release(by, number)
        await show(query, cards.at_desk(sheet, words, words("desk.released_now"), evidence=False), in_place=True)


async def take_written(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/balas NOMOR teks and /selesai NOMOR teks; without the words, those are asked for."""
    name = command.command.lower()
    if not command.args:
        await show(message, queue.ask_number(words, name))
        return
    number, text = split_number(command.args)
    await begin(message, number, _WRITES[name], by, services, words, text=text)


async def take_reply(
    message: Message, case: CaseSheet, by: Caller, services: Services, words: Words, file: NewFile | None = None
) -> None:
    """Words sent as a reply to a card: what is asked for about it, or else its follow-up; the desk asks the citizen."""
    text = message.text or message.caption or ""
    purpose = _purpose(case)
    writing = await services.correspondence.current(by)
    if writing and writing.number == case.number and writing.purpose in composition.STAFF_PURPOSES and text:
        sheet = await services.correspondence.write(by, text)
        await show(message, composition.without_file(sheet, words) if file else composition.screen(sheet, words))
    elif purpose is None:
        await show(message, cards.at_desk(case, words, words("desk.no_reply"), evidence=False))
    else:
        await begin(message, case.number, purpose, by, services, words, text=text, without_file=file is not None)


def _purpose(case: CaseSheet) -> Purpose | None:
    """What a reply means: the unit answers the citizen, the desk asks them."""
    if Action.FOLLOW_UP in case.actions:
        return Purpose.FOLLOW_UP
    return Purpose.HOLD if Action.HOLD in case.actions else None
