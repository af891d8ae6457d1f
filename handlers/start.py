"""The first words: /start with or without an invitation, and the help."""

from __future__ import annotations

import re

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.activities import Services
from handlers.showing import show
from handlers.taps import Tapped
from locales.translator import Words
from services.caller import Caller
from views import welcome
from views.taps import Verb

_INVITATION = re.compile(r"[A-Za-z0-9_-]{20,64}")
"""Invitations are long and random; campaigns and offices have short, spoken names."""


def router() -> Router:
    """Greets, and explains."""
    start = Router(name="start")
    start.message.register(greet, Command("start"))
    start.message.register(show_guide, Command("bantuan", "help"))
    start.callback_query.register(show_guide, Tapped(Verb.HELP))
    return start


async def greet(message: Message, command: CommandObject, by: Caller, services: Services, words: Words) -> None:
    """Welcomes; whoever brings an invitation is taken in."""
    token = (command.args or "").strip()
    if not _INVITATION.fullmatch(token):
        await show(message, welcome.welcome(words))
        return
    await show(message, welcome.invited(await services.directory.redeem(by, token), words))


async def show_guide(event: Message | CallbackQuery, words: Words) -> None:
    """How to use it."""
    await show(event, welcome.guide(words))
