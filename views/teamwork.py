"""Several units on one complaint: which shall help, which no more, what each said that gave it back; a nudge."""

from __future__ import annotations

from collections.abc import Sequence

from domain.lifecycle import DESK
from locales.translator import Html, Words
from services.case_sheets import CaseSheet, HandedBack
from services.desk_sheets import TeamSheet
from services.handling import PAGE
from views.dates import day_of
from views.queue import turns_of
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

NAME_SHOWN = 60
REASON_SHOWN = 500
"""UTF-16 units of what one unit said: two of them stand beside each other on a card."""

BESIDE = 2
"""How many returns stand side by side: the arbiter decides between the last two."""


def ask_unit(sheet: TeamSheet, page: int, words: Words) -> Screen:
    """Which unit shall help? The unit that leads stays the one whose clock counts."""
    key = "team.ask_unit" if sheet.unit_ids else "team.nobody"
    text = paragraph(words(key, number=sheet.number), _helping(sheet, words))
    units = tuple(zip(sheet.unit_ids, sheet.unit_names, strict=True))
    return _choice(text, units, page, words, (Verb.TEAM_ADD, Verb.TEAM), sheet.number)


def added(sheet: TeamSheet, words: Words) -> Screen:
    """It helps from now on."""
    text = paragraph(words("team.added", number=sheet.number), _helping(sheet, words))
    return choice_screen(text, (_show(sheet.number, words),))


def ask_helper(sheet: TeamSheet, page: int, words: Words) -> Screen:
    """Which unit has helped enough?"""
    text = words("team.ask_helper" if sheet.helpers else "team.no_helper", number=sheet.number)
    return _choice(text, sheet.helpers, page, words, (Verb.HELPER_OFF, Verb.HELPERS), sheet.number)


def removed(sheet: TeamSheet, words: Words) -> Screen:
    """It helps no more."""
    text = paragraph(words("team.removed", number=sheet.number), _helping(sheet, words))
    return choice_screen(text, (_show(sheet.number, words),))


def nudged(number: str, unit: str, words: Words) -> Screen:
    """The unit was reminded."""
    return choice_screen(words("team.nudged", number=number, unit=clip(unit, NAME_SHOWN)), (_show(number, words),))


def helping(names: tuple[str, ...], words: Words) -> Html | None:
    """The units that take part."""
    return words("team.helping", units=", ".join(clip(name, NAME_SHOWN) for name in names)) if names else None


def _helping(sheet: TeamSheet, words: Words) -> Html | None:
    return helping(tuple(name for _, name in sheet.helpers), words)


def side_by_side(case: CaseSheet, words: Words) -> Html | None:
    """What the units said that gave it back, the last two side by side, for the desk that decides."""
    if not case.handed_back or not case.roles & DESK:
        return None
    shown = case.handed_back[-BESIDE:]
    title = "team.arbiter" if case.at_arbiter else "team.handed_back"
    return paragraph(words(title), *(_said(each, case.time_zone, words) for each in shown))


def _choice(
    text: Html, units: Sequence[tuple[int, str]], page: int, words: Words, verbs: tuple[Verb, Verb], number: str
) -> Screen:
    """One page of units by name; of the verbs the first takes one, the second turns the page."""
    take, turn = verbs
    start = page * PAGE
    shown = units[start : start + PAGE]
    return choice_screen(
        text,
        *((Button(clip(name, NAME_SHOWN), tap(take, number, unit_id)),) for unit_id, name in shown),
        *turns_of(page, words, turn, number, later=len(units) > start + PAGE),
        (_show(number, words),),
    )


def _said(each: HandedBack, zone: str, words: Words) -> Html:
    return lines(
        words("team.said", unit=clip(each.unit or "", NAME_SHOWN), day=day_of(words, each.at, zone)),
        words("told.said", text=clip(each.reason, REASON_SHOWN)) if each.reason else None,
        words("team.owner", unit=clip(each.owner, NAME_SHOWN)) if each.owner else None,
    )


def _show(number: str, words: Words) -> Button:
    return Button(words("desk.button_show"), tap(Verb.SHOW, number))
