"""Words that a desk writes about a complaint: asked for, shown exactly as they will be read, and sent."""

from __future__ import annotations

from domain.drafting import TEXT_MAX, ArchiveReason, Purpose
from domain.lifecycle import DESK, WORKERS
from domain.requests import READ_BY_CITIZEN
from locales.translator import Html, Words
from services.announcing import ALSO, SUPPORTERS
from services.case_sheets import CaseSheet
from services.composition_sheets import CompositionSheet
from views import citizen_composition, evidence, held_back, presence
from views.naming import archive_name
from views.queue import queue_button, unverified_button
from views.requests import wish_line
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

WORKERS_PURPOSES = frozenset(
    {Purpose.FOLLOW_UP, Purpose.DONE, Purpose.RETURN, Purpose.ASK_CITIZEN, Purpose.REQUEST, Purpose.NOTE}
)
DESK_PURPOSES = frozenset(
    {
        Purpose.HOLD,
        Purpose.ARCHIVE,
        Purpose.PASS_ON,
        Purpose.RECORD_SP4N,
        Purpose.ANNOUNCE,
        Purpose.GIST,
        Purpose.REFUSE,
    }
)
STAFF_PURPOSES = WORKERS_PURPOSES | DESK_PURPOSES

WRITTEN_SHOWN = TEXT_MAX
"""UTF-16 units of the words: all that may be written, unless it is written in emoji."""

AMONG_STAFF = frozenset({Purpose.RETURN, Purpose.REQUEST, Purpose.REFUSE, Purpose.NOTE})
"""What the citizen never reads."""


def screen(sheet: CompositionSheet, words: Words) -> Screen:
    """The open question of a composition, whoever writes it: the words, or the last look before they leave."""
    if sheet.purpose not in STAFF_PURPOSES:
        return citizen_composition.screen(sheet, words)
    if sheet.text is None:
        return _ask(sheet, words)
    if sheet.held:
        return held_back.why(sheet, words) if sheet.reason_is_asked else held_back.back(sheet, sheet.text, words)
    return _preview(sheet, sheet.text, words)


def ask_reason(number: str, words: Words) -> Screen:
    """Why is it put away? The reason is coded; one sentence for the citizen follows."""
    reasons = (
        (Button(archive_name(words, reason.value), tap(Verb.ARCHIVE_REASON, number, reason)),)
        for reason in ArchiveReason
    )
    back = (Button(words("desk.button_show"), tap(Verb.SHOW, number)),)
    return choice_screen(words("desk.ask_reason", number=number), *reasons, back)


def sent(purpose: Purpose, after: CaseSheet, words: Words) -> Screen:
    """What came of "Kirim"; `after` is the case as its writer may see it now."""
    if after.leaving is None:
        return left(after.number, purpose, after, words)
    return choice_screen(
        presence.on_its_way(after, words) or Html(""),
        presence.undo_button(after, words),
        (Button(words("desk.button_show"), tap(Verb.SHOW, after.number)),),
        (_back(purpose, words),),
    )


def too_late(words: Words) -> Screen:
    """What was to be taken back has left, or was taken back before."""
    return choice_screen(words("desk.too_late"), (queue_button(words),))


def _back(purpose: Purpose, words: Words) -> Button:
    return queue_button(words) if purpose in WORKERS_PURPOSES else unverified_button(words)


def left(number: str, purpose: Purpose, after: CaseSheet, words: Words) -> Screen:
    """The words have left; `after` is the case as its writer may still see it."""
    back = _back(purpose, words)
    show = Button(words("desk.button_show"), tap(Verb.SHOW, number))
    rows = ((show,), (back,)) if after.roles & (WORKERS | DESK) else ((back,),)
    return choice_screen(words(f"desk.left.{purpose.value}", number=number), *rows)


