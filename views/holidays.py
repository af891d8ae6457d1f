"""Free days as people say them: the date, the name, and whether it is only an estimate yet."""

from __future__ import annotations

from domain.calendar import Holiday
from locales.translator import Html, Words
from views.dates import day
from views.screen import clip

NAME_SHOWN = 80
"""UTF-16 units of the name of a day."""


def holiday_line(holiday: Holiday, words: Words) -> Html:
    """ "Senin, 16 Maret 2026: Idul Fitri (perkiraan)"."""
    return words("clock.holiday", day=day(words, holiday.on), name=holiday_name(holiday, words))


def holiday_name(holiday: Holiday, words: Words) -> Html:
    """The name, with a word where a moon sighting or a decree may still move it."""
    return words(
        "clock.holiday_estimated" if holiday.estimated else "clock.holiday_name", name=clip(holiday.name, NAME_SHOWN)
    )
