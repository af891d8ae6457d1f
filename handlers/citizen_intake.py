"""A citizen tells what is wrong, from the first word to "Kirim": the questions in the order they are asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram.types import CallbackQuery, Message

from domain.drafting import Step
from domain.lifecycle import Kind
from handlers.activities import Services
from handlers.current import ask_again
from handlers.incoming import Filed, Located, Said, is_quote, words_of
from handlers.showing import show, show_count
from handlers.talk import Talk
from handlers.taps import Tapped, member, whole, word
from locales.translator import Words
from services.caller import Caller
from services.draft_sheets import DraftSheet
from services.intake import Intake
from services.people import Guest
from services.shelf import NewFile
from views import citizen_composition, intake, privacy_notice, welcome
from views.intake import NONE
from views.screen import Screen
from views.taps import Tap, Verb

Answer = Callable[[Intake, Caller, Tap], Awaitable[DraftSheet]]


def router() -> Talk:
    """One conversation: begun by words, by a file or by a location (or by a command, see `citizen_drafts`)."""
    telling = Talk("citizen_intake")
    telling.callback_query.register(take_notice, Tapped(Verb.NOTICE_READ))
    telling.callback_query.register(take_answer, Tapped(*ANSWERS))
    telling.callback_query.register(take_switch, Tapped(Verb.SWITCH))
    telling.callback_query.register(take_send, Tapped(Verb.SUBMIT))
    telling.callback_query.register(take_send_new, Tapped(Verb.SUBMIT_NEW))
    telling.message.register(take_location, Located())
    telling.message.register(take_file, Filed())
    telling.message.register(take_words, Said())
    return telling


async def begin(event: Message | CallbackQuery, by: Caller, services: Services, words: Words, text: str = "") -> None:
    """Opens a draft, unless words for a complaint are still being written: those come first, so that none are lost."""
    writing = await services.correspondence.current(by)
    if writing is not None and citizen_composition.has_words(writing):
        await ask_again(event, by, services, words, words("case.unfinished"))
    else:
        await open_draft(event, by, services, words, text, instead=writing is not None)


async def open_draft(
    event: Message | CallbackQuery,
    by: Caller,
    services: Services,
    words: Words,
    text: str,
    *,
    instead: bool = False,
) -> None:
    """Opens a draft or takes up the open one, instead of what was begun for a complaint."""
    sheet = await services.intake.begin(by, text, instead=instead)
    await ask(event, by, words, sheet, fresh=True)


async def ask(
    event: Message | CallbackQuery,
    by: Caller,
    words: Words,
    sheet: DraftSheet,
    *,
    fresh: bool = False,
) -> None:
    """Asks the open question. The notice goes before the first, and before sending if it was passed over."""
    if (fresh or sheet.step is Step.REVIEW) and by.notice_version != privacy_notice.VERSION:
        await show(event, privacy_notice.screen(words).after(*intake.before(sheet, words)))
    else:
        await show(event, intake.screen(sheet, words))


async def take_notice(query: CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """The notice was read; on where the person was."""
    await services.people.read_notice(by, privacy_notice.VERSION)
    sheet = await services.intake.current(by)
    await show(query, intake.screen(sheet, words) if sheet else welcome.welcome(words))


async def take_answer(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Any choice that answers the open question."""
    await ask(query, by, words, await ANSWERS[tap.verb](services.intake, by, tap))


async def take_listen(telling: Intake, by: Caller, tap: Tap) -> DraftSheet:
    """Biar petugas mendengarkan."""
    return await telling.let_listen(by, whole(tap, 0))


async def take_kind(telling: Intake, by: Caller, tap: Tap) -> DraftSheet:
    """Complaint, aspiration or request for information."""
    return await telling.choose_kind(by, whole(tap, 0), member(tap, 1, Kind))


async def take_place(telling: Intake, by: Caller, tap: Tap) -> DraftSheet:
    """One of the places offered, or none of them."""
    return await telling.pick_place(by, whole(tap, 0), _offered(tap))


async def take_place_as_typed(telling: Intake, by: Caller, tap: Tap) -> DraftSheet:
    """The words of the place as they are."""
    return await telling.keep_place(by, whole(tap, 0))


async def take_time(telling: Intake, by: Caller, tap: Tap) -> DraftSheet:
    """Today, yesterday, or longer ago."""
    return await telling.pick_time(by, whole(tap, 0), word(tap, 1))


