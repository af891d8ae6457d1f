"""What a complaint still needs before it can be sent: the steps of the intake, in the order they are asked."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """The question that stands open in a draft. The order of the members is the order of the dialogue."""

    TEXT = "text"
    KIND = "kind"
    PLACE = "place"
    PLACE_CHOICE = "place_choice"
    TIME = "time"
    EVIDENCE = "evidence"
    PRIVACY = "privacy"
    NAME = "name"
    AGENCY = "agency"
    REVIEW = "review"


class DraftState(StrEnum):
    """Whether a draft is still being written."""

    OPEN = "open"
    SENT = "sent"
    DISCARDED = "discarded"


class Purpose(StrEnum):
    """What somebody is composing for a complaint that exists; the words are kept until they leave."""

    FOLLOW_UP = "follow_up"
    DONE = "done"
    ADD_INFORMATION = "add_information"
    ANSWER = "answer"
    HOLD = "hold"
    ARCHIVE = "archive"
    RETURN = "return"
    PASS_ON = "pass_on"
    FORWARD = "forward"
    REOPEN = "reopen"
    OBJECT = "object"
    WITHDRAW = "withdraw"
    ASK_CITIZEN = "ask_citizen"


class FileKind(StrEnum):
    """What sort of evidence a file is."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VOICE = "voice"


class FileState(StrEnum):
    """Whether staff may open a file. A photo loses its EXIF at Telegram; all else waits for inspection."""

    OPEN = "open"
    WAITING = "waiting"
    WITHHELD = "withheld"


class ArchiveReason(StrEnum):
    """Why a complaint is put away; each goes with one human sentence and a way to object."""

    NOT_PUBLIC_SERVICE = "not_public_service"
    INCOMPLETE = "incomplete"
    ALREADY_HANDLED = "already_handled"
    IN_COURT = "in_court"
    NO_SUBSTANCE = "no_substance"


class Satisfaction(StrEnum):
    """The four official answers; silence is none of them."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    FAIRLY_SATISFIED = "fairly_satisfied"
    DISSATISFIED = "dissatisfied"


TEXT_MIN = 15
"""Characters that a description needs to be understood."""

TEXT_MAX = 4000
"""Characters kept in one description; Telegram itself cuts a message at 4,096."""
