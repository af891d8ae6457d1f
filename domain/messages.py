"""What is owed to people and how far it has come: the states of the inbox and of the outbox."""

from __future__ import annotations

from enum import IntEnum, StrEnum

NO_LONGER_TRUE = "dropped: no longer true"
"""Why a message was not sent that has nothing to say any more; it failed, and nobody has to look."""


class InboxState(StrEnum):
    """How far an update from Telegram has been worked."""

    NEW = "new"
    DONE = "done"
    DEAD = "dead"


class OutboxState(StrEnum):
    """How far an owed message has come. `UNCERTAIN`: it may have arrived, nobody knows."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    BLOCKED = "blocked"
    FAILED = "failed"


class Priority(IntEnum):
    """Who may overtake whom: a receipt passes while a digest waits. Lower leaves first."""

    RECEIPT = 10
    UPDATE = 20
    CARD = 30
    REMINDER = 50
    DIGEST = 90


class Notice(StrEnum):
    """The sorts of message that must arrive."""

    RECEIPT = "receipt"
    UPDATE = "update"
    CARD = "card"
    DESK_CARD = "desk_card"
    DESK_UPDATE = "desk_update"
    REMINDER = "reminder"
    DIGEST = "digest"
    APOLOGY = "apology"
    RESUME = "resume"
    LATE = "late"
    ASK_OUTCOME = "ask_outcome"
    DATES_MOVED = "dates_moved"
    ESCALATION = "escalation"
    REQUEST = "request"
    WEEKLY = "weekly"
    SUPPORTED = "supported"
    FILES = "files"
    FILE_PROBLEM = "file_problem"
    REVEAL = "open"
    UNSENT = "unsent"
    QUIET = "quiet"
    GIVEN_BACK = "given_back"
    GROUP = "group"
    EXPORT = "export"
    STAFFING = "staffing"

    @property
    def priority(self) -> Priority:
        """How urgent a message of this sort is."""
        return _PRIORITIES[self]

    @property
    def once_more(self) -> bool:
        """Whether an uncertain one is sent again: better one late duplicate with the same number than silence."""
        return self in _ONCE_MORE


_ONCE_MORE = frozenset(
    {
        Notice.RECEIPT,
        Notice.UPDATE,
        Notice.CARD,
        Notice.DESK_CARD,
        Notice.APOLOGY,
        Notice.RESUME,
        Notice.LATE,
        Notice.REQUEST,
        Notice.FILES,
        Notice.GIVEN_BACK,
        Notice.STAFFING,
    }
)

_PRIORITIES = {
    Notice.RECEIPT: Priority.RECEIPT,
    Notice.APOLOGY: Priority.RECEIPT,
    Notice.RESUME: Priority.RECEIPT,
    Notice.UPDATE: Priority.UPDATE,
    Notice.CARD: Priority.CARD,
    Notice.DESK_CARD: Priority.CARD,
    Notice.DESK_UPDATE: Priority.CARD,
    Notice.REMINDER: Priority.REMINDER,
    Notice.DIGEST: Priority.DIGEST,
    Notice.LATE: Priority.UPDATE,
    Notice.ASK_OUTCOME: Priority.REMINDER,
    Notice.DATES_MOVED: Priority.REMINDER,
    Notice.ESCALATION: Priority.REMINDER,
    Notice.REQUEST: Priority.CARD,
    Notice.WEEKLY: Priority.DIGEST,
    Notice.SUPPORTED: Priority.REMINDER,
    Notice.FILES: Priority.UPDATE,
    Notice.FILE_PROBLEM: Priority.UPDATE,
    Notice.REVEAL: Priority.CARD,
    Notice.UNSENT: Priority.REMINDER,
    Notice.QUIET: Priority.REMINDER,
    Notice.GIVEN_BACK: Priority.UPDATE,
    Notice.GROUP: Priority.REMINDER,
    Notice.EXPORT: Priority.UPDATE,
    Notice.STAFFING: Priority.UPDATE,
}


class Visibility(StrEnum):
    """Who sees an event of the timeline."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    STAFF = "staff"
