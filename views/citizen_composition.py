"""Words that a citizen writes for a complaint that exists: for which one, asked for, and shown before they leave."""

from __future__ import annotations

from collections.abc import Sequence

from domain.drafting import FILES_SUFFICE, Purpose
from domain.masking import mask
from locales.translator import Words
from services.case_sheets import CaseLine, CaseSheet
from services.composition_sheets import CompositionSheet
from views import evidence
from views.screen import Button, Screen, choice_screen, clip, paragraph
from views.taps import Verb, tap
from views.welcome import first_choices

ADDITIONS_OFFERED = 5
STRAY, AMONG, NEW = "stray", "among", "new"
"""Words that came by themselves, the open complaints that they may belong to, and the answer "a new one"."""

TEXT_SHOWN = 1500
WRITTEN_SHOWN = 3500


def stray(text: str, found: Sequence[CaseLine]) -> dict[str, object]:
    """Keeps words that came by themselves with the complaints that they may belong to, until it is said which."""
    return {STRAY: text, AMONG: [[line.number, line.summary] for line in found[:ADDITIONS_OFFERED]]}


def screen(sheet: CompositionSheet, words: Words) -> Screen:
    """Asks for the words that go to a complaint, or shows them once more before they leave."""
    if STRAY in sheet.data:
        return _ask_what_for(sheet, words)
    if sheet.text is None and not (sheet.files and sheet.purpose in FILES_SUFFICE):
        return _ask_words(sheet, words)
    return _preview(sheet, sheet.text, words)


def left(sheet: CaseSheet, purpose: Purpose, words: Words) -> Screen:
    """The words have left."""
    show = _button(words, "case.button_show", Verb.SHOW, sheet.number)
    return choice_screen(words(f"case.left.{purpose.value}", number=sheet.number), (show,))


def has_words(sheet: CompositionSheet) -> bool:
    """Whether something would be lost if this were dropped."""
    return sheet.text is not None or bool(sheet.files) or STRAY in sheet.data


def unwritten(words: Words) -> Screen:
    """The words were dropped, because their writer wished it."""
    return choice_screen(words("case.unwritten"), *first_choices(words))


def _ask_what_for(sheet: CompositionSheet, words: Words) -> Screen:
    rows = (
        (Button(_addition(number, summary, words), tap(Verb.ADDITION_OF, number)),)
        for number, summary in _offered(sheet)
    )
    asked = paragraph(words("case.stray"), words("case.said", text=clip(str(sheet.data[STRAY]), TEXT_SHOWN)))
    return choice_screen(
        asked,
        *rows,
        (_button(words, "case.button_new", Verb.ADDITION_OF, NEW),),
        (_button(words, "case.button_drop", Verb.COMPOSITION_DROP),),
    )


def _addition(number: str, summary: str, words: Words) -> str:
    # A label is no markup, so the words of the person are joined after the sentence.
    return clip(f"{words('case.button_addition')} {number}: {summary}", 60)


def _offered(sheet: CompositionSheet) -> list[list[str]]:
    among = sheet.data.get(AMONG)
    return among if isinstance(among, list) else []


def _ask_words(sheet: CompositionSheet, words: Words) -> Screen:
    text = paragraph(
        words(f"case.ask.{sheet.purpose.value}", number=sheet.number),
        evidence.counted(sheet.files, words),
        words("case.ask_how"),
    )
    drop = _button(words, "case.button_drop", Verb.COMPOSITION_DROP)
    return choice_screen(text, (drop,))


def _preview(sheet: CompositionSheet, text: str | None, words: Words) -> Screen:
    shown = clip(text, WRITTEN_SHOWN) if text else None
    asked = paragraph(
        words(f"case.preview.{sheet.purpose.value}", number=sheet.number),
        words("case.said", text=shown) if shown else None,
        words("review.shortened") if shown != text else None,
        words("review.masked_addition") if text and mask(text, str).found else None,
        evidence.counted(sheet.files, words),
    )
    return choice_screen(
        asked,
        (_button(words, "case.button_send", Verb.COMPOSITION_SEND, sheet.serial),),
        (_button(words, "case.button_rewrite", Verb.COMPOSITION_EDIT, sheet.serial),),
        (_button(words, "case.button_drop", Verb.COMPOSITION_DROP),),
    )


def _button(words: Words, key: str, verb: Verb, *args: object) -> Button:
    return Button(words(key), tap(verb, *args))
