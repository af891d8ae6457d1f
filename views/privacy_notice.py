"""The privacy notice: shown once before the first complaint, short and true."""

from __future__ import annotations

from locales.translator import Html, Words
from views.language import hints
from views.screen import Button, Screen, choice_screen, paragraph
from views.taps import Verb, tap

VERSION = "3"
"""Kept with the time of reading; a notice that says something new gets a new version and is shown again."""


def screen(words: Words) -> Screen:
    """What is kept, who sees it, what must not be sent; read with one tap."""
    text = paragraph(*told(words), hints(words))
    return choice_screen(text, (Button(words("notice.button"), tap(Verb.NOTICE_READ, VERSION)),))


def told(words: Words) -> tuple[Html, ...]:
    """The paragraphs of the notice."""
    return words("notice.kept"), words("notice.seen"), words("notice.abroad"), words("notice.rights")
