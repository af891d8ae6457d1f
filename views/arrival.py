"""The welcome of whoever comes by a poster or a link."""

from __future__ import annotations

from locales.translator import Html, Words
from services.draft_sheets import VisitSheet
from views import welcome
from views.naming import sector_name
from views.screen import Button, Screen, choice_screen, clip, paragraph
from views.taps import Verb, tap

TITLE_SHOWN = 80


def arrived(visit: VisitSheet, words: Words) -> Screen:
    """What the link is about, and that one may begin; an open draft is offered first and never written over."""
    if not visit.known:
        return welcome.welcome(words)
    about = words("arrival.about", title=_title(visit, words))
    if visit.draft_id is None:
        text = paragraph(words("arrival.greeting"), about, words("arrival.begin"))
        return choice_screen(text, *welcome.first_choices(words))
    return choice_screen(
        paragraph(about, words("arrival.draft_open")),
        (Button(words("arrival.button_go_on"), tap(Verb.START_REPORT)),),
        (Button(words("arrival.button_adopt"), tap(Verb.ADOPT, visit.draft_id)),),
    )


def _title(visit: VisitSheet, words: Words) -> str | Html:
    """The headline of the poster, or else its office or subject."""
    if visit.headline or visit.unit:
        return clip(visit.headline or visit.unit or "", TITLE_SHOWN)
    return sector_name(words, visit.sector) if visit.sector else words("arrival.any_subject")
