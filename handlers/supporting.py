"""A citizen joins somebody with the same trouble: instead of sending, or from a number; follows it, and may leave."""

from __future__ import annotations

from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.refusals import DraftMissing, StaleStep
from handlers.activities import Services
from handlers.showing import show
from handlers.talk import Talk
from handlers.taps import Tapped, whole, word
from locales.translator import Words
from services.caller import Caller
from views import citizen_cases, similar
from views.taps import Tap, Verb


def router() -> Talk:
    """Stands before the intake."""
    supporting = Talk("supporting")
    supporting.message.register(show_supported, Command("dukungan"))
    supporting.callback_query.register(turn_supported, Tapped(Verb.SUPPORTED))
    supporting.callback_query.register(show_public, Tapped(Verb.TRACK))
    supporting.callback_query.register(take_support, Tapped(Verb.SUPPORT))
    supporting.callback_query.register(take_leave, Tapped(Verb.SUPPORT_LEAVE))
    supporting.callback_query.register(ask_tell, Tapped(Verb.JOIN))
    supporting.callback_query.register(take_join, Tapped(Verb.JOIN_TELL))
    return supporting


async def show_supported(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/dukungan: what I support."""
    await show(message, similar.mine(await services.supporting.mine(by), 0, words))


async def turn_supported(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The same behind a button, and its other pages."""
    page = whole(tap, 0)
    await show(query, similar.mine(await services.supporting.mine(by, page), page, words))


async def show_public(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """A complaint as citizens see it."""
    await show(query, citizen_cases.case(await services.tracking.look(by, word(tap, 0)), words))


async def take_support(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Saya juga mengalami, on somebody else's number."""
    await show(query, similar.joined(await services.supporting.join(by, word(tap, 0)), words))


async def take_leave(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Tarik dukungan."""
    await show(query, similar.left(await services.supporting.leave(by, word(tap, 0)), words))


async def ask_tell(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Saya juga mengalami, before sending: shall what was told go along?"""
    number = word(tap, 1)
    sheet = await services.intake.current(by)
    if sheet is None or sheet.id != whole(tap, 0):
        raise DraftMissing
    if number not in {line.number for line in sheet.similar}:
        raise StaleStep
    await show(query, similar.ask_tell(sheet, number, words))


async def take_join(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """With my words and files, or without."""
    tell = word(tap, 2) == "yes"
    sheet = await services.supporting.join_instead(by, whole(tap, 0), word(tap, 1), tell=tell)
    await show(query, similar.joined(sheet, words))
