"""Questions about time: why is it due then, another class; asked and answered by plain commands."""

from __future__ import annotations

from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.drafting import Purpose
from domain.lifecycle import DESK, WORKERS
from handlers.activities import Services
from handlers.desk_compositions import begin
from handlers.desks import Holds, split_number
from handlers.requests import CLASSES
from handlers.showing import show
from handlers.talk import Talk
from handlers.taps import Tapped, word
from locales.translator import Words
from services.caller import Caller
from views import desk_case as cards
from views import explanation, queue, requests
from views.naming import class_name
from views.taps import Tap, Verb

WHY = ("kenapa", "mengapa")
CLASS = ("golongan", "kelas")
WORKERS_WRITE = {"kembalikan": Purpose.RETURN}
DESK_WRITES = {"tunda": Purpose.HOLD, "umumkan": Purpose.ANNOUNCE}
WRITES = WORKERS_WRITE | DESK_WRITES


def router() -> Talk:
    """Stands behind the desks and before the citizen's conversations: everybody may ask why."""
    questions = Talk("clock_questions")
    questions.message.register(show_why, Command(*WHY))
    questions.message.register(change_class, Command(*CLASS), Holds(*DESK))
    questions.message.register(write, Command(*WORKERS_WRITE), Holds(*WORKERS))
    questions.message.register(write, Command(*DESK_WRITES), Holds(*DESK))
    questions.message.register(refuse_stranger, Command(*CLASS, *WRITES))
    questions.callback_query.register(show_why_tapped, Tapped(Verb.WHY))
    return questions


async def show_why(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/kenapa NOMOR: start, skipped days by name, pauses, extensions and the rule."""
    if not command.args:
        await show(message, explanation.ask_number(words))
        return
    await show(message, explanation.why(await services.explaining.why(by, command.args), words))


async def show_why_tapped(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The same behind a button."""
    await show(query, explanation.why(await services.explaining.why(by, word(tap, 0)), words))


async def change_class(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/golongan NOMOR and one of the four classes."""
    number, name = split_number(command.args or "")
    if name.lower() not in CLASSES:
        await show(message, requests.ask_class(words))
        return
    chosen = CLASSES[name.lower()]
    sheet = await services.oversight.change_class(by, number, chosen)
    said = words("clock.class.changed", number=sheet.number, name=class_name(words, chosen))
    await show(message, cards.at_desk(sheet, words, said, placed=False))


async def write(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/kembalikan NOMOR alasan and /tunda NOMOR pertanyaan: shown once more before they leave."""
    name = command.command.lower()
    if not command.args:
        await show(message, queue.ask_number(words, name))
        return
    number, text = split_number(command.args)
    await begin(message, number, WRITES[name], by, services, words, text=text)


async def refuse_stranger(message: Message, words: Words) -> None:
    """A command of the desks by somebody without one."""
    await show(message, queue.no_office(words))
