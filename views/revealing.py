"""An identity is to be opened: how to ask, how the asking stands, the second person's choice, and who it is."""

from __future__ import annotations

from domain.privacy import RevealState
from locales.translator import Html, Words
from services.reveal_sheets import IdentitySheet, RevealSheet
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

QUOTED = 400
"""UTF-16 units of a reason in one message."""

NAME_SHOWN = 200


def ask_how(words: Words, number: str | None = None) -> Screen:
    """How `/bukaidentitas` is written; for a number that is known, with a way back to it."""
    if number is None:
        return Screen(words("reveal.how"))
    return choice_screen(words("reveal.how_for", number=number), (_look(number, words),))


def standing(sheet: RevealSheet, words: Words) -> Screen:
    """How an asking stands for whoever asked; once it may be opened, with a warning beside the button."""
    text = paragraph(words(f"reveal.state.{sheet.state.value}", number=sheet.number), _why(sheet, words))
    if sheet.state is not RevealState.READY:
        return choice_screen(text, (_look(sheet.number, words),))
    warned = paragraph(text, words("reveal.warning"))
    opening = Button(words("reveal.button_show", number=sheet.number), tap(Verb.REVEAL_SHOW, sheet.id))
    return choice_screen(warned, (opening,), (_look(sheet.number, words),))


def approval(sheet: RevealSheet, words: Words) -> Screen:
    """What the second person is asked."""
    return choice_screen(
        paragraph(words("reveal.second", number=sheet.number), _why(sheet, words)),
        (Button(words("reveal.button_agree"), tap(Verb.REVEAL_AGREE, sheet.id)),),
        (Button(words("reveal.button_refuse"), tap(Verb.REVEAL_REFUSE, sheet.id)),),
        (_look(sheet.number, words),),
    )


def decided(sheet: RevealSheet, words: Words) -> Screen:
    """What the second person has decided."""
    key = "reveal.refused" if sheet.state is RevealState.REFUSED else "reveal.agreed"
    return choice_screen(words(key, number=sheet.number), (_look(sheet.number, words),))


def letter(sheet: RevealSheet, words: Words) -> Screen:
    """The asker learns the answer, everybody else is asked for one."""
    return standing(sheet, words) if sheet.mine else approval(sheet, words)


def identity(sheet: IdentitySheet, words: Words) -> Screen:
    """Who it is. This screen is sent at once and kept in no row."""
    known = (
        _named("reveal.given", sheet.shown_name, words),
        _named("reveal.name", sheet.name, words),
        _named("reveal.username", sheet.username, words),
    )
    told = lines(*known) if any(known) else words("reveal.unknown")
    text = paragraph(words("reveal.title", number=sheet.number), told, words("reveal.secret"))
    return choice_screen(text, (_look(sheet.number, words),))


def _named(key: str, name: str | None, words: Words) -> Html | None:
    return words(key, name=clip(name, NAME_SHOWN)) if name else None


def _why(sheet: RevealSheet, words: Words) -> Html:
    return words("reveal.reason", reason=clip(sheet.reason, QUOTED))


def _look(number: str, words: Words) -> Button:
    return Button(words("clock.button_show", number=number), tap(Verb.SHOW, number))
