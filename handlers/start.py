"""The first words: /start with or without an invitation, and the help."""

from __future__ import annotations

import re

from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.start_links import looks_like_link
from handlers.activities import Services
from handlers.showing import show
from handlers.talk import Talk
from handlers.taps import Tapped, whole
from locales.translator import Words
from services.caller import Caller
from services.people import menu_for
from views import arrival, intake, welcome
from views.taps import Tap, Verb

_INVITATION = re.compile(r"[A-Za-z0-9_-]{20,64}")
"""Invitations are long and random; links begin with a letter and an underscore."""


def router() -> Talk:
    """Greets, and explains."""
    start = Talk("start")
    start.message.register(greet, Command("start"))
    start.message.register(show_guide, Command("bantuan", "help"))
    start.callback_query.register(adopt, Tapped(Verb.ADOPT))
    start.callback_query.register(show_guide, Tapped(Verb.HELP))
    return start


async def greet(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """Welcomes; whoever brings an invitation is taken in, whoever comes by a link is met with what it is about."""
    brought = (command.args or "").strip()
    if not brought:
        await show(message, welcome.welcome(words))
    elif _INVITATION.fullmatch(brought) and not looks_like_link(brought):
        await show(message, welcome.invited(await services.directory.redeem(by, brought), words))
    else:
        await show(message, arrival.arrived(await services.campaigns.visit(by, brought), words))


async def adopt(query: CallbackQuery, tap: Tap, by: Caller, services: Services, words: Words) -> None:
    """The open draft is the one that the link is about."""
    await show(query, intake.screen(await services.campaigns.adopt(by, whole(tap, 0)), words))


async def show_guide(event: Message | CallbackQuery, by: Caller, words: Words) -> None:
    """How to use it, and what one's office brings."""
    await show(event, welcome.guide(words, menu_for(by.actor)))
