"""Ekspor: a coordinator takes the register of a span; the file comes by delivery and is kept nowhere."""

from __future__ import annotations

from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.figures import Period
from domain.lifecycle import DESK, WORKERS, Role
from handlers.activities import Services
from handlers.desks import Holds
from handlers.showing import show
from handlers.talk import Talk
from handlers.taps import Tapped, member, whole
from locales.translator import Words
from services.caller import Caller
from services.export_sheets import Form
from views import export, queue
from views.taps import Tap, Verb

COMMAND = "ekspor"


def router() -> Talk:
    """Stands among the desks' conversations."""
    own = Talk("exporting")
    own.message.register(ask, Command(COMMAND), Holds(Role.COORDINATOR))
    own.message.register(refuse_worker, Command(COMMAND), Holds(*WORKERS, *DESK))
    own.message.register(refuse_stranger, Command(COMMAND))
    own.callback_query.register(take_choice, Tapped(Verb.EXPORT))
    return own


async def ask(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/ekspor: which span? Whoever coordinates several governments says first which."""
    desks = await services.exporting.desks(by)
    if len(desks) > 1:
        await show(message, export.choose_desk(desks, words))
    else:
        await show(message, export.choose_period(desks[0][0], words))


async def refuse_worker(message: Message, words: Words) -> None:
    """A coordinator's command by somebody with another office."""
    await show(message, queue.no_desk(words))


async def refuse_stranger(message: Message, words: Words) -> None:
    """A coordinator's command by somebody without one."""
    await show(message, queue.no_office(words))


async def take_choice(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The span, then the sort of file; then it is owed."""
    government_id = whole(tap, 0)
    match len(tap.args):
        case 1:
            await show(query, export.choose_period(government_id, words))
        case 2:
            await show(query, export.choose_form(government_id, member(tap, 1, Period), words))
        case _:
            period, form = member(tap, 1, Period), member(tap, 2, Form)
            await show(query, export.asked(await services.exporting.ask(by, government_id, period, form), words))
