"""What a unit asks of its coordinator: the ten sorts, the request, its list, and what came of it."""

from __future__ import annotations

from domain.drafting import ArchiveReason, Purpose
from domain.lifecycle import ComplaintClass
from domain.requests import NEEDS, READ_BY_CITIZEN, USUAL_EXTENSIONS, Need, RequestKind, RequestState
from locales.translator import Html, Words
from services.handling import PAGE
from services.request_sheets import AskSheet, RequestSheet, WishSheet
from views.dates import moment
from views.naming import archive_name, class_name
from views.queue import turns_of
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

QUOTED = 400
"""UTF-16 units of a reason in one message."""

PENDING_SHOWN = 4
"""Requests in one message; the next ones show when these are answered."""

UNIT_SHOWN, NAME_SHOWN = 200, 60

Rows = tuple[tuple[Button, ...], ...]


def ask_kind(sheet: AskSheet, words: Words) -> Screen:
    """What is asked for? Only what the desk could do now."""
    # What is not ours has a button of its own on the card, which leads to the same question.
    kinds = (kind for kind in sheet.kinds if kind is not RequestKind.RETURN)
    rows = ((_kind_button(sheet.number, kind, words),) for kind in kinds)
    return choice_screen(words("request.ask_kind", number=sheet.number), *rows, (_show(sheet.number, words),))


def ask_need(sheet: AskSheet, kind: RequestKind, page: int, words: Words) -> Screen:
    """The particular that a kind must name besides its reason."""
    rows, later = _values(sheet, kind, page, words)
    if kind is RequestKind.RETURN:
        rows = (*rows, (Button(words("request.owner_unknown"), tap(Verb.COMPOSE, sheet.number, Purpose.RETURN)),))
    name = words(f"request.kind.{kind.value}")
    question = "request.nothing" if not rows else f"request.ask.{NEEDS[kind].name.lower()}"
    return choice_screen(
        words(question, number=sheet.number, name=name),
        *rows,
        *turns_of(page, words, Verb.ASK_KIND, sheet.number, kind, later=later),
        (_show(sheet.number, words) if kind is RequestKind.RETURN else _kinds(sheet.number, words),),
    )


def _kinds(number: str, words: Words) -> Button:
    return Button(words("request.button_kinds"), tap(Verb.ASK, number))


def _values(sheet: AskSheet, kind: RequestKind, page: int, words: Words) -> tuple[Rows, bool]:
    """What can be chosen, and whether there is more on another page."""
    start, number = page * PAGE, sheet.number
    found: tuple[tuple[str, object], ...] = ()
    match NEEDS.get(kind):
        case Need.UNIT:
            found = tuple(
                (clip(name, NAME_SHOWN), unit_id)
                for unit_id, name in zip(sheet.unit_ids, sheet.unit_names, strict=True)
            )
        case Need.DAYS:
            found = tuple((words("request.days", days=days), days) for days in USUAL_EXTENSIONS)
        case Need.COMPLAINT_CLASS:
            found = tuple((class_name(words, each), each) for each in ComplaintClass)
        case Need.MAIN:
            found = tuple((each, each) for each in sheet.near)
        case Need.ARCHIVE_REASON:
            found = tuple((archive_name(words, each.value), each) for each in ArchiveReason)
    shown = found[start : start + PAGE]
    rows = tuple((Button(label, tap(Verb.ASK_VALUE, number, kind, value)),) for label, value in shown)
    return rows, len(found) > start + PAGE


def asked(sheet: RequestSheet, words: Words) -> Screen:
    """The request has been passed on; when the answer is due."""
    text = words(
        "request.asked",
        number=sheet.number,
        what=what(sheet.wish, words),
        moment=moment(words, sheet.due_at, sheet.time_zone),
    )
    return choice_screen(text, (_show(sheet.number, words),))


def granted(sheet: RequestSheet, words: Words) -> Screen:
    """It was agreed to and done, and the date that holds now."""
    text = paragraph(
        words("request.granted", number=sheet.number, what=what(sheet.wish, words)), _resolve_due(sheet, words)
    )
    return choice_screen(text, (_show(sheet.number, words),))


def pending(found: tuple[RequestSheet, ...], words: Words) -> Screen:
    """What waits for an answer, the most urgent first; each can be opened."""
    if not found:
        return Screen(words("request.none"))
    shown = found[:PENDING_SHOWN]
    text = paragraph(words("request.pending"), *(request_text(sheet, words) for sheet in shown))
    return choice_screen(text, *(row for sheet in shown for row in request_rows(sheet, words)))


def ask_how(words: Words) -> Screen:
    """How `/ajukan` is written."""
    return Screen(words("request.how"))


def ask_days(words: Words) -> Screen:
    """How `/perpanjang` is written."""
    return Screen(words("request.how_days"))


def ask_class(words: Words) -> Screen:
    """How `/golongan` is written."""
    return Screen(words("clock.class.how"))


def request_text(sheet: RequestSheet, words: Words) -> Html:
    """Who asks for what, why, and until when an answer is due."""
    read = sheet.wish.kind in READ_BY_CITIZEN and sheet.state is RequestState.OPEN
    return paragraph(
        words(
            "request.title",
            number=sheet.number,
            unit=clip(sheet.unit or "", UNIT_SHOWN),
            what=what(sheet.wish, words),
        ),
        lines(
            words("request.reason", reason=clip(sheet.reason, QUOTED)),
            words("request.read_by_citizen") if read else None,
        ),
        _resolve_due(sheet, words),
        words("request.answer_by", moment=moment(words, sheet.due_at, sheet.time_zone)),
    )


def request_rows(sheet: RequestSheet, words: Words) -> Rows:
    """Grant, refuse, or look at the complaint first."""
    number = sheet.number
    return (
        (Button(words("request.button_grant", number=number), tap(Verb.REQUEST_GRANT, sheet.id)),),
        (Button(words("request.button_refuse", number=number), tap(Verb.REQUEST_REFUSE, sheet.id, number)),),
        (_show(number, words),),
    )


def what(wish: WishSheet, words: Words) -> Html:
    """What is asked for, in one phrase."""
    return words(
        f"request.what.{wish.kind.value}",
        days=wish.days,
        unit=clip(wish.unit or "", UNIT_SHOWN),
        name=class_name(words, wish.complaint_class) if wish.complaint_class else "",
        number=wish.main or "",
        reason=archive_name(words, wish.archive_reason) if wish.archive_reason else "",
    )


def wish_line(wish: WishSheet | None, words: Words) -> Html | None:
    """The same as a line above the words that are written for it."""
    return words("request.wish", what=what(wish, words)) if wish else None


def kind_line(data: dict[str, object], words: Words) -> Html | None:
    """What an event of the timeline was about, and whether it was agreed to."""
    kind, state = data.get("kind"), data.get("state")
    if kind not in set(RequestKind):
        return None
    name = words(f"request.kind.{RequestKind(str(kind)).value}")
    if state not in set(RequestState):
        return words("request.wish", what=name)
    return words(f"request.decided.{RequestState(str(state)).value}", what=name)


def _kind_button(number: str, kind: RequestKind, words: Words) -> Button:
    return Button(words(f"request.kind.{kind.value}"), tap(Verb.ASK_KIND, number, kind, 0))


def _resolve_due(sheet: RequestSheet, words: Words) -> Html | None:
    if sheet.resolve_due_at is None:
        return None
    return words("request.resolve_due", moment=moment(words, sheet.resolve_due_at, sheet.time_zone))


def _show(number: str, words: Words) -> Button:
    return Button(words("clock.button_show", number=number), tap(Verb.SHOW, number))
