"""Why something is not said now: what the jobs find and leave alone, for whoever asks for a dry run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """Why nothing is sent."""

    OFFICE_CLOSED = "the office is closed"
    NOT_DUE = "not due yet"
    TOLD_TODAY = "a level was told today already"
    TOP_REACHED = "the highest level was told already"
    NOBODY = "nobody holds that role"
    ALREADY_OWED = "said already"
    ASLEEP = "waits for the hours in which it may be sent"
    BLOCKED = "has blocked the bot"
    NO_LONGER_TRUE = "no longer true"


@dataclass(frozen=True)
class LeftUnsaid:
    """What a job left alone: a desk, a complaint or a clock, never a person."""

    job: str
    subject: str
    why: Why
    until: datetime | None = None


Note = Callable[[LeftUnsaid], None]


def no_note(_left_unsaid: LeftUnsaid) -> None:
    """Nobody asks."""
