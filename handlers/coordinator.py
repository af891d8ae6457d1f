"""A coordinator works: what waits, verification in two taps, putting away with a reason, the text for SP4N, the day."""

from __future__ import annotations

import asyncio

from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.drafting import ArchiveReason, Purpose
from domain.lifecycle import DESK, WORKERS, ComplaintClass
from handlers.activities import Services
from handlers.desk_compositions import begin
from handlers.desks import Holds, as_it_stands, finishes_first
from handlers.showing import bot_of, chat_of, show, show_in
from handlers.talk import Talk
from handlers.taps import Tapped, member, whole, word
from locales.translator import Words
from services.caller import Caller
from views import desk_case as cards
from views import desk_composition, proposal, queue, sp4n
from views.digest import digest
from views.taps import Tap, Verb

UNVERIFIED = ("verifikasi", "belum")
UNROUTED = ("terusan", "tanpaarah")
DAY = ("ringkasan", "rekap")
"""Each list under two names, since people remember one or the other."""


def router() -> Talk:
    """Stands behind the officer's conversation: who works in a unit has that unit's queue first."""
    coordinator = Talk("coordinator")
    coordinator.message.register(show_unverified, Command(*UNVERIFIED, "antrean"), Holds(*DESK))
    coordinator.message.register(show_unrouted, Command(*UNROUTED), Holds(*DESK))
    coordinator.message.register(show_day, Command(*DAY), Holds(*DESK))
    coordinator.message.register(refuse_officer, Command(*UNVERIFIED, *UNROUTED, *DAY), Holds(*WORKERS))
    coordinator.message.register(refuse_stranger, Command(*UNVERIFIED, *UNROUTED, *DAY))
    coordinator.callback_query.register(turn_unverified, Tapped(Verb.UNVERIFIED))
    coordinator.callback_query.register(turn_unrouted, Tapped(Verb.UNROUTED))
    coordinator.callback_query.register(propose, Tapped(Verb.VERIFY))
    coordinator.callback_query.register(ask_unit, Tapped(Verb.UNITS))
    coordinator.callback_query.register(take_unit, Tapped(Verb.CHOOSE_UNIT))
    coordinator.callback_query.register(take_class, Tapped(Verb.CHOOSE_CLASS))
    coordinator.callback_query.register(forward, Tapped(Verb.FORWARD))
    coordinator.callback_query.register(take_reason, Tapped(Verb.ARCHIVE_REASON))
    coordinator.callback_query.register(show_block, Tapped(Verb.SP4N))
    return coordinator


async def show_unverified(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/verifikasi: what waits for verification."""
    await show(message, queue.unverified(await services.oversight.unverified(by), 0, words))


async def show_unrouted(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/terusan: what nobody could be proposed for."""
    await show(message, queue.unrouted(await services.oversight.unrouted(by), 0, words))


async def show_day(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/ringkasan: the day as it stands now, one message per desk."""
    for sheet in await services.oversight.digest(by):
        # In a thread: there is a chart to draw, and others must be answered meanwhile.
        await show(message, await asyncio.to_thread(digest, sheet, words))


async def refuse_officer(message: Message, words: Words) -> None:
    """A coordinator's command by somebody of a unit."""
    await show(message, queue.no_desk(words))


async def refuse_stranger(message: Message, words: Words) -> None:
    """A coordinator's command by somebody without an office."""
    await show(message, queue.no_office(words))


async def turn_unverified(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Another page."""
    page = whole(tap, 0)
    await show(query, queue.unverified(await services.oversight.unverified(by, page), page, words), in_place=True)


async def turn_unrouted(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Another page."""
    page = whole(tap, 0)
    await show(query, queue.unrouted(await services.oversight.unrouted(by, page), page, words), in_place=True)


async def propose(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The first tap; the list keeps its buttons for the next complaint."""
    number = word(tap, 0)
    if await finishes_first(query, number, by, services, words):
        return
    async with as_it_stands(query, number, by, services, words):
        sheet = await services.oversight.propose(by, number)
        await show_in(bot_of(query), chat_of(query), proposal.screen(sheet, words))


async def ask_unit(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Which unit instead? The class stays as it was shown."""
    number, page = word(tap, 0), whole(tap, 3)
    async with as_it_stands(query, number, by, services, words):
        sheet = await services.oversight.proposal(by, whole(tap, 1))
        await show(query, proposal.units(sheet, page, words), in_place=True)


async def take_unit(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """This unit."""
    async with as_it_stands(query, word(tap, 0), by, services, words):
        sheet = await services.oversight.choose_unit(by, whole(tap, 1), whole(tap, 2))
        await show(query, proposal.screen(sheet, words), in_place=True)


async def take_class(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Which class instead? And then: this one."""
    number, serial = word(tap, 0), whole(tap, 1)
    if len(tap.args) == 2:
        await show(query, proposal.classes(number, serial, words), in_place=True)
        return
    async with as_it_stands(query, number, by, services, words):
        sheet = await services.oversight.choose_class(by, serial, member(tap, 2, ComplaintClass))
        await show(query, proposal.screen(sheet, words), in_place=True)


async def forward(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The second tap."""
    async with as_it_stands(query, word(tap, 0), by, services, words):
        await show(query, proposal.forwarded(await services.oversight.forward(by, whole(tap, 1)), words))


async def take_reason(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Why is it put away? And then one sentence for the citizen."""
    number = word(tap, 0)
    if len(tap.args) == 1:
        await show(query, desk_composition.ask_reason(number, words))
        return
    reason = member(tap, 1, ArchiveReason)
    await begin(query, number, Purpose.ARCHIVE, by, services, words, data={"reason": reason.value})


async def show_block(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The text for SP4N, which a desk copies; for anybody else the case itself."""
    sheet = await services.oversight.look(by, word(tap, 0))
    shown = sp4n.block(sheet, words) if sheet.roles & DESK else cards.screen(sheet, words)
    await show_in(bot_of(query), chat_of(query), shown)
