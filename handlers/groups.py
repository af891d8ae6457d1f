"""An officer works in the unit's group: replies to cards and takes them; one conversation for all."""

from __future__ import annotations

from typing import Any

from aiogram import Dispatcher
from aiogram.filters import Command, CommandObject, ExceptionTypeFilter, Filter
from aiogram.types import CallbackQuery, ErrorEvent, Message

from domain.drafting import Purpose
from domain.lifecycle import Action
from domain.refusals import AlreadyLeft, ComplaintNotFound, DraftMissing, Refusal, StaleStep
from domain.ticket import find_numbers
from handlers import group_looks
from handlers.activities import Services
from handlers.choices import LONGEST
from handlers.desks import split_number
from handlers.errors import said
from handlers.group_gate import REPLY, replies_to
from handlers.group_showing import TYPED, answer, answer_count, redraw, settle, tell, topic_of
from handlers.incoming import Filed, Said
from handlers.showing import bot_of
from handlers.talk import Talk
from handlers.taps import Tapped, whole, word
from locales.translator import Words
from services.caller import Caller
from services.case_sheets import CaseSheet
from services.composition_sheets import CompositionSheet
from services.group_sheets import RoomSheet
from services.seeking import NumberMistyped
from services.shelf import NewFile
from views import citizen_composition, desk_composition, groups
from views.screen import Screen
from views.spoken import choice, recalled
from views.taps import Tap, Verb, unpack


class TypedThere(Filter):
    """Passes a reply that names a choice of the message that it replies to, and hands over its `tap`."""

    async def __call__(self, message: Message, words: Words) -> bool | dict[str, Any]:
        """Looks at that message alone: in a group nobody knows what another one saw last."""
        replied = replies_to(message, bot_of(message))
        if replied is None or message.text is None or len(message.text) > LONGEST or replied.reply_markup is None:
            return False
        buttons = ((each.text, each.callback_data) for row in replied.reply_markup.inline_keyboard for each in row)
        tap = choice(recalled(buttons), words, message.text)
        return {"tap": tap} if tap else False


class Answers(Filter):
    """Passes a reply to what stands for a complaint of the group, and hands over its `case`."""

    async def __call__(
        self, message: Message, room: RoomSheet, by: Caller, services: Services
    ) -> bool | dict[str, Any]:
        """A card is known by its message, a topic by its id, and what we wrote besides by the number in it."""
        replied = replies_to(message, bot_of(message))
        if replied is None:
            return False
        number = await self._asked_about(replied, by, services) or _number_in(replied)
        return {"case": await services.groups.case_of(room, replied.message_id, topic_of(message), number)}

    @staticmethod
    async def _asked_about(replied: Message, by: Caller, services: Services) -> str | None:
        """What somebody is writing, when they reply to where they were asked for it."""
        if not {each.verb for each in _taps_of(replied)} & _WRITING:
            return None
        waiting = await services.correspondence.current(by)
        return waiting.number if waiting else None


_WRITING = {Verb.COMPOSITION_SEND, Verb.COMPOSITION_EDIT, Verb.COMPOSITION_AS_IS, Verb.COMPOSITION_DROP}


def _taps_of(message: Message) -> list[Tap]:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else []
    return [tap for row in rows for each in row if (tap := unpack(each.callback_data))]


def _number_in(message: Message) -> str | None:
    """The one number in the first line of what we wrote."""
    numbers = find_numbers((message.text or "").partition("\n")[0])
    return numbers[0] if len(numbers) == 1 else None


def router() -> Talk:
    """What people of the unit say and tap; the gate has let nobody else in."""
    group = Talk("groups")
    group.errors.register(explain, ExceptionTypeFilter(Refusal))
    group.include_routers(_acts(), group_looks.router())
    return group


