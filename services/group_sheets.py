"""What is brought to a unit's group, and what people are given to read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.groups import Errand, GroupWord
from services.caller import Caller
from services.case_sheets import CaseLine, CaseSheet, EventSheet


@dataclass(frozen=True)
class GroupCall:
    """One call to Telegram. `cards` are ids with the count of changes that goes out; `cases` what they speak of.

    `bare`: the card stops telling of its complaint, which is not here any more. `events` are to be said.
    """

    errand: Errand
    group_id: int
    chat_id: int
    cards: tuple[tuple[int, int], ...]
    cases: tuple[CaseSheet, ...]
    events: tuple[EventSheet, ...] = ()
    thread_id: int | None = None
    message_id: int | None = None
    bare: bool = False


@dataclass(frozen=True)
class RoomSheet:
    """A connected group: whose it is, and whether something reaches it."""

    id: int
    unit_id: int
    unit: str


@dataclass(frozen=True)
class Encounter:
    """Somebody does something in a group. `by` is whom we know, `member` whether they work in the group's unit."""

    room: RoomSheet | None
    by: Caller | None
    member: bool


@dataclass(frozen=True)
class CodeSheet:
    """A code by which a unit connects a group; `connected`: it has one already, which the code replaces."""

    unit: str
    code: str
    connected: bool


@dataclass(frozen=True)
class GroupQueue:
    """A page of the unit's open complaints, as its group may read them."""

    unit: str
    lines: tuple[CaseLine, ...]
    page: int
    more: bool


@dataclass(frozen=True)
class SightSheet:
    """What Telegram says of our place in a chat; `present` False: we are not in it, or it is gone.

    `public`: everybody can find the chat and read it.
    """

    present: bool = True
    may_send: bool = True
    admin: bool = False
    topics: bool = False
    manages_topics: bool = False
    reads_everything: bool = False
    public: bool = False


@dataclass(frozen=True)
class CheckSheet:
    """How the group of a unit does: what Telegram says, what waits, and when something went wrong last."""

    unit: str
    sight: SightSheet
    waiting: int
    error_at: datetime | None
    time_zone: str


@dataclass(frozen=True)
class OwnRoom:
    """The group of one of the caller's units; `chat_id` is where it is, None while the unit has none."""

    unit_id: int
    unit: str
    chat_id: int | None


@dataclass(frozen=True)
class GroupNews:
    """What has become of the group of a unit; `by` is the designation of whoever connected it, if they have one."""

    unit: str
    word: GroupWord
    by: str | None = None
