"""Whom an event is offered to: nobody is asked in vain, and nobody who could want it is passed over."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import BaseMiddleware, Bot, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Chat, Message, PhotoSize, TelegramObject, User

from bot.app import routers
from handlers import group_desk, groups
from handlers.incoming import Said
from handlers.talk import Talk
from handlers.taps import Tapped
from tests.walker.acts import commands_of
from views.taps import Tap, Verb

SARI = User(id=701, is_bot=False, first_name="Sari")
PHOTO = [PhotoSize(file_id="f", file_unique_id="f", width=90, height=90)]
SAID = ("halo", "lapor", "/nonsense", " /lapor", "\n/lapor jalan", "/LAPOR", "//lapor", "lapor /lapor", "/", " ")
OLD = ("", "0:help", "1:nonsense", "ÿ" * 30)


def tapped(data: str) -> CallbackQuery:
    return CallbackQuery(id="1", from_user=SARI, chat_instance="1", data=data)


def message(**content: Any) -> Message:
    return Message(message_id=1, date=datetime(2026, 7, 1, tzinfo=UTC), chat=Chat(id=701, type="private"), **content)


class Doorkeeper(BaseMiddleware):
    """Stands before the handlers, remembers who was asked, and lets nobody in."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, _handler: Any, _event: TelegramObject, data: dict[str, Any]) -> Any:
        self.asked.append(data["event_router"].name)
        return UNHANDLED


class Everybody:
    """Every conversation, of private chats and of groups, each with a doorkeeper."""

    def __init__(self, *talks: Router) -> None:
        self.talks = [part for talk in talks for part in talk.chain_tail]
        self._door = Doorkeeper()
        for talk in self.talks:
            for kind in ("message", "edited_message", "callback_query"):
                talk.observers[kind].outer_middleware(self._door)

    async def asked(self, kind: str, event: TelegramObject) -> list[str]:
        """The names of whoever is asked, in their order."""
        self._door.asked.clear()
        for talk in self.talks:
            await talk.propagate_event(kind, event)
        return list(self._door.asked)


async def done(_event: TelegramObject) -> str:
    return "done"


def everything_that_comes(everybody: Everybody) -> Iterator[tuple[str, TelegramObject]]:
    for data in (*OLD, *(Tap(verb, ("1", "text")).pack() for verb in Verb)):
        yield "callback_query", tapped(data)
    for name in sorted({name for talk in everybody.talks for name in commands_of(talk)}):
        yield "message", message(text=f"/{name} 7KM-3QX-PW9")
        yield "message", message(photo=PHOTO, caption=f"/{name}")
    for text in SAID:
        yield "message", message(text=text)
        yield "edited_message", message(text=text)
    yield "message", message(photo=PHOTO)
    yield "message", message(photo=PHOTO, caption="lubang")


@pytest.fixture
def everybody() -> Everybody:
    return Everybody(*routers(), group_desk.in_groups(), groups.router())


async def test_whoever_is_passed_over_would_have_refused_with_the_first_filter(everybody: Everybody) -> None:
    bot = Bot("42:TEST-token")
    for kind, event in everything_that_comes(everybody):
        asked = await everybody.asked(kind, event)
        for talk in everybody.talks:
            if talk.name not in asked:
                for handler in (each for part in talk.chain_tail for each in part.observers[kind].handlers):
                    assert handler.filters, talk
                    assert not await handler.filters[0].call(event, bot=bot), (talk, handler.callback, event)


async def test_a_tap_is_offered_to_its_own_conversation_and_to_who_takes_anything(everybody: Everybody) -> None:
    assert await everybody.asked("callback_query", tapped(Tap(Verb.AGENCY, ("1",)).pack())) == [
        "citizen_intake", "fallback", "groups", "group_looks",
    ]  # fmt: skip


@pytest.mark.parametrize("old", OLD)
async def test_an_old_or_forged_button_is_offered_only_to_who_takes_anything(everybody: Everybody, old: str) -> None:
    assert await everybody.asked("callback_query", tapped(old)) == ["fallback", "groups", "group_looks"]


async def test_plain_words_are_not_offered_to_who_wants_commands_only(everybody: Everybody) -> None:
    asked = await everybody.asked("message", message(text="lampu jalan mati"))
    assert {"choices", "citizen_intake", "fallback"} <= set(asked)
    assert not {"start", "officer", "staffing", "figures", "group_codes"} & set(asked)


async def test_a_command_is_offered_under_the_name_of_any_bot_which_its_filter_compares(everybody: Everybody) -> None:
    asked = await everybody.asked("message", message(text="/antrean@lapor_uji_bot 2"))
    assert asked == await everybody.asked("message", message(text="/antrean"))
    assert {"officer", "coordinator"} <= set(asked)


async def test_an_edited_message_is_offered_to_the_one_who_takes_edits(everybody: Everybody) -> None:
    assert await everybody.asked("edited_message", message(text="/lapor")) == ["citizen_edits"]


@pytest.mark.parametrize(
    ("takes", "text"),
    [
        (Command("batal", prefix="!/"), "!batal"),
        (Command(re.compile("batal|stop")), "/stop"),
        (Command("BATAL", ignore_case=True), "/batal"),
        (Said(), "halo"),
    ],
)
async def test_whatever_a_filter_can_take_reaches_it(takes: Command | Said, text: str) -> None:
    talk = Talk("talk")
    talk.message.register(done, takes)
    assert await talk.propagate_event("message", message(text=text), bot=Bot("42:TEST-token")) == "done"


async def test_a_conversation_is_asked_what_a_part_of_it_wants() -> None:
    whole, part = Talk("whole"), Router(name="part")
    whole.include_router(part)
    whole.callback_query.register(done, Tapped(Verb.HELP))
    part.callback_query.register(done, Tapped(Verb.SHOW))
    taps = [tapped(Tap(verb).pack()) for verb in (Verb.HELP, Verb.SHOW, Verb.TAKE)]
    answers = [await whole.propagate_event("callback_query", each) for each in taps]
    assert answers == ["done", "done", UNHANDLED]