async def take_evidence_done(telling: Intake, by: Caller, tap: Tap) -> DraftSheet:
    """No (more) files."""
    return await telling.finish_evidence(by, whole(tap, 0))


async def take_privacy_done(telling: Intake, by: Caller, tap: Tap) -> DraftSheet:
    """The two switches stay as they are."""
    return await telling.finish_privacy(by, whole(tap, 0))


async def take_no_name(telling: Intake, by: Caller, tap: Tap) -> DraftSheet:
    """No name for the officer."""
    return await telling.name(by, None, whole(tap, 0))


async def take_agency(telling: Intake, by: Caller, tap: Tap) -> DraftSheet:
    """One of the agencies proposed, or "tidak tahu"."""
    return await telling.pick_agency(by, whole(tap, 0), _offered(tap))


async def take_edit(telling: Intake, by: Caller, tap: Tap) -> DraftSheet:
    """One question again."""
    return await telling.edit(by, whole(tap, 0), member(tap, 1, Step))


ANSWERS: dict[Verb, Answer] = {
    Verb.LISTEN: take_listen,
    Verb.KIND: take_kind,
    Verb.PLACE: take_place,
    Verb.PLACE_KEEP: take_place_as_typed,
    Verb.WHEN: take_time,
    Verb.EVIDENCE_DONE: take_evidence_done,
    Verb.PRIVACY_DONE: take_privacy_done,
    Verb.NAME_SKIP: take_no_name,
    Verb.AGENCY: take_agency,
    Verb.EDIT: take_edit,
}


async def take_switch(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Anonim or rahasia, on or off. The button names the state, so two quick taps do not undo each other."""
    which, wanted = word(tap, 1), word(tap, 2) == "yes"
    sheet = await services.intake.current(by)
    if sheet is None or {"anonymous": sheet.anonymous, "secret": sheet.secret}.get(which) is not wanted:
        sheet = await services.intake.switch(by, whole(tap, 0), which)
    await show(query, intake.screen(sheet, words), in_place=True)


async def take_send(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Kirim: the receipt with the number follows by itself; others with the same trouble are offered first."""
    draft_id = whole(tap, 0)
    offered = await services.supporting.offer(by, draft_id)
    if offered is not None:
        await show(query, intake.screen(offered, words))
    else:
        await send(query, draft_id, by, services, words)


async def take_send_new(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Kirim sebagai laporan baru, although others have told of the same."""
    await send(query, whole(tap, 0), by, services, words)


async def send(query: CallbackQuery, draft_id: int, by: Caller, services: Services, words: Words) -> None:
    """The draft leaves."""
    await show(query, intake.sent(await services.intake.submit(by, draft_id), words))


async def take_location(
    message: Message, point: tuple[float, float], by: Caller, services: Services, words: Words
) -> None:
    """A location, at any step."""
    await show(message, intake.placed(await services.intake.locate(by, *point), words))


async def take_file(message: Message, file: NewFile, by: Caller, services: Services, words: Words) -> None:
    """A photo or another file, at any step; its caption tells the story if nothing else does."""
    sheet = await services.intake.attach(by, file, words_of(message))
    await say_quoted(message, words)
    await show_count(message, intake.attached(sheet, words))


async def take_words(message: Message, by: Caller, guest: Guest, services: Services, words: Words) -> None:
    """Plain words: the answer to the open question, or the beginning of a new complaint."""
    text = words_of(message)
    asked = guest.known.asked
    if asked is None:
        await say_quoted(message, words)
        await begin(message, by, services, words, text)
        return
    sheet = await services.intake.take_words(by, text, asked)
    await say_quoted(message, words)
    if asked in (Step.PLACE, Step.PLACE_CHOICE, Step.REGENCY) and sheet.step is not Step.REVIEW:
        await show(message, intake.placed(sheet, words))
    else:
        await ask(message, by, words, sheet)


async def say_quoted(message: Message, words: Words) -> None:
    """Whoever forwards somebody else's words learns how they are kept."""
    if is_quote(message) and words_of(message):
        await show(message, Screen(words("intake.forwarded")))


def _offered(tap: Tap) -> int | None:
    """Which of the choices offered; None: none of them."""
    return None if word(tap, 1) == NONE else whole(tap, 1)
