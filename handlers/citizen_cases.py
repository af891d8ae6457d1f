"""A citizen follows what was filed: the list, one case, words for it, the outcome and the rating."""

from __future__ import annotations

import re
from typing import Any

from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, Message

from domain.drafting import CITIZEN_PURPOSES, TEXT_MAX, Purpose, Satisfaction
from domain.lifecycle import Role, Status
from domain.refusals import NotUnderstood, StaleStep
from domain.ticket import find_numbers
from handlers.activities import Services
from handlers.citizen_intake import open_draft
from handlers.current import ask_again
from handlers.incoming import Filed, Said, words_of
from handlers.showing import show, show_count
from handlers.talk import Talk
from handlers.taps import Tapped, member, whole, word
from locales.translator import Words
from services.caller import Caller
from services.case_sheets import CaseLine, CaseSheet
from services.composition_sheets import CompositionSheet
from services.people import Guest
from services.shelf import NewFile
from views import citizen_cases, citizen_composition
from views.taps import Tap, Verb


class Own(Filter):
    """Passes the `tap` on a number that the citizen filed (or that somebody without an office asks for)."""

    async def __call__(self, _query: CallbackQuery, tap: Tap, by: Caller, services: Services) -> bool | dict[str, Any]:
        """Hands over the `case`; a number that staff work on is left to their conversation."""
        case = await services.tracking.look(by, word(tap, 0))
        return {"case": case} if Role.CITIZEN in case.roles or not by.actor.memberships else False


class Composing(Filter):
    """Passes the `tap` that begins what citizens write."""

    async def __call__(self, _query: CallbackQuery, tap: Tap) -> bool:
        """What staff write is another conversation."""
        return word(tap, 1) in CITIZEN_PURPOSES


class Writing(Filter):
    """Passes while somebody is writing for a complaint as a citizen, and hands over the `composition`."""

    async def __call__(
        self, _event: Message | CallbackQuery, by: Caller, guest: Guest, services: Services
    ) -> bool | dict[str, Any]:
        """Asks the register, which remembers it over every restart."""
        composition = await services.correspondence.current(by) if guest.known.writes else None
        mine = composition is not None and composition.purpose in CITIZEN_PURPOSES
        return {"composition": composition} if mine else False


class Numbered(Filter):
    """Passes a message that is nothing but the number of a complaint, mistyped or not, and hands over the `number`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """A word of nine letters is a word; what is grouped as a number is, or has a digit in it, is one."""
        typed = (message.text or "").strip()
        return {"number": typed} if _LIKE_A_NUMBER.fullmatch(typed) else False


class Stray(Filter):
    """Passes words that come by themselves while complaints are open, and hands those over as `among`."""

    async def __call__(self, message: Message, by: Caller, guest: Guest, services: Services) -> bool | dict[str, Any]:
        """An open draft goes before: the words are its answer."""
        if guest.known.asked is not None:
            return False
        among = await services.tracking.open_numbers(by)
        among = tuple(line for line in among if line.status not in _ENDED or line.number in _meant(message))
        return {"among": among} if among else False


class Meant(Filter):
    """Passes what replies to a message about one number of the citizen, and hands over its `line`."""

    async def __call__(self, message: Message, by: Caller, guest: Guest, services: Services) -> bool | dict[str, Any]:
        """An open draft goes before, as it does for words."""
        numbers = _meant(message)
        if not numbers or guest.known.asked is not None:
            return False
        meant = [line for line in await services.tracking.open_numbers(by) if line.number in numbers]
        return {"line": meant[0]} if len(meant) == 1 else False


_LIKE_A_NUMBER = re.compile(r"[^\W_]{3}-[^\W_]{3}-[^\W_]{3}|(?=[^\W_ ]*\d)(?=[\d]*[^\W\d_])[^\W_]{9}")

_ENDED = frozenset({Status.CLOSED, Status.ARCHIVED, Status.MERGED})
"""Statuses in which words are for a complaint only when they reply to a message about it."""


def router() -> Talk:
    """Stands before the intake, whose last handler takes any words."""
    following = Talk("citizen_cases")
    following.message.register(show_tracked, Command("lacak"))
    following.message.register(show_mine, Command("laporan"))
    following.callback_query.register(turn_mine, Tapped(Verb.MY_REPORTS))
    following.callback_query.register(show_case, Tapped(Verb.SHOW), Own())
    following.callback_query.register(take_confirm, Tapped(Verb.CONFIRM))
    following.callback_query.register(take_rating, Tapped(Verb.RATE))
    following.callback_query.register(ask_words, Tapped(Verb.COMPOSE), Composing())
    following.callback_query.register(take_send, Tapped(Verb.COMPOSITION_SEND), Writing())
    following.callback_query.register(ask_words_again, Tapped(Verb.COMPOSITION_EDIT), Writing())
    following.callback_query.register(take_drop, Tapped(Verb.COMPOSITION_DROP), Writing())
    following.callback_query.register(take_addition, Tapped(Verb.ADDITION_OF), Writing())
    following.message.register(take_words, Said(), Writing())
    following.message.register(take_file, Filed(), Writing())
    following.message.register(take_meant_file, Filed(), Meant())
    following.message.register(show_numbered, Said(), Numbered())
    following.message.register(ask_what_for, Said(), Stray())
    return following


async def show_tracked(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/lacak NOMOR: the whole case for its citizen, the public face for others."""
    if not command.args:
        await show(message, citizen_cases.ask_number(words))
        return
    await show(message, citizen_cases.case(await services.tracking.look(by, command.args), words))


