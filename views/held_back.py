"""A reply that is held back once: what is missing and how to mend it, or why it should leave as it is."""

from __future__ import annotations

from domain.reply_gate import Finding
from locales.translator import Html, Words
from services.composition_sheets import CompositionSheet
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

TEXT_SHOWN = 1800
"""UTF-16 units of the words: what is missing must stand beside them."""

QUOTE_SHOWN = 80


def back(sheet: CompositionSheet, text: str, words: Words) -> Screen:
    """The words have not left: each thing that is missing, with its hint; mend it, or say why not."""
    shown = paragraph(
        words("gate.title", number=sheet.number),
        words("told.said", text=clip(text, TEXT_SHOWN)),
        *(_missing(finding, words) for finding in sheet.findings),
        words("gate.choose"),
    )
    return choice_screen(
        shown,
        (_button(sheet, words, "gate.button_mend", Verb.COMPOSITION_EDIT),),
        (_button(sheet, words, "gate.button_as_is", Verb.COMPOSITION_AS_IS),),
        (_button(sheet, words, "desk.button_drop", Verb.COMPOSITION_DROP),),
    )


def why(sheet: CompositionSheet, words: Words) -> Screen:
    """The reason is asked for; whoever thinks again may mend the words."""
    return choice_screen(
        paragraph(words("gate.ask_reason", number=sheet.number), words("gate.ask_reason_how")),
        (_button(sheet, words, "gate.button_mend", Verb.COMPOSITION_EDIT),),
        (_button(sheet, words, "desk.button_drop", Verb.COMPOSITION_DROP),),
    )


def _missing(finding: Finding, words: Words) -> Html:
    quote = words("gate.quote", quote=clip(finding.quote, QUOTE_SHOWN)) if finding.quote else None
    rule = finding.rule.value
    return lines(words(f"gate.{rule}.reason"), quote, words(f"gate.{rule}.hint"))


def _button(sheet: CompositionSheet, words: Words, key: str, verb: Verb) -> Button:
    return Button(words(key), tap(verb, sheet.serial))
