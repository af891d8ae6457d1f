"""What a complaint still needs before it can be sent: the steps of the intake, in the order they are asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol

from domain.lifecycle import Kind


class Step(StrEnum):
    """The question that stands open in a draft. The order of the members is the order of the dialogue.

    `SIMILAR` comes at the sending only, and only when others have told of the same trouble.
    """

    TEXT = "text"
    KIND = "kind"
    PLACE = "place"
    PLACE_CHOICE = "place_choice"
    REGENCY = "regency"
    TIME = "time"
    EVIDENCE = "evidence"
    PRIVACY = "privacy"
    NAME = "name"
    AGENCY = "agency"
    REVIEW = "review"
    SIMILAR = "similar"


class DraftState(StrEnum):
    """Whether a draft is still being written. One at a time is open; the others are kept for later.

    `SUPPORTED`: its writer joined somebody else's complaint instead.
    """

    OPEN = "open"
    KEPT = "kept"
    SENT = "sent"
    DISCARDED = "discarded"
    SUPPORTED = "supported"


GIVEN_UP = frozenset({DraftState.DISCARDED, DraftState.SUPPORTED})
"""What was never sent and never will be."""


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
    GIST = "gist"
    REOPEN = "reopen"
    OBJECT = "object"
    WITHDRAW = "withdraw"
    ASK_CITIZEN = "ask_citizen"
    RECORD_SP4N = "record_sp4n"
    ANNOUNCE = "announce"
    NOTE = "note"
    REQUEST = "request"
    REFUSE = "refuse"


CITIZEN_PURPOSES = frozenset(
    {Purpose.ADD_INFORMATION, Purpose.ANSWER, Purpose.REOPEN, Purpose.OBJECT, Purpose.WITHDRAW}
)
"""What a citizen writes for a complaint; everything else is written at a desk."""

TAKEN_BACK = frozenset(
    {
        Purpose.FOLLOW_UP,
        Purpose.DONE,
        Purpose.ASK_CITIZEN,
        Purpose.RETURN,
        Purpose.HOLD,
        Purpose.ARCHIVE,
        Purpose.PASS_ON,
        Purpose.ANNOUNCE,
    }
)
"""What a desk may take back for some seconds after it was sent: it reaches the citizen, or moves the complaint."""

FILES_SUFFICE = frozenset({Purpose.ADD_INFORMATION, Purpose.ANSWER})
"""What a citizen may send without a word: a photograph is an answer."""


class FileKind(StrEnum):
    """What sort of evidence a file is."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VOICE = "voice"


SPOKEN = frozenset({FileKind.VOICE, FileKind.VIDEO})
"""Files in which somebody may tell what is wrong; nobody but a person can write down what they say."""


class FileState(StrEnum):
    """Whether a unit may open a file: the rule is `domain.evidence.state_of`."""

    OPEN = "open"
    WAITING = "waiting"
    WITHHELD = "withheld"
    LOST = "lost"


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

TEXT_MAX = 3500
"""Characters of one reply or addition: a screen shows it whole, and Telegram cuts a message at 4,096."""

STORY_MAX = 8000
"""Characters of a description: a long one comes in pieces that are joined, and staff read it in pages."""

NAME_MAX = 60
"""Characters of the name that an officer may see."""

FILE_MAX = 20 * 1024 * 1024
"""Bytes of one file: a bot cannot fetch a larger one from Telegram."""

FILES_MAX = 20
"""Files of one draft, two albums: each goes to every officer who gets the complaint."""

DRAFTS_MAX = 10
"""Drafts of one person, the open one included: more could not be told apart in a list."""

RATING_CHANGEABLE = timedelta(days=1)
"""For so long somebody may think better of a rating."""

UNDECIDED = -1
"""The answer "tidak tahu" where an agency is proposed."""


class Told(Protocol):
    """What a draft has to tell for the next question to be found."""

    text: str
    voiced: bool
    kind: Kind | None
    place: dict[str, Any] | None
    place_text: str | None
    place_choices: list[dict[str, Any]]
    time_finished: bool
    evidence_finished: bool
    privacy_finished: bool
    anonymous: bool
    name_asked: bool
    chosen: int | None


MENDABLE = frozenset({Step.TEXT, Step.PLACE, Step.REGENCY, Step.TIME, Step.NAME})
"""Questions that are answered in words; an edited message mends its answer."""


def next_step(draft: Told) -> Step:
    """The first question that is still open, in spoken order; `REVIEW` when nothing is missing."""
    return next((step for step, is_open in _QUESTIONS if is_open(draft)), Step.REVIEW)


_QUESTIONS: tuple[tuple[Step, Callable[[Told], bool]], ...] = (
    (Step.TEXT, lambda draft: not draft.text and not draft.voiced),
    (Step.KIND, lambda draft: draft.kind is None),
    (Step.PLACE_CHOICE, lambda draft: draft.place is None and bool(draft.place_choices)),
    (Step.REGENCY, lambda draft: draft.place is None and bool(draft.place_text)),
    (Step.PLACE, lambda draft: draft.place is None),
    (Step.TIME, lambda draft: not draft.time_finished),
    (Step.EVIDENCE, lambda draft: not draft.evidence_finished),
    (Step.PRIVACY, lambda draft: not draft.privacy_finished),
    (Step.NAME, lambda draft: not draft.anonymous and not draft.name_asked),
    (Step.AGENCY, lambda draft: draft.chosen is None),
)