async def show_numbered(message: Message, number: str, by: Caller, services: Services, words: Words) -> None:
    """A number alone, as people paste it: they want to see it."""
    await show(message, citizen_cases.case(await services.tracking.look(by, number), words))


async def show_mine(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/laporan: what I have filed."""
    await show(message, citizen_cases.mine(await services.tracking.mine(by), 0, words))


async def turn_mine(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The same behind a button, and its other pages."""
    page = whole(tap, 0) if tap.args else 0
    await show(query, citizen_cases.mine(await services.tracking.mine(by, page), page, words))


async def show_case(query: CallbackQuery, case: CaseSheet, words: Words) -> None:
    """One of mine, with its history."""
    await show(query, citizen_cases.case(case, words))


async def take_confirm(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Sudah beres."""
    await show(query, citizen_cases.solved(await services.tracking.confirm(by, word(tap, 0)), words))


async def take_rating(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The four answers, or one of them."""
    number = word(tap, 0)
    if len(tap.args) == 1:
        await show(query, citizen_cases.ask_rating(number, words))
        return
    given = member(tap, 1, Satisfaction)
    await show(query, citizen_cases.rated(await services.tracking.rate(by, number, given), given, words))


async def ask_words(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """What should be said? Words that are being written already come first."""
    writing = await services.correspondence.current(by)
    if writing is not None and citizen_composition.has_words(writing):
        await ask_again(query, by, services, words, words("case.unfinished"))
        return
    sheet = await services.correspondence.begin(by, word(tap, 0), member(tap, 1, Purpose))
    await show(query, citizen_composition.screen(sheet, words))


async def take_words(
    message: Message, composition: CompositionSheet, by: Caller, services: Services, words: Words
) -> None:
    """The words, shown once more before they leave; more of those that came by themselves are put to the others."""
    said = words_of(message)
    if citizen_composition.STRAY in composition.data:
        kept = f"{composition.data[citizen_composition.STRAY]}\n\n{said}"
        if len(kept) > TEXT_MAX:
            raise NotUnderstood("text_long")
        data = composition.data | {citizen_composition.STRAY: kept}
        sheet = await services.correspondence.begin(by, composition.number, composition.purpose, data)
    else:
        sheet = await services.correspondence.write(by, said)
    await show(message, citizen_composition.screen(sheet, words))


async def take_file(message: Message, file: NewFile, by: Caller, services: Services, words: Words) -> None:
    """A photo or another file that goes along with the words, or that needs none."""
    sheet = await services.correspondence.attach(by, file, message.caption or "")
    await show_count(message, citizen_composition.screen(sheet, words))


async def take_send(
    query: CallbackQuery, tap: Tap, composition: CompositionSheet, by: Caller, services: Services, words: Words
) -> None:
    """Kirim."""
    sheet = await services.correspondence.send(by, whole(tap, 0))
    await show(query, citizen_composition.left(sheet, composition.purpose, words))


async def ask_words_again(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Tulis ulang."""
    await show(query, citizen_composition.screen(await services.correspondence.rewrite(by, whole(tap, 0)), words))


async def take_drop(query: CallbackQuery, by: Caller, services: Services, words: Words) -> None:
    """Tidak jadi."""
    await services.correspondence.drop(by)
    await show(query, citizen_composition.unwritten(words))


async def ask_what_for(
    message: Message, among: tuple[CaseLine, ...], by: Caller, services: Services, words: Words
) -> None:
    """An addition, or a new complaint? Whoever replies to a message about a number means that number."""
    said = words_of(message)
    meant = [line for line in among if line.number in _meant(message)]
    if len(meant) == 1:
        sheet = await services.correspondence.at_once(by, meant[0].number, _purpose(meant[0]), said)
    else:
        newest = among[0]
        sheet = await services.correspondence.begin(
            by, newest.number, _purpose(newest), citizen_composition.stray(said, among)
        )
    await show(message, citizen_composition.screen(sheet, words))


async def take_meant_file(
    message: Message, line: CaseLine, file: NewFile, by: Caller, services: Services, words: Words
) -> None:
    """A photo as a reply to a message about a number: offered as an addition to that number."""
    sheet = await services.correspondence.with_file(by, line.number, _purpose(line), file, words_of(message))
    await show_count(message, citizen_composition.screen(sheet, words))


async def take_addition(
    query: CallbackQuery, tap: Tap, composition: CompositionSheet, by: Caller, services: Services, words: Words
) -> None:
    """The words belong to this number, or to a new complaint; they are kept until it is said which."""
    said, number = str(composition.data.get(citizen_composition.STRAY, "")), word(tap, 0)
    if not said:
        raise StaleStep
    if number == citizen_composition.NEW:
        await open_draft(query, by, services, words, said, instead=True)
        return
    line = next((line for line in await services.tracking.open_numbers(by) if line.number == number), None)
    if line is None:
        raise StaleStep
    await show(
        query,
        citizen_composition.screen(await services.correspondence.at_once(by, number, _purpose(line), said), words),
    )


def _meant(message: Message) -> tuple[str, ...]:
    """The numbers in the message that is replied to."""
    replied = message.reply_to_message
    return find_numbers(replied.text or replied.caption or "") if replied else ()


def _purpose(line: CaseLine) -> Purpose:
    """Words for a complaint that waits for an answer are that answer; for one that was put away, an objection."""
    match line.status:
        case Status.ON_HOLD:
            return Purpose.ANSWER
        case Status.ARCHIVED | Status.MERGED:
            return Purpose.OBJECT
        case _:
            return Purpose.ADD_INFORMATION
