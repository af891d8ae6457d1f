"""Choices that were typed: by their number, by their label, or by another name that people have for them."""

from __future__ import annotations

import re

from locales.translator import Words
from views.screen import Button, Screen
from views.taps import Tap

_NUMBER = re.compile(r"(?:no(?:mor)? ?)?(\d{1,2})")


def choice(screen: Screen, words: Words, text: str) -> Tap | None:
    """What the typed words choose on a screen; None if they choose nothing there."""
    said = bare(text)
    return _by_number(screen, said) or _by_name(screen, words, said)


def bare(text: str) -> str:
    """The words without capitals, marks and double spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def _by_number(screen: Screen, said: str) -> Tap | None:
    number = _NUMBER.fullmatch(said)
    place = int(number[1]) if number else 0
    return screen.choices[place - 1].tap if 0 < place <= len(screen.choices) else None


def _by_name(screen: Screen, words: Words, said: str) -> Tap | None:
    return next((button.tap for button in screen.choices if said and said in names(button, words)), None)


def names(button: Button, words: Words) -> set[str]:
    """The label, and what the catalogue knows as other names of this choice."""
    # Ids and the numbers of complaints carry no meaning; coded answers are written small.
    particulars = [arg for arg in button.tap.args if arg.islower()]
    key = ".".join(("say", button.tap.verb.value, *particulars))
    others = words(key).split("|") if words.has(key) else ()
    return {bare(name) for name in (button.label, *others)}
