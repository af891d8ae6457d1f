"""Canned replies: a unit keeps them by /jawaban, and whoever writes to a citizen chooses one."""

from __future__ import annotations

from typing import Any

from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message

from domain.lifecycle import WORKERS
from domain.refusals import Unfillable
from handlers.activities import Services
from handlers.desks import Holds
from handlers.errors import said
from handlers.incoming import Said
from handlers.showing import bot_of, chat_of, show, show_in
from handlers.talk import Talk
from handlers.taps import Tapped, whole
from locales.translator import Words
from services.caller import Caller
from services.canned import CannedQuestion
from views import canned, desk_composition, queue
from views.taps import Tap, Verb


class Awaited(Filter):
    """Passes the words of whoever was asked for a canned reply, and hands over the `question`."""

    async def __call__(self, _message: Message, by: Caller, services: Services) -> bool | dict[str, Any]:
        """Words for a complaint that are being written go before."""
        question = await services.canned.current(by)
        return {"question": question} if question else False


def router() -> Talk:
    """Stands behind the words for complaints and before the citizen's conversations."""
    keeping = Talk("canned")
    keeping.message.register(show_kept, Command("jawaban"), Holds(*WORKERS))
    keeping.message.register(refuse_stranger, Command("jawaban"))
    keeping.message.register(take_words, Said(), Awaited())
    keeping.callback_query.register(turn_kept, Tapped(Verb.CANNED))
    keeping.callback_query.register(show_one, Tapped(Verb.CANNED_SHOW))
    keeping.callback_query.register(ask_new, Tapped(Verb.CANNED_ADD))
    keeping.callback_query.register(ask_change, Tapped(Verb.CANNED_CHANGE))
    keeping.callback_query.register(remove, Tapped(Verb.CANNED_REMOVE))
    keeping.callback_query.register(stop, Tapped(Verb.CANNED_STOP))
    keeping.callback_query.register(offer, Tapped(Verb.CANNED_OFFER))
    keeping.callback_query.register(fill, Tapped(Verb.CANNED_FILL))
    return keeping


async def show_kept(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/jawaban: what my units keep."""
    await show(message, canned.kept(await services.canned.kept(by), words))


async def refuse_stranger(message: Message, words: Words) -> None:
    """The command by somebody who works in no unit."""
    await show(message, queue.no_office(words))


async def turn_kept(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Another page of it."""
    await show(query, canned.kept(await services.canned.kept(by, whole(tap, 0)), words), in_place=True)


async def show_one(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """One of them; the list keeps its buttons."""
    sheet = await services.canned.one(by, whole(tap, 0))
    await show_in(bot_of(query), chat_of(query), canned.one(sheet, words))


async def ask_new(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Tambah jawaban."""
    await show(query, canned.ask(await services.canned.ask_new(by, whole(tap, 0)), words))


async def ask_change(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Ubah."""
    await show(query, canned.ask(await services.canned.ask_change(by, whole(tap, 0)), words))


async def take_words(message: Message, question: CannedQuestion, by: Caller, services: Services, words: Words) -> None:
    """The title and the words; what cannot be kept is said with the mend, and the question stays."""
    try:
        sheet = await services.canned.write(by, message.text or "")
    except Unfillable as refusal:
        await show(message, canned.ask(question, words).after(said(refusal, words)))
    else:
        await show(message, canned.one(sheet, words, words("canned.kept")))


async def remove(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Hapus: first the question, then it is done."""
    if len(tap.args) == 1:
        await show(query, canned.ask_remove(await services.canned.one(by, whole(tap, 0)), words))
        return
    await services.canned.remove(by, whole(tap, 0))
    await show(query, canned.kept(await services.canned.kept(by), words).after(words("canned.removed")))


async def stop(query: CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """Tidak jadi."""
    await services.canned.stop(by)
    await show(query, canned.kept(await services.canned.kept(by), words))


async def offer(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Jawaban siap pakai, while words are asked for: the question keeps its buttons."""
    page = whole(tap, 1) if len(tap.args) > 1 else 0
    found = await services.canned.offered(by, whole(tap, 0), page)
    await show_in(bot_of(query), chat_of(query), canned.offered(found, words))


async def fill(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """This one: its gaps are filled, and it is judged and shown like any other words before it leaves."""
    sheet = await services.canned.filling(by, whole(tap, 0), whole(tap, 1))
    written = await services.correspondence.write(by, canned.filled(sheet, words))
    await show(query, desk_composition.screen(written, words))
