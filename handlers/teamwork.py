"""Several units on one complaint, and a nudge to a silent one: by buttons of the coordinator's card, or by commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.drafting import Purpose
from domain.lifecycle import DESK, WORKERS, Role
from handlers.activities import Services
from handlers.desk_compositions import begin
from handlers.desks import Holds, as_it_stands, split_number
from handlers.showing import bot_of, chat_of, show, show_in
from handlers.talk import Talk
from handlers.taps import Tapped, whole, word
from locales.translator import Words
from services.caller import Caller
from services.desk_sheets import TeamSheet
from views import queue, teamwork
from views.screen import Screen
from views.taps import Tap, Verb

NUDGE, ADD, REMOVE, NOTE = "colek", "tambahunit", "lepasunit", "catatan"
NUDGING = (*DESK, Role.PROVINCE_HUB)


def router() -> Talk:
    """Stands behind the desks and before the citizen's conversations."""
    team = Talk("teamwork")
    team.message.register(nudge_typed, Command(NUDGE), Holds(*NUDGING))
    team.message.register(ask_unit_typed, Command(ADD), Holds(*DESK))
    team.message.register(ask_helper_typed, Command(REMOVE), Holds(*DESK))
    team.message.register(note_typed, Command(NOTE), Holds(*WORKERS, *DESK))
    team.message.register(refuse_stranger, Command(NUDGE, ADD, REMOVE, NOTE))
    team.callback_query.register(ask_unit, Tapped(Verb.TEAM))
    team.callback_query.register(take_unit, Tapped(Verb.TEAM_ADD))
    team.callback_query.register(ask_helper, Tapped(Verb.HELPERS))
    team.callback_query.register(take_helper_off, Tapped(Verb.HELPER_OFF))
    team.callback_query.register(nudge, Tapped(Verb.NUDGE))
    return team


async def _ask(
    event: Message | CallbackQuery,
    number: str,
    team: Callable[[Caller, str], Awaitable[TeamSheet]],
    question: Callable[[TeamSheet], Screen],
    by: Caller,
    services: Services,
    words: Words,
) -> None:
    """Which of the units? A card that was tapped keeps its buttons."""
    async with as_it_stands(event, number, by, services, words):
        await show_in(bot_of(event), chat_of(event), question(await team(by, number)))


async def ask_unit(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Tambah unit pendamping: which one?"""
    team, page = services.teamwork.candidates, whole(tap, 1)
    await _ask(query, word(tap, 0), team, lambda sheet: teamwork.ask_unit(sheet, page, words), by, services, words)


async def ask_unit_typed(
    message: Message, command: CommandObject, by: Caller, services: Services, words: Words
) -> None:
    """/tambahunit NOMOR."""
    if not command.args:
        await show(message, queue.ask_number(words, ADD))
        return
    team = services.teamwork.candidates
    await _ask(message, command.args, team, lambda sheet: teamwork.ask_unit(sheet, 0, words), by, services, words)


async def take_unit(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """This one."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        await show(query, teamwork.added(await services.teamwork.add(by, number, whole(tap, 1)), words))


async def ask_helper(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Lepas unit pendamping: which one?"""
    team, page = services.teamwork.helpers, whole(tap, 1)
    await _ask(query, word(tap, 0), team, lambda sheet: teamwork.ask_helper(sheet, page, words), by, services, words)


async def ask_helper_typed(
    message: Message, command: CommandObject, by: Caller, services: Services, words: Words
) -> None:
    """/lepasunit NOMOR."""
    if not command.args:
        await show(message, queue.ask_number(words, REMOVE))
        return
    team = services.teamwork.helpers
    await _ask(message, command.args, team, lambda sheet: teamwork.ask_helper(sheet, 0, words), by, services, words)


async def take_helper_off(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """This one has helped enough."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        await show(query, teamwork.removed(await services.teamwork.remove(by, number, whole(tap, 1)), words))


async def nudge(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Colek unit: the card keeps its buttons."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        unit = await services.teamwork.nudge(by, number)
        await show_in(bot_of(query), chat_of(query), teamwork.nudged(number, unit, words))


async def nudge_typed(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/colek NOMOR."""
    if not command.args:
        await show(message, queue.ask_number(words, NUDGE))
        return
    await show(message, teamwork.nudged(command.args, await services.teamwork.nudge(by, command.args), words))


async def note_typed(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/catatan NOMOR teks: read by staff alone."""
    if not command.args:
        await show(message, queue.ask_number(words, NOTE))
        return
    number, text = split_number(command.args)
    await begin(message, number, Purpose.NOTE, by, services, words, text=text)


async def refuse_stranger(message: Message, words: Words) -> None:
    """A command of the desks by somebody without one."""
    await show(message, queue.no_office(words))
