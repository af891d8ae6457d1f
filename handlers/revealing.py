"""Buka identitas: asking with a reason, the second person's answer, and the one showing."""

from __future__ import annotations

from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.lifecycle import TABLE, Action
from handlers.activities import Services
from handlers.desks import Holds, split_number
from handlers.showing import bot_of, chat_of, show, show_in
from handlers.talk import Talk
from handlers.taps import Tapped, whole, word
from locales.translator import Words
from services.caller import Caller
from views import queue, revealing
from views.taps import Tap, Verb

COMMAND = "bukaidentitas"

ABLE = frozenset(role for (_, action), row in TABLE.items() if action is Action.REVEAL for role in row.who)


def router() -> Talk:
    """Stands behind the coordinator's conversation."""
    own = Talk("revealing")
    own.message.register(ask, Command(COMMAND), Holds(*ABLE))
    own.message.register(refuse_stranger, Command(COMMAND))
    own.callback_query.register(show_how, Tapped(Verb.REVEAL_ASK))
    own.callback_query.register(take_answer, Tapped(Verb.REVEAL_AGREE, Verb.REVEAL_REFUSE))
    own.callback_query.register(show_identity, Tapped(Verb.REVEAL_SHOW))
    return own


async def ask(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/bukaidentitas NOMOR ALASAN."""
    number, reason = split_number(command.args or "")
    if not number or not reason:
        await show(message, revealing.ask_how(words))
        return
    await show(message, revealing.standing(await services.revealing.ask(by, number, reason), words))


async def show_how(query: CallbackQuery, tap: Tap, words: Words) -> None:
    """Buka identitas, on a card: a reason must be typed, so that nobody opens one by a slip of the finger."""
    await show_in(bot_of(query), chat_of(query), revealing.ask_how(words, word(tap, 0)))


async def refuse_stranger(message: Message, words: Words) -> None:
    """A desk's command by somebody without one."""
    await show(message, queue.no_office(words))


async def take_answer(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Setuju or tidak, by the second person."""
    granted = tap.verb is Verb.REVEAL_AGREE
    sheet = await services.revealing.decide(by, whole(tap, 0), granted=granted)
    await show(query, revealing.decided(sheet, words))


async def show_identity(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The one showing."""
    await show(query, revealing.identity(await services.revealing.show(by, whole(tap, 0)), words))
