"""What a unit may ask of its coordinator: the ten official sorts (Tab Permintaan), and how far a request has come."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import FINISHED_STATUSES, Action, Status, transition


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


class Need(StrEnum):
    """What a request must name besides its reason; the value is the name under which it is kept."""

    UNIT = "unit_id"
    DAYS = "days"
    COMPLAINT_CLASS = "class"
    MAIN = "main"
    ARCHIVE_REASON = "reason"


NEEDS: dict[RequestKind, Need] = {
    RequestKind.RETURN: Need.UNIT,
    RequestKind.REFORWARD: Need.UNIT,
    RequestKind.ADD_UNIT: Need.UNIT,
    RequestKind.EXTENSION: Need.DAYS,
    RequestKind.CHANGE_CLASS: Need.COMPLAINT_CLASS,
    RequestKind.MERGE: Need.MAIN,
    RequestKind.ARCHIVE: Need.ARCHIVE_REASON,
}
"""The other kinds need a reason only."""

EFFECTS: dict[RequestKind, Action] = {
    RequestKind.RETURN: Action.REFORWARD,
    RequestKind.REFORWARD: Action.REFORWARD,
    RequestKind.ADD_UNIT: Action.ADD_UNIT,
    RequestKind.EXTENSION: Action.EXTEND,
    RequestKind.ASK_CITIZEN: Action.HOLD,
    RequestKind.CHANGE_CLASS: Action.CHANGE_CLASS,
    RequestKind.MAKE_SECRET: Action.MAKE_SECRET,
    RequestKind.MERGE: Action.MERGE,
    RequestKind.ARCHIVE: Action.ARCHIVE,
    RequestKind.REOPEN: Action.REFORWARD,
}
"""What the desk does when it agrees. A return goes to the proposed owner at once."""

READ_BY_CITIZEN = frozenset({RequestKind.EXTENSION, RequestKind.ASK_CITIZEN, RequestKind.ARCHIVE})
"""Requests whose reason becomes what the citizen reads."""

REACHES_ASKER = frozenset(
    {
        RequestKind.ADD_UNIT,
        RequestKind.EXTENSION,
        RequestKind.CHANGE_CLASS,
        RequestKind.MERGE,
        RequestKind.REOPEN,
    }
)
"""Requests whose effect is told to the unit that asked; of the others, whoever asked is told by a word of its own."""

LONGEST_EXTENSION = 60
"""Working days that one request may ask for: as long as the longest limit of all."""

USUAL_EXTENSIONS = (3, 5, 7, 10, 14)
"""Working days that are offered as choices; any other number is typed."""


def kinds_in(status: Status) -> tuple[RequestKind, ...]:
    """What can be asked for in a status: only what the desk could do at once."""
    return tuple(kind for kind in RequestKind if transition(status, EFFECTS[kind]) and _fits(kind, status))


def _fits(kind: RequestKind, status: Status) -> bool:
    """What is finished is opened again and not sent on; only secrecy can be asked for at any time."""
    return kind is RequestKind.MAKE_SECRET or (kind is RequestKind.REOPEN) == (status in FINISHED_STATUSES)
