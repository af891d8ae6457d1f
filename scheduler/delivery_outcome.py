"""What can come of an attempt to send a message: every way in which Telegram, or the road to it, answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from scheduler.delivery_line import NOT_LEFT
from views.screen import Button

NOBODY_THERE = ("chat not found", "user not found", "user is deactivated", "peer_id_invalid")
"""How Telegram says with a 400 what is otherwise a 403. It rewords its errors, so these are looked for loosely."""

_QUOTED = re.compile(r'"[^"]*("|$)')


@dataclass(frozen=True)
class Sent:
    """Telegram has it, under this id: that of the message with the text and the buttons; `choices` can be typed."""

    message_id: int
    choices: tuple[Button, ...] = ()


@dataclass(frozen=True)
class NotYet:
    """It was not tried: what goes with it is still on its way to us."""


@dataclass(frozen=True)
class Flooded:
    """Too many (429): nothing may leave for so long."""

    pause: timedelta


@dataclass(frozen=True)
class Unreachable:
    """The person has blocked the bot, never started it, or is gone (403)."""

    why: str


@dataclass(frozen=True)
class Uncertain:
    """The answer did not come: it may have arrived."""

    why: str


@dataclass(frozen=True)
class NoRoad:
    """The request never left: no message fares better until the road is mended."""

    why: str


@dataclass(frozen=True)
class Unwell:
    """Telegram answered that it could not do it now (5xx), or we could not: this message rests, others may pass."""

    why: str
    ours: bool = False


@dataclass(frozen=True)
class Refused:
    """Telegram does not take this message, now or ever."""

    why: str


@dataclass(frozen=True)
class LockedOut:
    """Telegram knows neither the token nor the address (401, 404): nothing leaves until somebody mends it."""


Outcome = Sent | NotYet | Flooded | Unreachable | Uncertain | NoRoad | Unwell | Refused | LockedOut


def code_of(outcome: Outcome) -> str:
    """The name under which an outcome is counted: `sent`, `no_road` ..."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(outcome).__name__).lower()


def outcome_of(error: TelegramError | TimeoutError) -> Outcome:
    """Names what an error means for the message; whatever is not known to be harmless is `Uncertain`."""
    match error:
        case RetryAfter():
            return Flooded(_pause(error))
        case Forbidden():
            return Unreachable(reason_of(error))
        case InvalidToken():
            return LockedOut()
        case BadRequest():
            gone = any(words in error.message.lower() for words in NOBODY_THERE)
            return Unreachable(reason_of(error)) if gone else Refused(reason_of(error))
        case TimedOut() | NetworkError():
            return _of_road(error)
        case _:
            return Uncertain(reason_of(error) or type(error).__name__)


def reason_of(error: TelegramError | TimeoutError) -> str:
    """What Telegram says of an error, without what it quotes: that may be words of the message."""
    return _QUOTED.sub('"..."', str(error))


def _of_road(error: NetworkError) -> Outcome:
    """Tells by its cause whether a request left: an error without one is an answer in Telegram's own form."""
    if isinstance(error.__cause__, NOT_LEFT):
        return NoRoad(reason_of(error))
    late = "time" in error.message.lower() and "out" in error.message.lower()
    if error.__cause__ is None and not late:
        return Unwell(reason_of(error))
    return Uncertain(reason_of(error))


def _pause(error: RetryAfter) -> timedelta:
    """The library gives seconds today and will give a timedelta."""
    after = error.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)
