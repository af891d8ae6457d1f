"""Latihan: a pretend complaint, led through by taps and words; real work that is begun meanwhile ends it politely."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from domain.lifecycle import ComplaintClass
from domain.practice import Move, PracticeStep, Road, roads
from domain.refusals import StaleStep
from handlers.activities import Services
from handlers.incoming import Said
from handlers.showing import bot_of, chat_of, show, show_in
from handlers.talk import Talk
from handlers.taps import Tapped, member
from locales.translator import Words
from services.caller import Caller
from services.practice_sheets import PracticeSheet
from views import practice, queue
from views.taps import Tap, Verb, unpack

COMMAND = "latihan"

OWN_COMMANDS = (f"/{COMMAND}", "/batal")
OWN_VERBS = frozenset({Verb.PRACTISE, Verb.PRACTICE, Verb.PRACTICE_SAMPLE, Verb.PRACTICE_LEAVE})

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class RealWork(BaseMiddleware):
    """Stands before every conversation: what is no part of a practice ends it, and is then worked as ever."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Only people with an office practise, so nobody else is asked for."""
        by: Caller = data["by"]
        services: Services = data["services"]
        if isinstance(event, Message | CallbackQuery) and await _ends(event, by, services):
            await show_in(bot_of(event), chat_of(event), practice.left(data["words"]))
        return await handler(event, data)


class Practises(Filter):
    """Passes while somebody practises, and hands over the `sheet`."""

    async def __call__(self, _event: Message, by: Caller, services: Services) -> bool | dict[str, Any]:
        """Asks the register, which remembers it over every restart."""
        sheet = await services.practising.current(by)
        return {"sheet": sheet} if sheet else False


def router() -> Talk:
    """Stands before the conversations of real work: words of a practice must not reach them."""
    own = Talk("practice")
    own.message.register(begin_asked, Command(COMMAND))
    own.message.register(leave, Command("batal"), Practises())
    own.message.register(take_words, Said(), Practises())
    own.message.register(refuse_other, Practises())
    own.callback_query.register(begin, Tapped(Verb.PRACTISE))
    own.callback_query.register(move, Tapped(Verb.PRACTICE))
    own.callback_query.register(take_sample, Tapped(Verb.PRACTICE_SAMPLE))
    own.callback_query.register(leave, Tapped(Verb.PRACTICE_LEAVE))
    return own


async def begin_asked(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/latihan: at once where there is one thing to practise; else which?"""
    mine = roads(by.actor)
    if not mine:
        await show(message, queue.no_office(words))
    elif len(mine) > 1:
        await show(message, practice.choose(frozenset(mine), words))
    else:
        await _begin(message, mine[0], by, services, words)


async def begin(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Mulai latihan, and once more."""
    await _begin(query, member(tap, 0, Road), by, services, words)


async def _begin(event: Message | CallbackQuery, road: Road, by: Caller, services: Services, words: Words) -> None:
    if road is Road.TOUR:
        await show(event, practice.tour(frozenset(each.role for each in by.actor.memberships), words))
    else:
        await show(event, practice.screen(await services.practising.begin(by, road), words))


async def move(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """A button of a practice."""
    step, done = member(tap, 0, PracticeStep), member(tap, 1, Move)
    chosen = member(tap, 2, ComplaintClass) if done is Move.CLASS and len(tap.args) > 2 else None
    await show(query, practice.screen(await services.practising.move(by, step, done, chosen), words))


async def take_sample(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Pakai contoh: an example is written as if it were one's own."""
    sheet = await services.practising.current(by)
    if sheet is None or sheet.step is not member(tap, 0, PracticeStep):
        raise StaleStep
    written = await services.practising.write(by, practice.sample(sheet, words))
    await show(query, practice.screen(written, words))


async def take_words(message: Message, by: Caller, services: Services, words: Words) -> None:
    """The words of a pretend reply."""
    await show(message, practice.screen(await services.practising.write(by, message.text or ""), words))


async def refuse_other(message: Message, sheet: PracticeSheet, words: Words) -> None:
    """A file, a place, a sticker: nothing of it is kept."""
    await show(message, practice.words_only(sheet, words))


async def leave(event: Message | CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """Keluar dari latihan, at any step."""
    await services.practising.leave(by)
    await show(event, practice.left(words))


async def _ends(event: Message | CallbackQuery, by: Caller, services: Services) -> bool:
    """Whether this has just ended a practice."""
    return bool(by.actor.memberships) and not _belongs(event) and await services.practising.leave(by)


def _belongs(event: Message | CallbackQuery) -> bool:
    """Whether it may be part of a practice: its own buttons and commands, and words that answer nothing else."""
    if isinstance(event, CallbackQuery):
        tapped = unpack(event.data)
        return tapped is None or tapped.verb in OWN_VERBS
    if (event.text or "").startswith("/"):
        return (event.text or "").partition(" ")[0].partition("@")[0].lower() in OWN_COMMANDS
    return event.reply_to_message is None or _is_own(event.reply_to_message)


def _is_own(replied: Message) -> bool:
    rows = replied.reply_markup.inline_keyboard if replied.reply_markup else []
    taps = (unpack(button.callback_data) for row in rows for button in row)
    return practice.is_practice(replied.text or "") or any(tap and tap.verb in OWN_VERBS for tap in taps)