def dropped(number: str, words: Words) -> Screen:
    """The words were dropped, because their writer wished it."""
    show = Button(words("desk.button_show"), tap(Verb.SHOW, number))
    return choice_screen(words("desk.dropped"), (show,))


def gone(words: Words) -> Screen:
    """An old button: nothing waits to be sent any more."""
    return choice_screen(words("desk.nothing_written"), (queue_button(words),))


def without_place(sheet: CompositionSheet, words: Words) -> Screen:
    """A point on the map cannot go along: that is said, and the question stays."""
    return screen(sheet, words).after(words("desk.words_only"))


def _ask(sheet: CompositionSheet, words: Words) -> Screen:
    purpose = sheet.purpose.value
    text = paragraph(
        lines(
            words(f"desk.ask.{purpose}", number=sheet.number),
            wish_line(sheet.wish, words),
            _reason(sheet, words),
            _many(sheet, words),
            presence.beside(sheet, words),
            _proof(sheet, words),
        ),
        evidence.counted(sheet.files, words),
        words(f"desk.hint.{purpose}"),
        words("desk.ask_how"),
    )
    canned = (Button(words("desk.button_canned"), tap(Verb.CANNED_OFFER, sheet.serial)),) if sheet.canned else ()
    return choice_screen(text, *((canned,) if canned else ()), (_drop(sheet, words),))


def _proof(sheet: CompositionSheet, words: Words) -> Html | None:
    """What must come along where words alone are not enough."""
    kinds = ", ".join(words(f"proof.{kind.value}") for kind in sheet.lacking)
    return words("desk.proof_needed", kinds=kinds) if kinds else None


def _preview(sheet: CompositionSheet, text: str, words: Words) -> Screen:
    """Number, recipient, and the words exactly as they will be read."""
    shown = paragraph(
        lines(
            words(f"desk.preview.{sheet.purpose.value}", number=sheet.number),
            _recipients(sheet, words),
            wish_line(sheet.wish, words),
            _reason(sheet, words),
        ),
        words("told.said", text=clip(text, WRITTEN_SHOWN)),
        evidence.counted(sheet.files, words),
        presence.beside(sheet, words),
        _proof(sheet, words) or words("desk.send_now"),
    )
    send = _button(sheet, words, "desk.button_send", Verb.COMPOSITION_SEND)
    return choice_screen(
        shown,
        *(() if sheet.lacking else ((send,),)),
        (_button(sheet, words, "desk.button_rewrite", Verb.COMPOSITION_EDIT),),
        (_drop(sheet, words),),
    )


def _recipients(sheet: CompositionSheet, words: Words) -> Html:
    """Who will read the words."""
    if sheet.purpose is Purpose.REFUSE:
        return words("request.to_asker")
    if sheet.wish is not None and sheet.wish.kind in READ_BY_CITIZEN:
        return words("request.to_both")
    if sheet.purpose is Purpose.NOTE:
        return words("team.to_staff")
    return _many(sheet, words) or words("desk.to_desk" if sheet.purpose in AMONG_STAFF else "desk.to_citizen")


def _many(sheet: CompositionSheet, words: Words) -> Html | None:
    """How many complaints and supporters an announcement goes to."""
    also = sheet.data.get(ALSO)
    if not isinstance(also, list):
        return None
    return words("desk.to_many", count=len(also) + 1, supporters=sheet.data.get(SUPPORTERS, 0))


def _reason(sheet: CompositionSheet, words: Words) -> Html | None:
    """The coded reason of an archive."""
    reason = sheet.data.get("reason") if sheet.purpose is Purpose.ARCHIVE else None
    return words("desk.reason", reason=archive_name(words, str(reason))) if reason else None


def _drop(sheet: CompositionSheet, words: Words) -> Button:
    return _button(sheet, words, "desk.button_drop", Verb.COMPOSITION_DROP)


def _button(sheet: CompositionSheet, words: Words, key: str, verb: Verb) -> Button:
    return Button(words(key), tap(verb, sheet.serial))
