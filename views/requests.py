"""What a unit asks of its coordinator: the request, its list, and what came of it."""

from __future__ import annotations

from domain.requests import RequestState
from locales.translator import Html, Words
from services.clock_sheets import RequestSheet
from views.dates import moment
from views.screen import Button, Screen, choice_screen, clip, paragraph
from views.taps import Verb, tap

QUOTED = 400
"""UTF-16 units of a reason in one message."""

PENDING_SHOWN = 4
"""Requests in one message; the next ones show when these are answered."""

UNIT_SHOWN = 200

Rows = tuple[tuple[Button, ...], ...]


def asked(sheet: RequestSheet, words: Words) -> Screen:
    """The request has been passed on; when the answer is due."""
    text = words(
        "clock.request.asked",
        number=sheet.number,
        count=sheet.days,
        moment=moment(words, sheet.due_at, sheet.time_zone),
    )
    return choice_screen(text, (_show(sheet, words),))


def answered(sheet: RequestSheet, words: Words) -> Screen:
    """What was decided, and the date that holds now."""
    granted = sheet.state is RequestState.GRANTED
    text = paragraph(
        words("clock.request.granted" if granted else "clock.request.refused", number=sheet.number, count=sheet.days),
        _resolve_due(sheet, words),
    )
    return choice_screen(text, (_show(sheet, words),))


def pending(found: tuple[RequestSheet, ...], words: Words) -> Screen:
    """What waits for an answer, the most urgent first; each can be opened."""
    if not found:
        return Screen(words("clock.request.none"))
    shown = found[:PENDING_SHOWN]
    text = paragraph(words("clock.request.pending"), *(request_text(sheet, words) for sheet in shown))
    return choice_screen(text, *(row for sheet in shown for row in request_rows(sheet, words)))


def ask_how(words: Words) -> Screen:
    """How `/perpanjang` is written."""
    return Screen(words("clock.request.how"))


def ask_class(words: Words) -> Screen:
    """How `/kelas` is written."""
    return Screen(words("clock.class.how"))


def request_text(sheet: RequestSheet, words: Words) -> Html:
    """Who asks for what, why, and until when an answer is due."""
    return paragraph(
        words("clock.request.title", number=sheet.number, unit=clip(sheet.unit or "", UNIT_SHOWN), count=sheet.days),
        words("clock.request.reason", reason=clip(sheet.reason, QUOTED)),
        _resolve_due(sheet, words),
        words("clock.request.answer_by", moment=moment(words, sheet.due_at, sheet.time_zone)),
    )


def request_rows(sheet: RequestSheet, words: Words) -> Rows:
    """Grant, refuse, or look at the complaint first."""
    number = sheet.number
    return (
        (Button(words("clock.request.button_grant", number=number), tap(Verb.REQUEST_GRANT, sheet.id)),),
        (Button(words("clock.request.button_refuse", number=number), tap(Verb.REQUEST_REFUSE, sheet.id)),),
        (_show(sheet, words),),
    )


def _resolve_due(sheet: RequestSheet, words: Words) -> Html | None:
    if sheet.resolve_due_at is None:
        return None
    return words("clock.request.resolve_due", moment=moment(words, sheet.resolve_due_at, sheet.time_zone))


def _show(sheet: RequestSheet, words: Words) -> Button:
    return Button(words("clock.button_show", number=sheet.number), tap(Verb.SHOW, sheet.number))
