"""The intake as screens: one question each, with its choices numbered in the text, and a word on how to stop."""

from __future__ import annotations

from collections.abc import Callable

from domain.drafting import SPOKEN, FileKind, Step
from domain.lifecycle import Kind
from locales.translator import Html, Words, plain
from services.case_sheets import CandidateSheet, FileSheet, PlaceSheet
from services.draft_sheets import DraftSheet, Receipt
from views import review, similar, told
from views.naming import kind_name
from views.screen import Button, Screen, choice_screen, clip, lines, numbered, paragraph
from views.taps import Verb, tap

NONE = "none"
"""The argument of a choice that is none of those offered."""

TEXT_SHOWN = 1500

LABEL_LIMIT = 60
"""Characters of a label; phones cut longer ones."""

Row = tuple[Button, ...]


def screen(sheet: DraftSheet, words: Words) -> Screen:
    """The open question of a draft; a word of welcome back comes before it."""
    question = _QUESTIONS[sheet.step](sheet, words)
    if sheet.resumed:
        question = question.plus(_button(words, "draft.button_another", Verb.ANOTHER))
    return question.after(*before(sheet, words))


def before(sheet: DraftSheet, words: Words) -> tuple[Html, ...]:
    """What is said before anything else: that this draft was kept, or another one, and what its story tells."""
    said = (
        words("intake.resumed") if sheet.resumed else None,
        words("draft.aside") if sheet.aside else None,
        _understood(sheet, words),
    )
    return tuple(part for part in said if part)


def attached(sheet: DraftSheet, words: Words) -> Screen:
    """A file came in: it is acknowledged, and the open question asked again."""
    received = () if sheet.step is Step.EVIDENCE else (_received(sheet.files, words),)
    return screen(sheet, words).after(*received)


def placed(sheet: DraftSheet, words: Words) -> Screen:
    """Where it is was understood: the place is read back, and the next question asked."""
    if sheet.place is None or not sheet.place.label:
        return screen(sheet, words)
    return screen(sheet, words).after(words("intake.placed", place=sheet.place.label))


def sent(receipt: Receipt, words: Words) -> Screen:
    """The complaint has left; its number follows in a message of its own."""
    if not receipt.repeated:
        return Screen(words("intake.sent"))
    show = Button(words("case.button_show"), tap(Verb.SHOW, receipt.number))
    return choice_screen(words("intake.sent_before", number=receipt.number), (show,))


def stopping(sheet: DraftSheet, words: Words) -> Screen:
    """/batal: throw the draft away, or keep it for later."""
    return choice_screen(
        words("intake.stopping"),
        (_button(words, "intake.button_keep", Verb.KEEP, sheet.id),),
        (_button(words, "draft.button_another", Verb.ANOTHER),),
        (_button(words, "intake.button_discard", Verb.DISCARD, sheet.id),),
    )


def kept(words: Words) -> Screen:
    """The draft waits."""
    return Screen(words("intake.kept"))


def discarded(words: Words) -> Screen:
    """The draft is gone, because its writer wished it."""
    return choice_screen(words("intake.discarded"), (_button(words, "welcome.button_report", Verb.START_REPORT),))


def _ask_text(sheet: DraftSheet, words: Words) -> Screen:
    if not sheet.text and any(file.kind in SPOKEN for file in sheet.files):
        listen = (_button(words, "intake.button_listen", Verb.LISTEN, sheet.id),)
        return _question(words, paragraph(words("intake.ask_text"), words("intake.voice_noted")), listen)
    noted = words("intake.text_noted", text=clip(sheet.text, TEXT_SHOWN)) if sheet.text else None
    return _question(
        words, paragraph(words("intake.ask_text"), noted, words("intake.ask_text_how")), *_back(sheet, words)
    )


def _ask_kind(sheet: DraftSheet, words: Words) -> Screen:
    kinds = ((Button(kind_name(words, kind), tap(Verb.KIND, sheet.id, kind)),) for kind in Kind)
    text = paragraph(words("intake.ask_kind"), words("intake.ask_kind_how"))
    return _question(words, text, *kinds, *_back(sheet, words))


def _understood(sheet: DraftSheet, words: Words) -> Html | None:
    """Where and when, as the story has just told it: never taken in silence."""
    if not sheet.understood:
        return None
    where = told.place_text(sheet.place, words) if sheet.place and "place" in sheet.understood else None
    return lines(
        words("intake.understood"),
        words("review.place", value=where) if where else None,
        words("review.time", value=told.occurred_text(sheet.occurred, words)) if "time" in sheet.understood else None,
        words("intake.understood_change"),
    )


def _ask_place(sheet: DraftSheet, words: Words) -> Screen:
    text = paragraph(words("intake.ask_place"), _noted_place(sheet.place, words), words("intake.ask_place_how"))
    return _question(words, text, *_back(sheet, words))


def _ask_regency(sheet: DraftSheet, words: Words) -> Screen:
    spot = clip(sheet.place.words or "", TEXT_SHOWN) if sheet.place else ""
    noted = words("intake.regency_noted", place=spot) if spot else None
    keep = (_button(words, "intake.button_place_keep", Verb.PLACE_KEEP, sheet.id),)
    return _question(words, paragraph(noted, words("intake.ask_regency"), words("intake.ask_regency_how")), keep)


def _noted_place(place: PlaceSheet | None, words: Words) -> Html | None:
    noted = place and told.place_text(place, words)
    return words("intake.place_noted", place=noted) if noted else None


