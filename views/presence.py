"""Who else is at a complaint, said as an office, and what of the reader's own words is on its way."""

from __future__ import annotations

from locales.translator import Html, Words
from services.case_sheets import CaseSheet, ColleagueSheet
from services.composition_sheets import CompositionSheet
from views.dates import moment
from views.naming import role_name
from views.screen import Button, Screen, choice_screen, clip
from views.taps import Verb, tap

UNIT_SHOWN = 120


def colleague(sheet: ColleagueSheet, words: Words) -> Html:
    """Somebody by their office: never by a name or an account."""
    if not sheet.unit:
        return role_name(words, sheet.role)
    return words("desk.colleague", role=role_name(words, sheet.role), unit=clip(sheet.unit, UNIT_SHOWN))


def holder(case: CaseSheet, words: Words) -> Html | None:
    """Who has it in hand, and since when."""
    if case.holder is None:
        return None
    since = moment(words, case.holder.since, case.time_zone)
    return words("desk.held_by", who=colleague(case.holder, words), moment=since)


def writer(case: CaseSheet, words: Words) -> Html | None:
    """Who is writing about it just now."""
    return words("desk.written_by", who=colleague(case.writer, words)) if case.writer else None


def beside(sheet: CompositionSheet, words: Words) -> Html | None:
    """The warning to whoever writes while a colleague is at the same complaint."""
    return words("desk.beside", who=colleague(sheet.colleague, words)) if sheet.colleague else None


def on_its_way(case: CaseSheet, words: Words) -> Html | None:
    """The reader's own words that leave in some seconds."""
    if case.leaving is None:
        return None
    return words("desk.leaving", number=case.number, seconds=case.leaving.seconds)


def undo_button(case: CaseSheet, words: Words) -> tuple[Button, ...]:
    """Takes them back, while that is possible."""
    if case.leaving is None:
        return ()
    return (Button(words("desk.button_undo"), tap(Verb.COMPOSITION_UNDO, case.leaving.serial)),)


def take_over_button(case: CaseSheet, words: Words) -> tuple[Button, ...]:
    """Leads to the question whether one really wants to."""
    if case.holder is None:
        return ()
    return (Button(words("desk.do.take_over"), tap(Verb.TAKE_OVER, case.number)),)


def ask_take_over(case: CaseSheet, words: Words) -> Screen:
    """A colleague has it: is it to be taken out of their hands? The button names from whom."""
    taken = case.holder.event_id if case.holder else 0
    return choice_screen(
        words("desk.ask_take_over", number=case.number, held=holder(case, words) or ""),
        (Button(words("desk.button_take_over"), tap(Verb.TAKE_OVER, case.number, taken)),),
        (Button(words("desk.button_leave_it"), tap(Verb.SHOW, case.number)),),
    )
