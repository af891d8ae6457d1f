"""Figures in chat: /statistik for every office, /wilayah for whoever looks after a province or observes one."""

from __future__ import annotations

import asyncio

from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.figures import Period
from domain.lifecycle import Role
from domain.refusals import StaleStep
from domain.scopes import Scope
from handlers.activities import Services
from handlers.desks import Holds
from handlers.showing import show
from handlers.talk import Talk
from handlers.taps import Tapped, member, whole, word
from locales.translator import Words
from services.caller import Caller
from views import overview, queue, regions
from views.taps import Tap, Verb

FIGURES = ("statistik", "angka")
REGIONS = ("wilayah", "kabkota")
WATCHING = (Role.PROVINCE_HUB, Role.NATIONAL_ADMIN, Role.OBSERVER)


def router() -> Talk:
    """Stands behind the desks and before the citizen's conversations."""
    figures = Talk("figures")
    figures.message.register(show_figures, Command(*FIGURES), Holds(*OFFICES))
    figures.message.register(show_regions, Command(*REGIONS), Holds(*WATCHING))
    figures.message.register(refuse_unit, Command(*REGIONS), Holds(*OFFICES))
    figures.message.register(refuse_stranger, Command(*FIGURES, *REGIONS))
    figures.callback_query.register(take_figures, Tapped(Verb.FIGURES))
    figures.callback_query.register(ask_whose, Tapped(Verb.FIGURES_OF))
    figures.callback_query.register(turn_regions, Tapped(Verb.REGIONS))
    figures.callback_query.register(show_region, Tapped(Verb.REGION))
    figures.callback_query.register(remind, Tapped(Verb.REMIND))
    return figures


OFFICES = tuple(set(Role) - {Role.CITIZEN, Role.SUPPORTER, Role.PARTICIPANT, Role.SYSTEM})


async def show_figures(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/statistik: this month of the only office, or the question which one."""
    scopes = await services.overview.choices(by)
    if len(scopes) == 1:
        await _show(message, scopes[0].scope, Period.THIS_MONTH, by, services, words)
    else:
        await show(message, overview.ask_scope(scopes, words))


async def ask_whose(query: CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """Another office."""
    await show(query, overview.ask_scope(await services.overview.choices(by), words))


async def take_figures(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """This office, or another period."""
    scope = Scope.parse(word(tap, 0))
    if scope is None:
        raise StaleStep
    await _show(query, scope, member(tap, 1, Period), by, services, words)


async def _show(
    event: Message | CallbackQuery, scope: Scope, period: Period, by: Caller, services: Services, words: Words
) -> None:
    sheet = await services.overview.of(by, scope, period)
    # In a thread: there is a chart to draw, and others must be answered meanwhile.
    picture = await asyncio.to_thread(overview.chart, sheet.figures, words)
    screen = overview.overview(sheet, words)
    await show(event, screen.pictured(picture, overview.chart_says(sheet.figures, words)) if picture else screen)


async def show_regions(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/wilayah: the province of the caller, or the question which one."""
    found = await services.regions.provinces(by)
    if len(found) == 1:
        await show(message, regions.region(await services.regions.province(by, found[0].province), 0, words))
    elif found:
        await show(message, regions.provinces(found, 0, words))
    else:
        await show(message, regions.no_region(words))


async def turn_regions(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Another page of provinces."""
    await show(query, regions.provinces(await services.regions.provinces(by), whole(tap, 0), words), in_place=True)


async def show_region(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """A province, or another page of it."""
    sheet = await services.regions.province(by, word(tap, 0))
    await show(query, regions.region(sheet, whole(tap, 1), words), in_place=True)


async def remind(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Ingatkan: a word to the coordinators of a silent government."""
    await show(query, regions.reminded(await services.regions.remind(by, whole(tap, 0)), words))


async def refuse_unit(message: Message, words: Words) -> None:
    """/wilayah by somebody who looks after no province."""
    await show(message, regions.no_region(words))


async def refuse_stranger(message: Message, words: Words) -> None:
    """Figures for somebody without an office."""
    await show(message, queue.no_office(words))
