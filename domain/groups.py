"""A unit's group at Telegram: which complaints it hears of, and what is brought to it next, one call at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.lifecycle import Action, ComplaintClass

ANONYMOUS_ADMINISTRATOR = 1087968824
"""The account under which Telegram shows an administrator who wishes to stay unknown, the same in every group."""

BETWEEN_CALLS = timedelta(seconds=3.2)
"""A group may be sent 20 messages a minute (Telegram), and some are left for what people ask there."""

CARDS_AT_ONCE = 5
"""New cards that a group without topics gets one by one; when more wait, one list tells of all."""

LISTED = 20
"""Complaints in one such list."""

TRIES = 4
"""Calls that may fail for a card before its unit's people are told of it in private."""

CODE_LASTS = timedelta(hours=1)
"""How long the code may wait by which a unit connects its group."""

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8

HINTS_EVERY = timedelta(minutes=1)
"""How often strangers in a group are told where to go: whoever teases the bot must not use up the group's messages."""

PERSONAL = frozenset({Action.NOTE, Action.NUDGE})
"""What is said among staff: each reads it in the own chat, since a group may have others in it."""


def for_groups(complaint_class: ComplaintClass | None, *, accuses: bool, accused: bool, secret: bool) -> bool:
    """Whether a group may hear of a complaint at all: who sits there is unknown, so what accuses or is secret never."""
    return not (accuses or accused or secret or complaint_class is ComplaintClass.SUPERVISORY)


class GroupWord(StrEnum):
    """What a unit and its desk are told of its group."""

    LOST = "lost"
    BACK = "back"
    CONNECTED = "connected"


class Errand(StrEnum):
    """One call to Telegram for the card of a complaint."""

    REOPEN = "reopen"
    OPEN = "open"
    CARD = "card"
    LIST = "list"
    SAY = "say"
    EDIT = "edit"
    RENAME = "rename"
    CLOSE = "close"


@dataclass(frozen=True)
class Standing:
    """How far a card has come in a group, and how its complaint stands.

    `topics`: the group keeps one for each complaint; `stale`: the card says what is no longer so, or has never left;
    `owed`: something happened that must be said; `titled`: the name of the topic says what the complaint is about;
    `readable`: the unit may read the complaint here; `ended`: nobody works on it any more.
    """

    topics: bool
    thread: bool
    message: bool
    closed: bool
    stale: bool
    owed: bool
    titled: bool
    readable: bool
    ended: bool


def next_errand(now: Standing) -> Errand | None:
    """What is to be done next; None when the group has everything."""
    if now.readable and not now.ended:
        return _of_open(now)
    return _of_ended(now)


def _of_open(now: Standing) -> Errand | None:
    if now.thread and now.closed and now.topics:
        return Errand.REOPEN
    if now.topics and not now.thread:
        return Errand.OPEN
    if now.stale and not now.message:
        return Errand.CARD
    if now.owed:
        return Errand.SAY
    if now.stale:
        return Errand.EDIT
    return Errand.RENAME if now.thread and now.topics and not now.titled else None


def _of_ended(now: Standing) -> Errand | None:
    """What never came to the group is not told there any more; a card that stands there is made bare.

    So is the name of its topic, before that closes.
    """
    if now.owed and now.readable and now.message:
        return Errand.SAY
    if now.stale and now.message:
        return Errand.EDIT
    if not (now.thread and now.topics):
        return None
    if now.titled:
        return Errand.RENAME
    return None if now.closed else Errand.CLOSE
