"""Verification in two taps: what the program proposes, and how to change it before the second tap."""

from __future__ import annotations

from domain.lifecycle import Action, ComplaintClass, Status
from locales.translator import Html, Words
from services.case_sheets import CaseSheet
from services.desk_sheets import ProposalSheet
from services.handling import PAGE
from views.desk_case import candidate, case_buttons, due, recording
from views.naming import class_name, designation, kind_name
from views.queue import turns_of, unverified_button
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap
from views.teamwork import side_by_side
from views.told import place_text, reporter

TEXT_SHOWN = 2200
"""UTF-16 units of the complaint; its whole text stands on its card."""

VALUE_SHOWN = 120
CANDIDATES_SHOWN = 3
NAME_SHOWN = 60
"""UTF-16 units of a label; phones cut longer ones."""

INSTEAD = frozenset({Action.WRITE_GIST, Action.HOLD, Action.PASS_ON, Action.ARCHIVE})
"""What a coordinator may do instead of forwarding."""

Row = tuple[Button, ...]


def screen(sheet: ProposalSheet, words: Words) -> Screen:
    """The first tap: class and unit with their reasons; the second one forwards."""
    return choice_screen(
        paragraph(
            _title(sheet.case, words),
            words("proposal.accuses") if sheet.case.accuses else None,
            side_by_side(sheet.case, words),
            recording(sheet.case, words),
            words("told.said", text=clip(sheet.case.text, TEXT_SHOWN)) if sheet.case.text else None,
            _told(sheet.case, words),
            _proposed(sheet, words),
            words("proposal.ask") if sheet.unit_id is not None else None,
        ),
        *_rows(sheet, words),
    )


def units(sheet: ProposalSheet, page: int, words: Words) -> Screen:
    """The units that may have it, proposed ones first, one page."""
    start = page * PAGE
    shown = tuple(zip(sheet.unit_ids, sheet.unit_names, strict=True))[start : start + PAGE]
    later = len(sheet.unit_ids) > start + PAGE
    return choice_screen(
        words("proposal.ask_unit", number=sheet.case.number),
        *((_button(clip(name, NAME_SHOWN), Verb.CHOOSE_UNIT, sheet, unit_id),) for unit_id, name in shown),
        *turns_of(page, words, Verb.UNITS, *_origin(sheet), sheet.complaint_class, later=later),
        (_button(words("proposal.button_back"), Verb.CHOOSE_CLASS, sheet, sheet.complaint_class),),
    )


def classes(number: str, serial: int, words: Words) -> Screen:
    """The classes, which set how long the resolution may take."""
    rows = ((Button(class_name(words, each), tap(Verb.CHOOSE_CLASS, number, serial, each)),) for each in ComplaintClass)
    return choice_screen(words("proposal.ask_class", number=number), *rows)


def forwarded(case: CaseSheet, words: Words) -> Screen:
    """It has left for the unit."""
    text = lines(
        words(
            "proposal.forwarded", number=case.number, unit=clip(case.unit or "", VALUE_SHOWN) or words("desk.no_unit")
        ),
        *(due(item, case.time_zone, words) for item in case.due),
    )
    show = Button(words("desk.button_show"), tap(Verb.SHOW, case.number))
    return choice_screen(text, (unverified_button(words),), (show,))


def _title(case: CaseSheet, words: Words) -> Html:
    key = "proposal.title" if case.status is Status.SUBMITTED else "proposal.title_again"
    return words(key, designation=designation(words, case.number, case.status))


def _told(case: CaseSheet, words: Words) -> Html:
    place = place_text(case.place, words) if case.place else None
    return lines(
        words("desk.kind", kind=kind_name(words, case.kind)),
        reporter(case, words),
        words("told.place", place=place) if place else None,
    )


def _proposed(sheet: ProposalSheet, words: Words) -> Html:
    """The class, the unit, and the citizen's own words that speak for it."""
    named = next((item for item in sheet.case.candidates if item.unit and item.unit == sheet.unit_name), None)
    because = clip(", ".join(named.because), VALUE_SHOWN) if named else None
    return lines(
        words("proposal.class", name=class_name(words, sheet.complaint_class)),
        words("proposal.unit", unit=clip(sheet.unit_name, VALUE_SHOWN)) if sheet.unit_name else _no_unit(sheet, words),
        words("desk.because", because=because) if because else None,
        words("proposal.unreachable") if sheet.unit_name and not sheet.reachable else None,
    )


def _no_unit(sheet: ProposalSheet, words: Words) -> Html:
    """Why no unit is proposed, and the offices elsewhere that might be meant."""
    if sheet.case.at_sp4n_desk:
        return words("proposal.at_sp4n")
    if sheet.case.accuses and not sheet.unit_ids:
        return words("proposal.no_inspectorate")
    elsewhere = (candidate(item, words) for item in sheet.case.candidates[:CANDIDATES_SHOWN])
    return lines(words("proposal.no_unit"), *elsewhere)


def _rows(sheet: ProposalSheet, words: Words) -> tuple[Row, ...]:
    """Confirm, change, or something else instead."""
    ready = sheet.unit_id is not None and not (sheet.case.voiced and not sheet.case.text)
    yes = (_button(words("proposal.button_forward"), Verb.FORWARD, sheet),) if ready else ()
    others = set(sheet.unit_ids) - {sheet.unit_id}
    unit = (_unit_button(sheet, words),) if others else ()
    by_class = (_button(words("proposal.button_class"), Verb.CHOOSE_CLASS, sheet),) if sheet.unit_ids else ()
    show = (Button(words("desk.button_show"), tap(Verb.SHOW, sheet.case.number)),)
    changes = tuple(row for row in (yes, unit, by_class) if row)
    return (*changes, *case_buttons(sheet.case, words, INSTEAD), show)


def _unit_button(sheet: ProposalSheet, words: Words) -> Button:
    key = "proposal.button_unit" if sheet.unit_id is None else "proposal.button_other_unit"
    return Button(words(key), tap(Verb.UNITS, *_origin(sheet), sheet.complaint_class, 0))


def _button(label: str, verb: Verb, sheet: ProposalSheet, *args: object) -> Button:
    return Button(label, tap(verb, *_origin(sheet), *args))


def _origin(sheet: ProposalSheet) -> tuple[str, int]:
    """What every button of a proposal carries: the number, for an old one to show how it stands, and the serial."""
    return sheet.case.number, sheet.serial
