"""Words that a desk writes about a complaint: begun, taken, shown before they leave, sent once."""

from __future__ import annotations

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from domain.drafting import Purpose
from domain.lifecycle import Action
from domain.refusals import AlreadyLeft, DraftMissing, StaleStep
from domain.ticket import find_numbers
from handlers.activities import Services
from handlers.desks import as_it_stands, finishes_first
from handlers.incoming import Filed, Located, Plain, Said, file_of
from handlers.showing import show, show_count
from handlers.talk import Talk
from handlers.taps import Tapped, member, whole, word
from locales.translator import Words
from services.caller import Caller
from services.case_sheets import CaseSheet
from services.composition_sheets import CompositionSheet
from services.correspondence import Correspondence
from services.people import Guest
from services.shelf import NewFile
from views import desk_case as cards
from views import desk_composition
from views.desk_composition import STAFF_PURPOSES
from views.taps import Tap, Verb


class Asked(Filter):
    """Passes the `tap` that begins what a desk writes."""

    async def __call__(self, _query: CallbackQuery, tap: Tap) -> bool:
        """What citizens write is another conversation."""
        return len(tap.args) > 1 and tap.args[1] in STAFF_PURPOSES


class Writing(Filter):
    """Passes while somebody writes for a desk, and hands over the `writing`."""

    async def __call__(
        self, _event: Message | CallbackQuery, by: Caller, guest: Guest, services: Services
    ) -> bool | dict[str, Any]:
        """Asks the register, which remembers it over every restart."""
        sheet = await services.correspondence.current(by) if guest.known.writes else None
        return {"writing": sheet} if sheet is not None and sheet.purpose in STAFF_PURPOSES else False


class Idle(Filter):
    """Passes while somebody writes nothing."""

    async def __call__(self, _event: CallbackQuery, by: Caller, guest: Guest, services: Services) -> bool:
        """Asks the register."""
        return not guest.known.writes or await services.correspondence.current(by) is None


class Replied(Filter):
    """Passes what staff write as a reply to a card, and hands over its `case`."""

    async def __call__(self, message: Message, by: Caller, services: Services) -> bool | dict[str, Any]:
        """A reply to one's own receipt is left to the citizen's conversation."""
        replied = message.reply_to_message
        if replied is None or not by.actor.memberships:
            return False
        number = await self._number(replied, by, services)
        case = await services.handling.look(by, number) if number else None
        return {"case": case} if case and case.roles & cards.DESKS else False

    @staticmethod
    async def _number(replied: Message, by: Caller, services: Services) -> str | None:
        """A card that was delivered is known by its message; one that was asked for begins with its number."""
        number = await services.handling.of_card(by, replied.message_id)
        first_line = (replied.text or "").partition("\n")[0]
        return number or next(iter(find_numbers(first_line)), None)


def router() -> Talk:
    """Stands before the other conversations: a reply to a card is for its number, an open composition goes first."""
    compositions = Talk("compositions")
    compositions.callback_query.register(ask_words, Tapped(Verb.COMPOSE), Asked())
    compositions.callback_query.register(send, Tapped(Verb.COMPOSITION_SEND), Writing())
    compositions.callback_query.register(ask_again, Tapped(Verb.COMPOSITION_EDIT), Writing())
    compositions.callback_query.register(ask_why, Tapped(Verb.COMPOSITION_AS_IS), Writing())
    compositions.callback_query.register(drop, Tapped(Verb.COMPOSITION_DROP), Writing())
    compositions.callback_query.register(undo, Tapped(Verb.COMPOSITION_UNDO))
    compositions.callback_query.register(show_gone, Tapped(*_LAST_LOOK), Idle())
    compositions.message.register(take_reply, Said(), Replied())
    compositions.message.register(take_filed_reply, Filed(), Replied())
    compositions.message.register(take_words, Said(), Writing())
    compositions.message.register(take_file, Filed(), Plain(), Writing())
    compositions.message.register(refuse_place, Located(), Writing())
    return compositions


_LAST_LOOK = (Verb.COMPOSITION_SEND, Verb.COMPOSITION_EDIT, Verb.COMPOSITION_AS_IS, Verb.COMPOSITION_DROP)


