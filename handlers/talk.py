"""Whom an event is offered to: a part of the conversation is asked only what one of its handlers can want.

Some thirty parts stand behind each other, with more than a hundred handlers; most of them want one tap, or one command.
"""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.taps import Tapped
from views.taps import unpack

Cues = frozenset[str]


class Talk(Router):
    """A part of the conversation; what it cannot want passes it by, and its outer middlewares, at next to no cost."""

    def __init__(self, name: str) -> None:
        """Takes the name; what the handlers want is learned at the first event of each type."""
        super().__init__(name=name)
        self._wanted: dict[str, Cues | None] = {}

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        """Asks the handlers in their order, as any router does, unless the first filter of each would refuse."""
        if update_type not in self._wanted:
            self._wanted[update_type] = self._learned(update_type)
        wanted = self._wanted[update_type]
        if wanted is not None and (not wanted or cue_of(event) not in wanted):
            return UNHANDLED
        return await super().propagate_event(update_type, event, **kwargs)

    def _learned(self, update_type: str) -> Cues | None:
        """The cues that its own handlers and those of its parts want; None where one of them looks at everything."""
        wanted: Cues = frozenset()
        for part in self.chain_tail:
            observer = part.observers.get(update_type)
            for handler in observer.handlers if observer else ():
                cues = _cues_wanted(handler)
                if cues is None:
                    return None
                wanted |= cues
        return wanted


def cue_of(event: TelegramObject) -> str:
    """What tells who can want an event: the verb of a tap, the first word of a message; empty if there is none."""
    if isinstance(event, CallbackQuery):
        tap = unpack(event.data)
        return tap.verb if tap else ""
    if isinstance(event, Message):
        first = (event.text or event.caption or "").split(maxsplit=1)[:1]
        return first[0].partition("@")[0] if first else ""
    return ""


def _cues_wanted(handler: HandlerObject) -> Cues | None:
    """Only the first filter tells: what stands behind it is not asked when it refuses."""
    first = handler.filters[0].callback if handler.filters else None
    if isinstance(first, Tapped):
        return Cues(first.verbs)
    if isinstance(first, Command) and not first.ignore_case:
        names = [name for name in first.commands if isinstance(name, str)]
        if len(names) == len(first.commands):
            return Cues(sign + name for sign in first.prefix for name in names)
    return None
