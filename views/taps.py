"""What a button says when it is tapped: a short typed payload, never text.

Old keyboards live for years, so the payload carries a version; what does not read is an old or forged button.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

VERSION = "1"
LIMIT = 64
"""Bytes that Telegram keeps for a button."""


class Verb(StrEnum):
    """Everything that a button can ask for."""

    NOTICE_READ = "notice"
    START_REPORT = "report"
    MY_REPORTS = "mine"
    HELP = "help"
    ADOPT = "adopt"
    LANGUAGE = "language"

    LISTEN = "listen"
    KIND = "kind"
    PLACE = "place"
    PLACE_KEEP = "keep"
    WHEN = "when"
    EVIDENCE_DONE = "filed"
    SWITCH = "switch"
    PRIVACY_DONE = "private"
    NAME_SKIP = "noname"
    AGENCY = "agency"
    EDIT = "edit"
    SUBMIT = "send"
    DISCARD = "drop"
    KEEP = "stay"
    ANOTHER = "another"
    RESUME = "resume"

    GO_ON = "on"
    LATER = "later"

    SHOW = "show"
    COMPOSE = "write"
    COMPOSITION_SEND = "leave"
    COMPOSITION_EDIT = "rewrite"
    COMPOSITION_DROP = "unwrite"
    COMPOSITION_AS_IS = "asis"
    COMPOSITION_UNDO = "undo"
    CONFIRM = "solved"
    RATE = "rate"
    TRACK = "track"
    SUPPORT = "support"
    SUPPORT_LEAVE = "leaves"
    SUPPORTED = "supported"
    JOIN = "join"
    JOIN_TELL = "tell"
    SUBMIT_NEW = "sendnew"
    ADDITION_OF = "adds"

    WHOLE = "whole"
    FILES = "files"
    RELEASE_FILE = "openfile"
    TAKE = "take"
    RELEASE = "release"
    TAKE_OVER = "over"
    QUEUE = "queue"
    VERIFY = "verify"
    CHOOSE_UNIT = "unit"
    CHOOSE_CLASS = "class"
    FORWARD = "forward"
    ARCHIVE_REASON = "shelf"
    UNVERIFIED = "unverified"
    UNROUTED = "unrouted"
    UNITS = "units"
    SP4N = "sp4n"
    MERGE = "merge"
    MERGE_INTO = "into"
    MERGE_NOW = "unite"

    EXPORT = "export"

    PRACTISE = "practise"
    PRACTICE = "trial"
    PRACTICE_SAMPLE = "sample"
    PRACTICE_LEAVE = "untrial"

    MY_DATA = "mydata"
    CONSENT = "consent"
    RESTRICT = "restrict"
    ERASE = "erase"
    ERASE_NOT = "noerase"

    WHY = "why"
    ASK = "ask"
    ASK_KIND = "askk"
    ASK_VALUE = "askv"
    CANNED = "canned"
    CANNED_SHOW = "cshow"
    CANNED_ADD = "cadd"
    CANNED_CHANGE = "cchange"
    CANNED_REMOVE = "cremove"
    CANNED_STOP = "cstop"
    CANNED_OFFER = "coffer"
    CANNED_FILL = "cfill"
    FIGURES = "figures"
    FIGURES_OF = "whose"
    REGIONS = "regions"
    REGION = "region"
    REMIND = "remind"

    ACCUSED = "accused"
    ACCUSE = "accuse"
    CLEAR = "clear"

    TEAM = "team"
    TEAM_ADD = "teamadd"
    HELPERS = "helpers"
    HELPER_OFF = "helperoff"
    NUDGE = "nudge"
    REQUEST_GRANT = "grant"
    REQUEST_REFUSE = "refuse"
    REVEAL_ASK = "askname"
    STAFF = "staff"
    STAFF_ONE = "staff1"
    STAFF_END = "staffend"
    STAFF_END_NOW = "staffout"
    STAFF_GIVE = "staffgive"
    STAFF_GIVE_TO = "staffto"
    STAFF_GIVE_NOW = "staffmove"
    INVITE = "invite"
    INVITE_AT = "inviteat"
    INVITE_NOW = "invitenow"
    REVEAL_SHOW = "reveal"
    REVEAL_AGREE = "agree"
    REVEAL_REFUSE = "disagree"


_VERBS = {verb.value: verb for verb in Verb}


@dataclass(frozen=True)
class Tap:
    """A verb and what it speaks of."""

    verb: Verb
    args: tuple[str, ...] = ()

    def pack(self) -> str:
        """Writes the payload; raises `ValueError` past 64 bytes, which is a slip of the programmer."""
        data = ":".join((VERSION, self.verb.value, *self.args))
        if len(data.encode()) > LIMIT:
            raise ValueError(f"a button's payload is over {LIMIT} bytes: {data!r}")
        return data


def tap(verb: Verb, *args: object) -> Tap:
    """Makes a tap from anything that prints shortly: numbers, enum values."""
    return Tap(verb, tuple(str(getattr(arg, "value", arg)) for arg in args))


@lru_cache(maxsize=256)
def unpack(data: str | None) -> Tap | None:
    """Reads a payload; None for an old version, an unknown verb, or a forgery. Many ask about the same tap."""
    version, _, rest = (data or "").partition(":")
    verb, *args = rest.split(":")
    known = _VERBS.get(verb)
    if version != VERSION or known is None:
        return None
    return Tap(known, tuple(args))
