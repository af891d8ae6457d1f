"""Whom a complaint accuses: who is known, who else may be meant, and who may be cleared."""

from __future__ import annotations

from locales.translator import Words
from services.desk_sheets import AccusedSheet
from services.handling import PAGE
from views.queue import turns_of
from views.screen import Button, Screen, choice_screen, clip, paragraph
from views.taps import Verb, tap

NAME_SHOWN = 55
"""UTF-16 units of a unit's name on a button."""


def screen(sheet: AccusedSheet, page: int, words: Words) -> Screen:
    """A tap on a unit accuses it, or clears it where the reader may do that."""
    start = page * PAGE
    names = ", ".join(clip(name, NAME_SHOWN) for _, name in sheet.accused)
    cleared = [
        Button(words("accused.button_clear", unit=clip(name, NAME_SHOWN)), tap(Verb.CLEAR, sheet.number, unit_id))
        for unit_id, name in (sheet.accused if sheet.may_clear and page == 0 else ())
    ]
    others = [
        Button(clip(name, NAME_SHOWN), tap(Verb.ACCUSE, sheet.number, unit_id))
        for unit_id, name in sheet.others[start : start + PAGE]
    ]
    return choice_screen(
        paragraph(
            words("accused.units", number=sheet.number, units=names)
            if names
            else words("accused.nobody", number=sheet.number),
            words("accused.ask") if others else None,
        ),
        *((button,) for button in (*cleared, *others)),
        *turns_of(page, words, Verb.ACCUSED, sheet.number, later=len(sheet.others) > start + PAGE),
        (Button(words("desk.button_show"), tap(Verb.SHOW, sheet.number)),),
    )
