"""Reads the buttons that people tap: which verb, and what it speaks of.

What an old or forged button says never reaches a service: `whole` and `member` refuse it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from aiogram.filters import Filter
from aiogram.types import CallbackQuery

from domain.refusals import StaleStep
from views.taps import Tap, Verb, unpack

LARGEST = 2**31 - 1
"""The largest number of a row: PostgreSQL answers a larger one with an error and not with "none"."""

LARGEST_DIGITS = len(str(LARGEST))

Member = TypeVar("Member", bound=StrEnum)


class Tapped(Filter):
    """Passes the taps of some verbs and hands over the `tap`. Asynchronous: aiogram runs the others in threads."""

    def __init__(self, *verbs: Verb) -> None:
        """Takes the verbs that the handler understands."""
        self.verbs = frozenset(verbs)

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        """Hands over `tap`, or lets the next handler look."""
        tap = unpack(query.data)
        return {"tap": tap} if tap is not None and tap.verb in self.verbs else False


def word(tap: Tap, place: int) -> str:
    """The argument at a place (from 0); raises `StaleStep` if the button carries none."""
    if place >= len(tap.args) or not tap.args[place]:
        raise StaleStep
    return tap.args[place]


def whole(tap: Tap, place: int) -> int:
    """The whole number at a place; raises `StaleStep` for anything else."""
    text = word(tap, place)
    if not (text.isascii() and text.isdigit() and len(text) <= LARGEST_DIGITS and int(text) <= LARGEST):
        raise StaleStep
    return int(text)


def member(tap: Tap, place: int, enum: type[Member]) -> Member:
    """The enum member at a place; raises `StaleStep` for anything else."""
    try:
        return enum(word(tap, place))
    except ValueError:
        raise StaleStep from None