def _acts() -> Talk:
    """What is work, and is never passed over."""
    group = Talk("group_acts")
    group.message.register(take_written, Command(REPLY))
    group.message.register(take_choice, TypedThere())
    group.message.register(take_reply, Said(), Answers())
    group.message.register(take_filed_reply, Filed(), Answers())
    group.callback_query.register(take_case, Tapped(Verb.TAKE))
    group.callback_query.register(send, Tapped(Verb.COMPOSITION_SEND))
    group.callback_query.register(undo, Tapped(Verb.COMPOSITION_UNDO))
    group.callback_query.register(ask_again, Tapped(Verb.COMPOSITION_EDIT))
    group.callback_query.register(ask_why, Tapped(Verb.COMPOSITION_AS_IS))
    group.callback_query.register(drop, Tapped(Verb.COMPOSITION_DROP))
    return group


async def explain(event: ErrorEvent, words: Words) -> None:
    """Says what is wrong, to who tapped alone, or as a reply."""
    refusal = event.exception
    query, message = event.update.callback_query, event.update.message
    text = words("group.not_here")
    if isinstance(refusal, Refusal) and not isinstance(refusal, ComplaintNotFound | NumberMistyped):
        text = words("group.tap_stale") if isinstance(refusal, StaleStep | DraftMissing) else said(refusal, words)
    if query is not None:
        await tell(query, text)
    elif message is not None:
        await answer(message, Screen(text))


async def take_written(
    message: Message, command: CommandObject, room: RoomSheet, by: Caller, services: Services, words: Words
) -> None:
    """/balas NOMOR teks."""
    number, text = split_number(command.args or "")
    if not text:
        await answer(message, Screen(words("group.ask_number")))
        return
    await _answered(message, await services.groups.case(room, number), text, room, by, services, words)


async def take_reply(
    message: Message, case: CaseSheet, room: RoomSheet, by: Caller, services: Services, words: Words
) -> None:
    """Words as a reply: the unit's answer, shown once more before it leaves."""
    await _answered(message, case, message.text or "", room, by, services, words)


async def take_filed_reply(
    message: Message, case: CaseSheet, file: NewFile, room: RoomSheet, by: Caller, services: Services, words: Words
) -> None:
    """A file as a reply: it goes along with the answer."""
    if not await _is_free(message, case, room, by, services, words):
        return
    caption = message.caption or ""
    if await _current(case, by, services):
        sheet = await services.correspondence.attach(by, file, caption)
    else:
        sheet = await services.correspondence.with_file(by, case.number, Purpose.FOLLOW_UP, file, caption)
    await answer_count(message, _asked(sheet, words))


async def take_choice(message: Message, tap: Tap, dispatcher: Dispatcher, **data: Any) -> Any:
    """Hands a typed choice to whoever answers its button."""
    bot = bot_of(message)
    query = CallbackQuery(
        id=TYPED,
        from_user=message.from_user,  # type: ignore[arg-type]  # the gate lets in only whom it knows
        chat_instance=TYPED,
        data=tap.pack(),
        message=replies_to(message, bot),
    )
    return await dispatcher.propagate_event("callback_query", query.as_(bot), dispatcher=dispatcher, **data)


async def take_case(
    query: CallbackQuery, tap: Tap, room: RoomSheet, by: Caller, services: Services, words: Words
) -> None:
    """Tangani: the card is drawn anew by delivery."""
    case = await services.groups.case(room, word(tap, 0))
    await services.handling.take(by, case.number)
    await tell(query, words("group.taken", number=case.number))


async def send(query: CallbackQuery, tap: Tap, room: RoomSheet, by: Caller, services: Services, words: Words) -> None:
    """Kirim: only whoever wrote it."""
    sheet = await _own(tap, room, by, services)
    await redraw(query, groups.sent(await services.correspondence.send(by, sheet.serial), words))
    await settle(query)


async def undo(query: CallbackQuery, tap: Tap, room: RoomSheet, by: Caller, services: Services, words: Words) -> None:
    """Urungkan: nobody has read the words yet; they are shown once more, where they were written."""
    case = await services.correspondence.leaving(by)
    if case is None or case.leaving is None or not await _belongs(case.leaving.purpose, case.number, room, services):
        raise AlreadyLeft
    sheet = await services.correspondence.undo(by, whole(tap, 0))
    await redraw(query, desk_composition.screen(sheet, words).after(words("desk.taken_back")))
    await settle(query)


