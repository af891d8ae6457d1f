"""Who works where: /staf, /undang and /jabatan, for whoever decides about it."""

from __future__ import annotations

from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.lifecycle import WORKERS, Role
from domain.refusals import StaleStep
from handlers.activities import Services
from handlers.desks import Holds
from handlers.showing import bot_of, show
from handlers.talk import Talk
from handlers.taps import Tapped, member, whole
from locales.translator import Words
from services.caller import Caller
from views import queue, staffing
from views.taps import Tap, Verb

LIST, INVITE, DESIGNATE = "staf", "undang", "jabatan"

APPOINTING = (Role.COORDINATOR, Role.NATIONAL_ADMIN, Role.UNIT_HEAD)


def router() -> Talk:
    """Stands behind the coordinator's conversation."""
    own = Talk("staffing")
    own.message.register(show_list, Command(LIST), Holds(*APPOINTING))
    own.message.register(ask_role, Command(INVITE), Holds(*APPOINTING))
    own.message.register(designate, Command(DESIGNATE), Holds(*APPOINTING))
    own.message.register(refuse_officer, Command(LIST, INVITE, DESIGNATE), Holds(*WORKERS))
    own.message.register(refuse_stranger, Command(LIST, INVITE, DESIGNATE))
    own.callback_query.register(turn_list, Tapped(Verb.STAFF))
    own.callback_query.register(show_one, Tapped(Verb.STAFF_ONE))
    own.callback_query.register(preview_end, Tapped(Verb.STAFF_END))
    own.callback_query.register(end, Tapped(Verb.STAFF_END_NOW))
    own.callback_query.register(ask_colleague, Tapped(Verb.STAFF_GIVE))
    own.callback_query.register(preview_give, Tapped(Verb.STAFF_GIVE_TO))
    own.callback_query.register(give, Tapped(Verb.STAFF_GIVE_NOW))
    own.callback_query.register(ask_office, Tapped(Verb.INVITE))
    own.callback_query.register(turn_offices, Tapped(Verb.INVITE_AT))
    own.callback_query.register(invite, Tapped(Verb.INVITE_NOW))
    return own


async def show_list(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/staf: who works here."""
    await show(message, staffing.listing(await services.staffing.page(by), 0, words))


async def ask_role(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/undang: as what? Whoever may invite as one thing only is asked for the office at once."""
    await _ask(message, by, services, words)


async def designate(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/jabatan NOMOR JABATAN."""
    number, _, said = (command.args or "").strip().partition(" ")
    if not (number.isascii() and number.isdigit() and len(number) < MOST_DIGITS and said.strip()):
        await show(message, staffing.designate_how(words))
        return
    await show(message, staffing.designated(await services.staffing.designate(by, int(number), said), words))


MOST_DIGITS = 10
"""A row's number is shorter: a longer one would be an error at PostgreSQL."""


async def refuse_officer(message: Message, words: Words) -> None:
    """A command of those who decide about people, by somebody of a unit."""
    await show(message, queue.no_desk(words))


async def refuse_stranger(message: Message, words: Words) -> None:
    """The same by somebody without an office."""
    await show(message, queue.no_office(words))


async def turn_list(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Another page of the list."""
    page = whole(tap, 0)
    await show(query, staffing.listing(await services.staffing.page(by, page), page, words), in_place=True)


async def show_one(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """One office."""
    await show(query, staffing.one(await services.staffing.one(by, whole(tap, 0)), words), in_place=True)


async def preview_end(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Akhiri tugas: what would follow."""
    await show(query, staffing.ending(await services.staffing.preview(by, whole(tap, 0)), words), in_place=True)


async def end(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Ya, akhiri tugas; with a colleague, who takes over."""
    heir = whole(tap, 1) or None
    await show(query, staffing.ended(await services.staffing.revoke(by, whole(tap, 0), heir, whole(tap, 2)), words))


async def ask_colleague(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Alihkan pekerjaan: to whom?"""
    number, page = whole(tap, 0), whole(tap, 1)
    line, found = await services.staffing.colleagues(by, number)
    await show(query, staffing.colleagues(line, found, page, words), in_place=True)


async def preview_give(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """This colleague: what would follow."""
    sheet = await services.staffing.preview(by, whole(tap, 0), whole(tap, 1))
    await show(query, staffing.giving(sheet, words), in_place=True)


async def give(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Ya, alihkan."""
    done = await services.staffing.transfer(by, whole(tap, 0), whole(tap, 1), serial=whole(tap, 2))
    await show(query, staffing.given(done, words))


async def ask_office(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """As this; for which government, which unit? Once nothing is left to choose: the preview."""
    if not tap.args:
        await _ask(query, by, services, words)
        return
    role = member(tap, 0, Role)
    government, unit = (*(whole(tap, at) for at in range(1, len(tap.args))), None, None)[:2]
    await _ask(query, by, services, words, role, government, unit)


async def turn_offices(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Another page of the offices."""
    sheet = await services.inviting.offices(by, member(tap, 0, Role), whole(tap, 1) or None)
    await show(query, staffing.offices(sheet, whole(tap, 2), words), in_place=True)


async def invite(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Ya, buat undangan."""
    me = await bot_of(query).me()
    made = await services.inviting.invite(by, member(tap, 0, Role), whole(tap, 1) or None, whole(tap, 2) or None)
    await show(query, staffing.invited(made, me.username or "", words))


async def _ask(
    event: Message | CallbackQuery,
    by: Caller,
    services: Services,
    words: Words,
    role: Role | None = None,
    government: int | None = None,
    unit: int | None = None,
) -> None:
    found = services.inviting.roles(by)
    if not found:
        raise StaleStep
    if role is None and len(found) > 1:
        await show(event, staffing.roles(found, words), in_place=True)
        return
    sheet = await services.inviting.offices(by, role or found[0], government, unit)
    screen = staffing.inviting(sheet, words) if sheet.ready else staffing.offices(sheet, 0, words)
    await show(event, screen, in_place=True)
