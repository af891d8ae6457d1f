"""What the conversations of the desks share: who may hold them, words that wait, and a case as it stands."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from domain.lifecycle import Role
from domain.refusals import AlreadyTaken, DraftMissing, NotAllowed, NotNow, StaleStep
from handlers.activities import Services
from handlers.errors import said
from handlers.showing import show
from locales.translator import Words
from services.caller import Caller
from services.seeking import read_number
from views import citizen_composition, desk_case, desk_composition

_NUMBER_FIRST = re.compile(r"([^\W_]{3}[\W_]?[^\W_]{3}[\W_]?[^\W_]{3})(?![^\W_])\s*(.*)", re.DOTALL)


class Holds(Filter):
    """Passes for people who hold one of some roles, anywhere."""

    def __init__(self, *roles: Role) -> None:
        """Takes the roles; the service looks at their scope."""
        self._roles = roles

    async def __call__(self, _event: TelegramObject, by: Caller) -> bool:
        """Looks at who asks."""
        return by.actor.holds(*self._roles)


def split_number(text: str) -> tuple[str, str]:
    """The number and the words behind it; a number may be typed with spaces or as one word."""
    found = _NUMBER_FIRST.match(text.strip())
    if found:
        return found[1], found[2].strip()
    number, _, rest = text.strip().partition(" ")
    return number, rest.strip()


async def finishes_first(
    event: Message | CallbackQuery, number: str, by: Caller, services: Services, words: Words
) -> bool:
    """Whether words about another number still wait to be sent; they are then shown, so that nothing is lost."""
    waiting = await services.correspondence.current(by)
    if waiting is None or not citizen_composition.has_words(waiting) or waiting.number == read_number(number):
        return False
    await show(event, desk_composition.screen(waiting, words).after(words("desk.unfinished")))
    return True


@asynccontextmanager
async def as_it_stands(
    event: Message | CallbackQuery, number: str, by: Caller, services: Services, words: Words
) -> AsyncIterator[None]:
    """Turns a refusal into the case as it stands now, with what can be done; who may not see it learns nothing."""
    try:
        yield
    except (NotNow, NotAllowed, AlreadyTaken, DraftMissing, StaleStep) as refusal:
        sheet = await services.handling.look(by, number)
        why = words("proposal.gone") if isinstance(refusal, DraftMissing | StaleStep) else said(refusal, words)
        await show(event, desk_case.at_desk(sheet, words, why, placed=False))