async def begin(
    event: Message | CallbackQuery,
    number: str,
    purpose: Purpose,
    by: Caller,
    services: Services,
    words: Words,
    *,
    text: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Asks for the words, or shows once more those that came along; words about another number come first.

    A file that came with them goes along; further photos of its album join it.
    """
    if await finishes_first(event, number, by, services, words):
        return
    file = file_of(event) if isinstance(event, Message) else None
    async with as_it_stands(event, number, by, services, words):
        if isinstance(event, Message) and file is not None:
            sheet = await services.correspondence.with_file(by, number, purpose, file, text, data)
            await show_count(event, desk_composition.screen(sheet, words))
        else:
            sheet = await _begun(services.correspondence, by, number, purpose, text, data)
            await show(event, desk_composition.screen(sheet, words))


async def _begun(
    correspondence: Correspondence,
    by: Caller,
    number: str,
    purpose: Purpose,
    text: str,
    data: dict[str, Any] | None,
) -> CompositionSheet:
    if text:
        return await correspondence.at_once(by, number, purpose, text, data)
    return await correspondence.begin(by, number, purpose, data)


async def ask_words(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """A button that asks for words: "Tulis tanggapan", "Tanya pelapor", ..."""
    await begin(query, word(tap, 0), member(tap, 1, Purpose), by, services, words)


async def take_words(message: Message, by: Caller, services: Services, words: Words) -> None:
    """The words, or others instead of those that were shown."""
    await show(message, desk_composition.screen(await services.correspondence.write(by, message.text or ""), words))


async def take_file(message: Message, file: NewFile, by: Caller, services: Services, words: Words) -> None:
    """A file goes along; the words under it are taken if there are none yet."""
    sheet = await services.correspondence.attach(by, file, message.caption or "")
    await show_count(message, desk_composition.screen(sheet, words))


async def refuse_place(message: Message, writing: CompositionSheet, words: Words) -> None:
    """A point on the map is no word."""
    await show(message, desk_composition.without_place(writing, words))


async def send(
    query: CallbackQuery, tap: Tap, writing: CompositionSheet, by: Caller, services: Services, words: Words
) -> None:
    """Kirim."""
    try:
        after = await services.correspondence.send(by, whole(tap, 0))
    except DraftMissing:
        # Another tap was quicker.
        await show(query, desk_composition.gone(words))
    else:
        await show(query, desk_composition.sent(writing.purpose, after, words))


async def undo(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Urungkan: nobody has read the words yet; they are shown once more."""
    try:
        sheet = await services.correspondence.undo(by, whole(tap, 0))
    except AlreadyLeft:
        await show(query, desk_composition.too_late(words))
    else:
        await show(query, desk_composition.screen(sheet, words).after(words("desk.taken_back")))


async def ask_again(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Ubah."""
    await show(query, desk_composition.screen(await services.correspondence.rewrite(by, whole(tap, 0)), words))


async def ask_why(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Kirim apa adanya: only with a reason."""
    await show(query, desk_composition.screen(await services.correspondence.as_is(by, whole(tap, 0)), words))


async def drop(
    query: CallbackQuery, tap: Tap, writing: CompositionSheet, by: Caller, services: Services, words: Words
) -> None:
    """Batal: an old button must not throw away newer words."""
    if whole(tap, 0) != writing.serial:
        raise StaleStep
    await services.correspondence.drop(by)
    await show(query, desk_composition.dropped(writing.number, words))


async def show_gone(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """A button of words that were sent or dropped before; a second tap on "Kirim" shows what the first one did."""
    case = await services.correspondence.leaving(by)
    again = case is not None and case.leaving is not None and tap.args == (str(case.leaving.serial),)
    if case is not None and case.leaving is not None and again:
        await show(query, desk_composition.sent(case.leaving.purpose, case, words))
    else:
        await show(query, desk_composition.gone(words))


async def take_reply(message: Message, case: CaseSheet, by: Caller, services: Services, words: Words) -> None:
    """Words sent as a reply to a card: what is asked for about it, or else its follow-up; the desk asks the citizen."""
    purpose = _purpose(case)
    if _is_about(await services.correspondence.current(by), case):
        await take_words(message, by, services, words)
    elif purpose is None:
        await show(message, cards.at_desk(case, words, words("desk.no_reply"), placed=False))
    else:
        await begin(message, case.number, purpose, by, services, words, text=message.text or "")


async def take_filed_reply(
    message: Message, case: CaseSheet, file: NewFile, by: Caller, services: Services, words: Words
) -> None:
    """A file sent as a reply to a card: it goes along with what the words under it begin."""
    purpose = _purpose(case)
    if not _is_about(await services.correspondence.current(by), case):
        if purpose is None:
            await show(message, cards.at_desk(case, words, words("desk.no_reply"), placed=False))
            return
        await begin(message, case.number, purpose, by, services, words, text=message.caption or "")
        return
    await take_file(message, file, by, services, words)


def _is_about(writing: CompositionSheet | None, case: CaseSheet) -> bool:
    """Whether what is being written at a desk is about this number."""
    return writing is not None and writing.number == case.number and writing.purpose in STAFF_PURPOSES


def _purpose(case: CaseSheet) -> Purpose | None:
    """What a reply means: the unit answers the citizen, the desk asks them."""
    if Action.FOLLOW_UP in case.actions:
        return Purpose.FOLLOW_UP
    return Purpose.HOLD if Action.HOLD in case.actions else None
