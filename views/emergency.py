"""What people read when their words tell of danger: numbers to call first, and then whether to go on."""

from __future__ import annotations

from collections.abc import Sequence

from locales.translator import Html, Words
from services.emergency import EmergencySheet
from views.screen import Button, Screen, choice_screen, lines, paragraph
from views.taps import Verb, tap


def numbers(found: Sequence[EmergencySheet], words: Words) -> Screen:
    """The numbers, the most important first."""
    calls = (words("emergency.number", number=call.number, label=call.label) for call in found)
    return Screen(paragraph(words("emergency.call_first"), lines(*calls)))


def not_heard(why: Html, found: Sequence[EmergencySheet], words: Words) -> Html:
    """Why somebody cannot be heard just now; whoever is in danger learns whom to call instead."""
    return paragraph(why, numbers(found, words).text if found else None)


def ask_go_on(words: Words, *, kept: bool) -> Screen:
    """Tetap lapor? `kept`: the words of danger were taken; if not, what was told before them still stands."""
    return choice_screen(
        words("emergency.kept" if kept else "emergency.kept_before"),
        (Button(words("emergency.button_go_on"), tap(Verb.GO_ON)),),
        (Button(words("emergency.button_later"), tap(Verb.LATER)),),
    )


def later(words: Words) -> Screen:
    """The person sees to the danger first."""
    return Screen(words("emergency.later"))
