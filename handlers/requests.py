"""What a unit asks of its coordinator, by buttons and by commands, and the coordinator's answer."""

from __future__ import annotations

from typing import Any

from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.drafting import Purpose
from domain.lifecycle import DESK, WORKERS, ComplaintClass
from domain.refusals import NotUnderstood, StaleStep
from domain.requests import NEEDS, Need, RequestKind
from handlers.activities import Services
from handlers.desk_compositions import begin
from handlers.desks import Holds, as_it_stands, split_number
from handlers.showing import bot_of, chat_of, show, show_in
from handlers.talk import Talk
from handlers.taps import Tapped, member, whole, word
from locales.translator import Words
from services.caller import Caller
from views import queue, requests
from views.taps import Tap, Verb

ASK, EXTEND, PENDING = "ajukan", "perpanjang", "permintaan"

TYPED = {
    "kembali": RequestKind.RETURN,
    "alih": RequestKind.REFORWARD,
    "unit": RequestKind.ADD_UNIT,
    "waktu": RequestKind.EXTENSION,
    "tanya": RequestKind.ASK_CITIZEN,
    "golongan": RequestKind.CHANGE_CLASS,
    "kelas": RequestKind.CHANGE_CLASS,
    "rahasia": RequestKind.MAKE_SECRET,
    "gabung": RequestKind.MERGE,
    "arsip": RequestKind.ARCHIVE,
    "buka": RequestKind.REOPEN,
}
"""How the kinds are typed behind `/ajukan NOMOR`."""

CLASSES = {
    "informasi": ComplaintClass.INFORMATION,
    "aspirasi": ComplaintClass.ASPIRATION,
    "biasa": ComplaintClass.ORDINARY,
    "pengawasan": ComplaintClass.SUPERVISORY,
}
"""How the classes are typed."""


def router() -> Talk:
    """Stands behind the desks and before the citizen's conversations."""
    asking = Talk("requests")
    asking.message.register(ask_typed, Command(ASK), Holds(*WORKERS))
    asking.message.register(ask_extension, Command(EXTEND), Holds(*WORKERS))
    asking.message.register(show_pending, Command(PENDING), Holds(*DESK))
    asking.message.register(refuse_stranger, Command(ASK, EXTEND, PENDING))
    asking.callback_query.register(ask_kind, Tapped(Verb.ASK))
    asking.callback_query.register(take_kind, Tapped(Verb.ASK_KIND))
    asking.callback_query.register(take_value, Tapped(Verb.ASK_VALUE))
    asking.callback_query.register(grant, Tapped(Verb.REQUEST_GRANT))
    asking.callback_query.register(ask_why_not, Tapped(Verb.REQUEST_REFUSE))
    return asking


async def ask_kind(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Ajukan permintaan: the card keeps its buttons."""
    number = word(tap, 0)
    async with as_it_stands(query, number, by, services, words):
        sheet = await services.requests.choices(by, number)
        await show_in(bot_of(query), chat_of(query), requests.ask_kind(sheet, words))


async def take_kind(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """This sort; what it must name is asked for next, or else its reason."""
    number, kind = word(tap, 0), member(tap, 1, RequestKind)
    if kind not in NEEDS:
        await begin(query, number, Purpose.REQUEST, by, services, words, data={"kind": kind.value})
        return
    async with as_it_stands(query, number, by, services, words):
        sheet = await services.requests.choices(by, number)
        await show(query, requests.ask_need(sheet, kind, whole(tap, 2), words), in_place=True)


async def take_value(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The unit, the days, the class, the main number, the reason of an archive: now the reason in words."""
    number, kind = word(tap, 0), member(tap, 1, RequestKind)
    if kind not in NEEDS:
        raise StaleStep
    need = NEEDS[kind]
    value: Any = whole(tap, 2) if need in (Need.UNIT, Need.DAYS) else word(tap, 2)
    data = {"kind": kind.value, need.value: value}
    await begin(query, number, Purpose.REQUEST, by, services, words, data=data)


async def ask_typed(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/ajukan NOMOR JENIS ALASAN: what is not typed is asked for."""
    number, rest = split_number(command.args or "")
    if not number:
        await show(message, requests.ask_how(words))
        return
    name, _, said = rest.partition(" ")
    async with as_it_stands(message, number, by, services, words):
        sheet = await services.requests.choices(by, number)
        if name.lower() not in TYPED:
            await show(message, requests.ask_kind(sheet, words))
            return
        kind = TYPED[name.lower()]
        particulars, reason = _particulars(kind, said.strip())
        if kind in NEEDS and not particulars:
            await show(message, requests.ask_need(sheet, kind, 0, words))
            return
        data = {"kind": kind.value, **particulars}
        await begin(message, number, Purpose.REQUEST, by, services, words, text=reason, data=data)


def _particulars(kind: RequestKind, said: str) -> tuple[dict[str, Any], str]:
    """What a kind must name, as far as it can be typed shortly, and the reason behind it."""
    first, _, rest = said.partition(" ")
    match NEEDS.get(kind):
        case None:
            return {}, said
        case Need.DAYS if first:
            return {Need.DAYS.value: _days(first)}, rest
        case Need.COMPLAINT_CLASS if first.lower() in CLASSES:
            return {Need.COMPLAINT_CLASS.value: CLASSES[first.lower()].value}, rest
        case Need.MAIN if said:
            main, reason = split_number(said)
            return {Need.MAIN.value: main}, reason
        case _:
            return {}, said


def _days(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 3):
        raise NotUnderstood("days_unknown")
    return int(typed)


async def ask_extension(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """/perpanjang NOMOR HARI ALASAN."""
    if not command.args:
        await show(message, requests.ask_days(words))
        return
    number, rest = split_number(command.args)
    days, _, reason = rest.partition(" ")
    sheet = await services.requests.ask_extension(by, number, _days(days), reason)
    await show(message, requests.asked(sheet, words))


async def show_pending(message: Message, by: Caller, services: Services, words: Words) -> None:
    """/permintaan: what waits for an answer."""
    await show(message, requests.pending(await services.requests.pending(by), words))


async def grant(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Setujui: it is done at once."""
    await show(query, requests.granted(await services.requests.grant(by, whole(tap, 0)), words))


async def ask_why_not(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """Tolak: only with a reason, shown once more before it leaves."""
    await begin(query, word(tap, 1), Purpose.REFUSE, by, services, words, data={"request_id": whole(tap, 0)})


async def refuse_stranger(message: Message, words: Words) -> None:
    """A command of the desks by somebody without one."""
    await show(message, queue.no_office(words))
