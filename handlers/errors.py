"""What people read when something is refused: the one place where a refusal becomes words."""

from __future__ import annotations

from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent

from domain import canned
from domain.drafting import DRAFTS_MAX, FILES_MAX, STORY_MAX, TEXT_MAX
from domain.refusals import (
    AlreadyLeft,
    AlreadyTaken,
    ArbiterDecided,
    AtArbiter,
    ComplaintNotFound,
    DraftMissing,
    Enough,
    InviteInvalid,
    NotAllowed,
    NotNow,
    NotUnderstood,
    OwnWork,
    Refusal,
    StaffNotFound,
    StaleStep,
    Unfillable,
)
from handlers.activities import Services
from handlers.current import ask_again
from handlers.showing import drop_buttons, show
from handlers.talk import Talk
from locales.translator import Html, Words
from services.caller import Caller
from services.seeking import NumberMistyped
from views import citizen_cases, emergency
from views.naming import status_name
from views.numerals import number

KEYS: dict[type[Refusal], str] = {
    NotAllowed: "refusal.not_allowed",
    ComplaintNotFound: "refusal.complaint_not_found",
    AlreadyTaken: "refusal.already_taken",
    AlreadyLeft: "desk.too_late",
    OwnWork: "refusal.own_work",
    AtArbiter: "refusal.at_arbiter",
    ArbiterDecided: "refusal.arbiter_decided",
    DraftMissing: "refusal.draft_missing",
    StaleStep: "refusal.stale_step",
    InviteInvalid: "refusal.invite_invalid",
    StaffNotFound: "refusal.staff_not_found",
}

LIMITS = {
    "story_long": STORY_MAX,
    "files_many": FILES_MAX,
    "drafts_many": DRAFTS_MAX,
    "canned_title": canned.TITLE_MAX,
    "canned_long": canned.TEXT_MAX,
    "canned_many": canned.REPLIES_MAX,
}
"""What a hint names as the limit; elsewhere it is that of one message."""

UNHEARD = {"drafts", "complaints"}
"""Limits that keep somebody from telling what is wrong, which may be a danger."""


def router() -> Talk:
    """Answers refusals; every other exception goes on to the inbox, which counts it and tries again."""
    errors = Talk("errors")
    errors.errors.register(explain, ExceptionTypeFilter(Refusal))
    return errors


async def explain(event: ErrorEvent, by: Caller, services: Services, words: Words) -> None:
    """Says what is wrong and asks the current question again; the draft is as it was."""
    asked = event.update.callback_query or event.update.message or event.update.edited_message
    refusal = event.exception
    if asked is None or not isinstance(refusal, Refusal):
        return
    if isinstance(asked, CallbackQuery) and isinstance(refusal, StaleStep | DraftMissing):
        # The button is of another time; another draft may well be open.
        await drop_buttons(asked)
        refusal = StaleStep()
    if isinstance(refusal, NumberMistyped):
        await show(asked, citizen_cases.slip(refusal.suggestions, words))
    else:
        await ask_again(asked, by, services, words, await _why(refusal, services, words))


async def _why(refusal: Refusal, services: Services, words: Words) -> Html:
    why = said(refusal, words)
    if isinstance(refusal, Enough) and refusal.what in UNHEARD:
        return emergency.not_heard(why, await services.emergency.for_everybody(), words)
    return why


def said(refusal: Refusal, words: Words) -> Html:
    """The sentence for a refusal."""
    match refusal:
        case NotNow():
            return words("refusal.not_now", status=status_name(words, refusal.status))
        case Enough():
            return words(f"refusal.enough_{refusal.what}", limit=number(words, refusal.limit))
        case Unfillable():
            return words(f"refusal.{refusal.reason}", gaps=", ".join(refusal.gaps))
        case NotUnderstood():
            limit = LIMITS.get(refusal.reason, TEXT_MAX)
            return words(f"refusal.{refusal.reason}", limit=number(words, limit))
        case _:
            return words(KEYS[type(refusal)])
