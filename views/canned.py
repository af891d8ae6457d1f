"""Canned replies on screens: the list that a unit keeps, one of them, and the choice while words are written."""

from __future__ import annotations

from domain.canned import Gap
from domain.canned import filled as filled_in
from locales.translator import Html, Words
from services.canned import CannedList, CannedQuestion, CannedSheet, FillSheet
from views.dates import day_of
from views.queue import turns_of
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

TEXT_SHOWN = 3300
LABEL_SHOWN = 60


def kept(found: CannedList, words: Words) -> Screen:
    """What the units of the reader keep, each with one button, and how to keep another one."""
    several = len(found.units) > 1
    rows = tuple((Button(_label(each, several), tap(Verb.CANNED_SHOW, each.id)),) for each in found.replies)
    more = tuple((Button(_add(name, several, words), tap(Verb.CANNED_ADD, unit_id)),) for unit_id, name in found.units)
    turns = turns_of(found.page, words, Verb.CANNED, later=found.later)
    said = words("canned.list" if found.replies else "canned.none")
    return choice_screen(said, *rows, *turns, *more)


def one(sheet: CannedSheet, words: Words, *before: Html) -> Screen:
    """One of them, with what can be done with it."""
    shown = paragraph(
        *before, words("canned.one", title=sheet.title), words("told.said", text=clip(sheet.text, TEXT_SHOWN))
    )
    return choice_screen(
        shown,
        (Button(words("canned.button_change"), tap(Verb.CANNED_CHANGE, sheet.id)),),
        (Button(words("canned.button_remove"), tap(Verb.CANNED_REMOVE, sheet.id)),),
        (_back(words),),
    )


def ask(asked: CannedQuestion, words: Words) -> Screen:
    """One message: the title in the first line, the words below it, with the gaps that can be filled."""
    what = words("canned.ask_change", title=asked.title) if asked.title else words("canned.ask_new")
    gaps = ", ".join("{" + gap.value + "}" for gap in Gap)
    said = paragraph(lines(what, words("canned.for_unit", unit=asked.unit)), words("canned.how", gaps=gaps))
    return choice_screen(said, (Button(words("canned.button_stop"), tap(Verb.CANNED_STOP)),))


def ask_remove(sheet: CannedSheet, words: Words) -> Screen:
    """It is removed for the whole unit: really?"""
    return choice_screen(
        words("canned.ask_remove", title=sheet.title),
        (Button(words("canned.button_remove_now"), tap(Verb.CANNED_REMOVE, sheet.id, 1)),),
        (Button(words("canned.button_keep"), tap(Verb.CANNED_SHOW, sheet.id)),),
    )


def offered(found: CannedList, words: Words) -> Screen:
    """Which one shall it be, for the words that are being written?"""
    rows = (
        (Button(clip(each.title, LABEL_SHOWN), tap(Verb.CANNED_FILL, found.serial, each.id)),) for each in found.replies
    )
    turns = turns_of(found.page, words, Verb.CANNED_OFFER, found.serial, later=found.later)
    return choice_screen(words("canned.offered" if found.replies else "canned.none_now"), *rows, *turns)


def filled(sheet: FillSheet, words: Words) -> str:
    """The words with their gaps filled; raises `Unfillable` for what this complaint does not tell."""
    zone = sheet.time_zone
    return filled_in(
        sheet.text,
        {
            Gap.NUMBER: sheet.number,
            Gap.PLACE: sheet.place,
            Gap.UNIT: sheet.unit,
            Gap.GOVERNMENT: sheet.government,
            Gap.DUE: day_of(words, sheet.due_at, zone) if sheet.due_at else None,
            Gap.RECEIVED: day_of(words, sheet.received_at, zone),
            Gap.TODAY: day_of(words, sheet.now, zone),
        },
    )


def _label(sheet: CannedSheet, several: bool) -> str:
    return clip(f"{sheet.title} ({sheet.unit})" if several else sheet.title, LABEL_SHOWN)


def _add(unit: str, several: bool, words: Words) -> str:
    return words("canned.button_add_for", unit=clip(unit, LABEL_SHOWN)) if several else words("canned.button_add")


def _back(words: Words) -> Button:
    return Button(words("canned.button_back"), tap(Verb.CANNED, 0))