def _ask_place_choice(sheet: DraftSheet, words: Words) -> Screen:
    found = (
        (Button(clip(label, LABEL_LIMIT), tap(Verb.PLACE, sheet.id, index)),)
        for index, label in enumerate(sheet.place_choices)
    )
    none = (_button(words, "intake.button_place_none", Verb.PLACE, sheet.id, NONE),)
    asked = paragraph(words("intake.ask_place_choice"), words("intake.ask_place_choice_how"))
    return _question(words, asked, *found, none)


def _ask_time(sheet: DraftSheet, words: Words) -> Screen:
    times = ("today", "yesterday", "longer")
    rows = ((_button(words, f"intake.time_{time}", Verb.WHEN, sheet.id, time),) for time in times)
    text = paragraph(words("intake.ask_time"), words("intake.ask_time_how"))
    return _question(words, text, *rows, *_back(sheet, words))


def _ask_evidence(sheet: DraftSheet, words: Words) -> Screen:
    label = "intake.button_evidence_done" if sheet.files else "intake.button_evidence_none"
    done = (_button(words, label, Verb.EVIDENCE_DONE, sheet.id),)
    if not sheet.files:
        return _question(words, paragraph(words("intake.ask_evidence"), words("intake.ask_evidence_how")), done)
    return _question(words, paragraph(_received(sheet.files, words), words("intake.ask_evidence_more")), done)


def _received(files: tuple[FileSheet, ...], words: Words) -> Html:
    others = any(file.kind is not FileKind.PHOTO for file in files)
    return lines(
        words("intake.evidence_received", files=told.files_text(files, words)),
        words("intake.evidence_waiting") if others else None,
    )


_OTHER = {"yes": "no", "no": "yes"}
"""A switch names the state that it leads to, so that two taps at once do not undo each other."""


def _ask_privacy(sheet: DraftSheet, words: Words) -> Screen:
    anonymous = "yes" if sheet.anonymous else "no"
    secret = "yes" if sheet.secret else "no"
    text = paragraph(
        words("intake.ask_privacy"),
        words(f"intake.anonymous_{anonymous}"),
        words(f"intake.secret_{secret}"),
        words("intake.ask_privacy_how"),
    )
    return _question(
        words,
        text,
        (
            _button(
                words, f"intake.button_anonymous_{anonymous}", Verb.SWITCH, sheet.id, "anonymous", _OTHER[anonymous]
            ),
        ),
        (_button(words, f"intake.button_secret_{secret}", Verb.SWITCH, sheet.id, "secret", _OTHER[secret]),),
        (_button(words, "intake.button_privacy_done", Verb.PRIVACY_DONE, sheet.id),),
    )


def _ask_name(sheet: DraftSheet, words: Words) -> Screen:
    skip = (_button(words, "intake.button_name_skip", Verb.NAME_SKIP, sheet.id),)
    return _question(words, paragraph(words("intake.ask_name"), words("intake.ask_name_how")), skip)


def _ask_agency(sheet: DraftSheet, words: Words) -> Screen:
    offices = tuple(
        Button(review.office_text(candidate, LABEL_LIMIT), tap(Verb.AGENCY, sheet.id, index))
        for index, candidate in enumerate(sheet.candidates)
    )
    unknown = _button(words, "intake.button_agency_unknown", Verb.AGENCY, sheet.id, NONE)
    reasons = (_because(candidate, words) for candidate in sheet.candidates)
    listed = (
        lines(Html(f"{place}. {plain(button.label)}"), reason)
        for place, (button, reason) in enumerate(zip(offices, reasons, strict=True), start=1)
    )
    last = Html(f"{len(offices) + 1}. {plain(unknown.label)}")
    text = paragraph(_which_agency(sheet, words), words("intake.ask_agency_how"), *listed, last, words("intake.stop"))
    return Screen(text, tuple((button,) for button in (*offices, unknown)))


def _which_agency(sheet: DraftSheet, words: Words) -> Html:
    """What separates the first two offices where they are close, else the plain question."""
    if sheet.question is None or len(sheet.candidates) < 2:
        return words("intake.ask_agency" if sheet.candidates else "intake.ask_agency_unsure")
    first, second = (review.office_text(candidate, LABEL_LIMIT) for candidate in sheet.candidates[:2])
    return Html(f"<b>{words(f'question.{sheet.question}', first=first, second=second)}</b>")


def _because(candidate: CandidateSheet, words: Words) -> Html | None:
    said = ", ".join(f"“{clip(reason, LABEL_LIMIT)}”" for reason in candidate.because[:4])
    return words("intake.because", words=said) if said else None


def _question(words: Words, text: Html, *rows: Row) -> Screen:
    """A question, its choices with their numbers, and at the end how to stop."""
    return Screen(paragraph(text, numbered(button for row in rows for button in row), words("intake.stop")), rows)


def _back(sheet: DraftSheet, words: Words) -> tuple[Row, ...]:
    """Whoever edits a field may leave it as it was."""
    if not sheet.editing:
        return ()
    return ((_button(words, "intake.button_unchanged", Verb.EDIT, sheet.id, Step.REVIEW),),)


def _button(words: Words, key: str, verb: Verb, *args: object) -> Button:
    return Button(words(key), tap(verb, *args))


_QUESTIONS: dict[Step, Callable[[DraftSheet, Words], Screen]] = {
    Step.TEXT: _ask_text,
    Step.KIND: _ask_kind,
    Step.PLACE: _ask_place,
    Step.PLACE_CHOICE: _ask_place_choice,
    Step.REGENCY: _ask_regency,
    Step.TIME: _ask_time,
    Step.EVIDENCE: _ask_evidence,
    Step.PRIVACY: _ask_privacy,
    Step.NAME: _ask_name,
    Step.AGENCY: _ask_agency,
    Step.REVIEW: review.screen,
    Step.SIMILAR: similar.offer,
}