async def ask_again(
    query: CallbackQuery, tap: Tap, room: RoomSheet, by: Caller, services: Services, words: Words
) -> None:
    """Ubah."""
    sheet = await _own(tap, room, by, services)
    await redraw(query, _asked(await services.correspondence.rewrite(by, sheet.serial), words))
    await settle(query)


async def ask_why(
    query: CallbackQuery, tap: Tap, room: RoomSheet, by: Caller, services: Services, words: Words
) -> None:
    """Kirim apa adanya: only with a reason."""
    sheet = await _own(tap, room, by, services)
    await redraw(query, _asked(await services.correspondence.as_is(by, sheet.serial), words))
    await settle(query)


async def drop(query: CallbackQuery, tap: Tap, room: RoomSheet, by: Caller, services: Services, words: Words) -> None:
    """Batal."""
    await _own(tap, room, by, services)
    await services.correspondence.drop(by)
    await redraw(query, groups.dropped(words))
    await settle(query)


async def _answered(
    message: Message, case: CaseSheet, text: str, room: RoomSheet, by: Caller, services: Services, words: Words
) -> None:
    """Takes an answer, or other words instead of those that were shown."""
    if not await _is_free(message, case, room, by, services, words):
        return
    if await _current(case, by, services):
        sheet = await services.correspondence.write(by, text)
    else:
        sheet = await services.correspondence.at_once(by, case.number, Purpose.FOLLOW_UP, text)
    await answer(message, _asked(sheet, words))


async def _is_free(
    message: Message, case: CaseSheet, room: RoomSheet, by: Caller, services: Services, words: Words
) -> bool:
    """Whether an answer can be begun: none while other words wait, and only where the unit may answer.

    What waits is shown if it belongs here; what somebody writes in private stays there.
    """
    waiting = await services.correspondence.current(by)
    if waiting is not None and citizen_composition.has_words(waiting) and not _is_about(waiting, case):
        if await _belongs(waiting.purpose, waiting.number, room, services):
            await answer(message, desk_composition.screen(waiting, words).after(words("desk.unfinished")))
        else:
            link = f"https://t.me/{(await bot_of(message).me()).username}"
            await answer(message, Screen(words("group.unfinished", link=link)))
        return False
    if Action.FOLLOW_UP not in case.actions:
        await answer(message, Screen(words("group.not_now")))
        return False
    return True


async def _current(case: CaseSheet, by: Caller, services: Services) -> bool:
    """Whether this answer is being written already."""
    waiting = await services.correspondence.current(by)
    return waiting is not None and _is_about(waiting, case)


async def _own(tap: Tap, room: RoomSheet, by: Caller, services: Services) -> CompositionSheet:
    """What the button speaks of, if whoever tapped is writing it here; raises `StaleStep` for anything else."""
    waiting = await services.correspondence.current(by)
    if (
        waiting is None
        or waiting.serial != whole(tap, 0)
        or not await _belongs(waiting.purpose, waiting.number, room, services)
    ):
        raise StaleStep
    return waiting


async def _belongs(purpose: Purpose, number: str, room: RoomSheet, services: Services) -> bool:
    """Whether words may be shown here: an answer for one of the group's own complaints."""
    if purpose is not Purpose.FOLLOW_UP:
        return False
    try:
        await services.groups.case(room, number)
    except ComplaintNotFound:
        return False
    return True


def _is_about(waiting: CompositionSheet, case: CaseSheet) -> bool:
    return waiting.purpose is Purpose.FOLLOW_UP and waiting.number == case.number


def _asked(sheet: CompositionSheet, words: Words) -> Screen:
    """The last look; where words are still asked for, they come as a reply: we hear nothing else."""
    shown = desk_composition.screen(sheet, words)
    return shown if sheet.text and not sheet.reason_is_asked else shown.after(words("group.reply_here"))
