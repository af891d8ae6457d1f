"""What a unit may ask of its coordinator: the ten official sorts (Tab Permintaan), and how far a request has come."""

from __future__ import annotations

from enum import StrEnum


class RequestKind(StrEnum):
    """What is asked for."""

    RETURN = "return"
    REFORWARD = "reforward"
    ADD_UNIT = "add_unit"
    EXTENSION = "extension"
    ASK_CITIZEN = "ask_citizen"
    CHANGE_CLASS = "change_class"
    MAKE_SECRET = "make_secret"
    MERGE = "merge"
    ARCHIVE = "archive"
    REOPEN = "reopen"


class RequestState(StrEnum):
    """How far a request has come."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


LONGEST_EXTENSION = 60
"""Working days that one request may ask for: as long as the longest limit of all."""
