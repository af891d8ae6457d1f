"""The language: which one somebody reads, and how another is found without reading this one."""

from __future__ import annotations

from locales.translator import Html, Words, tongues
from views.screen import Button, Screen, choice_screen, lines
from views.taps import Verb, tap


def screen(words: Words, offered: tuple[Words, ...]) -> Screen:
    """Every language under its own name."""
    buttons = ((Button(each("language.name"), tap(Verb.LANGUAGE, each.locale)),) for each in offered)
    return choice_screen(words("language.ask"), *buttons)


def hints(words: Words) -> Html | None:
    """How to change to each other language, said in that language: a telephone's own may be wrong."""
    return lines(*(each("language.hint") for each in tongues() if each.locale != words.locale)) or None
