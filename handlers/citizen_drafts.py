"""A citizen begins, stops, keeps and takes up again: several complaints side by side, one of them open."""

from __future__ import annotations

from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.activities import Services
from handlers.citizen_intake import ask, begin
from handlers.current import ask_again
from handlers.showing import show
from handlers.talk import Talk
from handlers.taps import Tapped, whole
from locales.translator import Words
from services.caller import Caller
from views import citizen_composition, desk_composition, drafts, intake, welcome
from views.taps import Tap, Verb


def router() -> Talk:
    """Stands before the intake: what begins and ends a draft."""
    keeping = Talk("citizen_drafts")
    keeping.message.register(begin_by_command, Command("lapor"))
    keeping.message.register(begin_another, Command("baru"))
    keeping.message.register(show_waiting, Command("draf", "draft"))
    keeping.message.register(ask_stop, Command("batal"))
    keeping.callback_query.register(begin_by_tap, Tapped(Verb.START_REPORT))
    keeping.callback_query.register(begin_another, Tapped(Verb.ANOTHER))
    keeping.callback_query.register(take_resume, Tapped(Verb.RESUME))
    keeping.callback_query.register(take_keep, Tapped(Verb.KEEP))
    keeping.callback_query.register(take_discard, Tapped(Verb.DISCARD))
    return keeping


async def begin_by_command(
    message: Message, command: CommandObject, by: Caller, services: Services, words: Words
) -> None:
    """/lapor, perhaps with the words right behind it; without them, kept drafts are offered first."""
    if command.args:
        await begin(message, by, services, words, command.args)
    else:
        await _begin(message, by, services, words)


async def begin_by_tap(query: CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """The button "Buat laporan"."""
    await _begin(query, by, services, words)


async def _begin(event: Message | CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    kept = () if await services.intake.current(by) else await services.keeping.waiting(by)
    if kept:
        await show(event, drafts.waiting(kept, words))
    else:
        await begin(event, by, services, words)


async def begin_another(event: Message | CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """Simpan dulu, buat laporan baru."""
    writing = await services.correspondence.current(by)
    if writing is not None and citizen_composition.has_words(writing):
        await ask_again(event, by, services, words, words("case.unfinished"))
        return
    if writing is not None:
        await services.correspondence.drop(by)
    await ask(event, by, words, await services.keeping.begin_another(by), fresh=True)


async def show_waiting(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/draf: everything that is not sent yet."""
    await show(message, drafts.waiting(await services.keeping.waiting(by), words))


async def take_resume(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """This one; words for a complaint that wait to be sent come first all the same."""
    sheet = await services.keeping.resume(by, whole(tap, 0))
    if await services.correspondence.current(by) is not None:
        await ask_again(query, by, services, words, words("case.unfinished"))
    else:
        await ask(query, by, words, sheet, fresh=True)


async def ask_stop(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/batal: words for a complaint are dropped; a draft is kept or thrown away, as its writer says."""
    if await services.correspondence.current(by) is not None:
        await services.correspondence.drop(by)
        await show(message, citizen_composition.unwritten(words))
        return
    case = await services.correspondence.leaving(by)
    if case is not None and case.leaving is not None:
        sent = await services.correspondence.undo(by, case.leaving.serial)
        await show(message, desk_composition.screen(sent, words).after(words("desk.taken_back")))
        return
    if await services.canned.current(by) is not None:
        await services.canned.stop(by)
        await show(message, welcome.nothing_to_stop(words))
        return
    sheet = await services.intake.current(by)
    await show(message, intake.stopping(sheet, words) if sheet else welcome.nothing_to_stop(words))


async def take_keep(query: CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """Simpan untuk nanti."""
    await services.keeping.put_aside(by)
    await show(query, intake.kept(words))


async def take_discard(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Buang."""
    await services.intake.discard(by, whole(tap, 0))
    await show(query, intake.discarded(words))
