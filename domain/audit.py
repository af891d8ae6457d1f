"""The audit log as a chain: what is written down of those on duty, and how each line seals all that came before."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

GENESIS = "0" * 64
"""What the first line follows."""

SHOWN = 20
"""Hexadecimal digits of a hash that people are shown: 80 bits, too many to be met by trying."""

_CODE = re.compile(r"[A-Za-z0-9_.:/-]{1,64}")

Particular = int | str | None | Sequence[int | str]


class Act(StrEnum):
    """What is written down."""

    DECISION = "decision"
    EXPORT = "export"
    INVITE = "invite"
    JOIN = "join"
    REVOKE = "revoke"
    TRANSFER = "transfer"
    ERASE = "erase"
    HOLD = "hold"
    LIFT_HOLD = "lift_hold"
    ASK_REVEAL = "ask_reveal"
    APPROVE_REVEAL = "approve_reveal"
    REFUSE_REVEAL = "refuse_reveal"
    REVEAL = "reveal"
    ROTATE_KEYS = "rotate_keys"
    LOAD_DIRECTORY = "load_directory"
    CONNECT_GROUP = "connect_group"
    DISCONNECT_GROUP = "disconnect_group"
    BACKUP = "backup"
    RESTORE = "restore"
    REMIND_GOVERNMENT = "remind_government"


class NoCode(ValueError):
    """Something that may name a person, or say what somebody wrote, was about to enter the log."""


@dataclass(frozen=True)
class Line:
    """One line. `person_id` empty: the operator at the command line, or the program itself; `data` is written JSON."""

    number: int
    at: datetime
    act: str
    person_id: int | None
    role: str | None
    complaint_id: int | None
    data: str

    def sealed_after(self, previous: str) -> str:
        """The hash of this line, which covers the hash of the former: 64 hexadecimal digits."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        told = [previous, self.number, at, self.act, self.person_id, self.role, self.complaint_id, self.data]
        return sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Head:
    """The newest line of the log, or one that somebody was shown: whoever has it can tell whether the log is whole."""

    number: int
    digits: str

    @classmethod
    def of(cls, number: int, sealed: str) -> Head:
        """As people are shown it."""
        return cls(number, sealed[:SHOWN])

    @classmethod
    def parse(cls, text: str) -> Head:
        """Reads `120:3f9a...`; raises `ValueError`."""
        number, _, digits = text.strip().partition(":")
        if not (number.isdigit() and re.fullmatch(r"[0-9a-f]{16,64}", digits)):
            raise ValueError("write it as it stands in the digest: NUMBER:DIGITS")
        return cls(int(number), digits)

    def __str__(self) -> str:
        """As `parse` reads it."""
        return f"{self.number}:{self.digits}"


def written(particulars: Mapping[str, Particular]) -> str:
    """Particulars as a line keeps them; raises `NoCode` for whatever is neither a number nor a code."""
    for name, value in particulars.items():
        several = [value] if value is None or isinstance(value, int | str) else value
        if any(isinstance(each, str) and not _CODE.fullmatch(each) for each in several):
            raise NoCode(f"{name} is no code: the audit log keeps ids and codes, no names and no words")
    return json.dumps(dict(particulars), sort_keys=True, separators=(",", ":"))
