"""A practice on the desks' own screens: their words and buttons, marked, and leading through a pretend complaint."""

from __future__ import annotations

from html import unescape

from domain.drafting import Purpose
from domain.lifecycle import Action, Role, Status
from domain.practice import Move, PracticeStep, Road
from locales.translator import Html, Words, tongues
from services.practice_sheets import PracticeSheet
from views import desk_case as cards
from views import desk_composition, letters_citizen, letters_staff, proposal
from views import practice_cases as pretend
from views.queue import queue_button, unverified_button
from views.screen import Button, Screen, choice_screen, numbered, paragraph
from views.taps import Tap, Verb, tap
from views.welcome import practise_button

S = PracticeStep

TOURS = (Role.INSPECTOR, Role.PROVINCE_HUB, Role.OBSERVER)

ASKED = {S.REPLY, S.REPLY_HELD, S.DONE, S.DONE_HELD}
"""Where an example may be taken instead of own words."""

HELD = {S.REPLY_HELD, S.DONE_HELD}

_VERBS = {
    Verb.TAKE: Move.TAKE,
    Verb.COMPOSITION_SEND: Move.SEND,
    Verb.COMPOSITION_EDIT: Move.REWRITE,
    Verb.COMPOSITION_DROP: Move.DROP,
    Verb.VERIFY: Move.VERIFY,
    Verb.UNITS: Move.UNITS,
    Verb.FORWARD: Move.FORWARD,
}
_PURPOSES = {Purpose.FOLLOW_UP.value: Move.WRITE, Purpose.DONE.value: Move.FINISH}


def screen(sheet: PracticeSheet, words: Words, *said: Html) -> Screen:
    """The step: the mark, what to do, the real screen, and the way out. `said` stands below the mark."""
    told = choice_screen(Html("")) if sheet.step in _LETTERS else _real(sheet, words)
    return choice_screen(
        paragraph(
            Html(f"<b>{words('practice.mark')}</b>"),
            *said,
            words("practice.astray") if sheet.astray else None,
            words(f"practice.step.{sheet.step.value}", **_labels(words)),
            _reads(sheet, words),
            unnumbered(told),
        ),
        *(tuple(_played(button, sheet) for button in row) for row in told.rows),
        *_examples(sheet, words),
        *_onward(sheet, words),
    )


def _labels(words: Words) -> dict[str, Html]:
    """What the buttons of the desks are called today, for the hints that speak of them."""
    return {name: words(key) for name, key in _LABELS.items()}


_LABELS = {
    "take": "desk.do.take",
    "reply": "desk.do.follow_up",
    "send": "desk.button_send",
    "finish": "desk.do.mark_done",
    "verify": "desk.do.forward",
    "forward": "proposal.button_forward",
    "by_class": "proposal.button_class",
    "other_unit": "proposal.button_other_unit",
}


def sample(sheet: PracticeSheet, words: Words) -> str:
    """An example of words for this step: at first one that the gate will hold, so that it is met once."""
    done = sheet.step in (S.DONE, S.DONE_HELD)
    key = "done" if done else "empty" if sheet.step is S.REPLY and sheet.text is None else "good"
    return unescape(words(f"practice.sample.{key}"))


def choose(roads: frozenset[Road], words: Words) -> Screen:
    """Whoever holds several offices chooses what to practise."""
    return choice_screen(words("practice.choose"), *((practise_button(road, words),) for road in Road if road in roads))


def tour(roles: frozenset[Role], words: Words) -> Screen:
    """One screen for those who read figures, or examine."""
    told = [words(f"practice.tour.{role.value}") for role in TOURS if role in roles]
    tries = ((practise_button(Road.UNIT, words),),) if Role.INSPECTOR in roles else ()
    help_ = (Button(words("welcome.button_help"), tap(Verb.HELP)),)
    return choice_screen(paragraph(words("practice.tour"), *told, words("practice.tour_end")), *tries, help_)


def left(words: Words) -> Screen:
    """It was left because its owner wished it, or because real work came."""
    return Screen(words("practice.left"))


def words_only(sheet: PracticeSheet, words: Words) -> Screen:
    """A file or a place is not kept in a practice: that is said, and the step stays."""
    return screen(sheet, words, words("practice.words_only"))


def is_practice(text: str) -> bool:
    """Whether a message is a screen of a practice, in whatever language; no card of a real complaint begins so."""
    return any(text.startswith(unescape(each("practice.mark"))) for each in tongues())


def _real(sheet: PracticeSheet, words: Words) -> Screen:
    """The screen of the desk as it is in earnest."""
    match sheet.step:
        case S.CARD:
            return cards.at_desk(pretend.officers_case(sheet, words), words, placed=False)
        case S.TAKEN:
            return cards.at_desk(pretend.officers_case(sheet, words), words, words("desk.taken_now"), placed=False)
        case S.DESK_CARD:
            return letters_staff.desk_card(pretend.desks_case("road", sheet, words), None, words)
        case S.PROPOSAL:
            return proposal.screen(pretend.proposal("road", pretend.ROADS, sheet, words), words)
        case S.CLASSES:
            return proposal.classes(pretend.NUMBERS["road"], pretend.SERIAL, words)
        case S.ASTRAY:
            return proposal.screen(pretend.proposal("waste", pretend.TRANSPORT, sheet, words), words)
        case S.UNITS:
            return proposal.units(pretend.proposal("waste", pretend.TRANSPORT, sheet, words), 0, words)
        case S.MENDED:
            return proposal.screen(pretend.proposal("waste", pretend.RIGHT, sheet, words), words)
        case _:
            return desk_composition.screen(pretend.composition(sheet, held=sheet.step in HELD), words)


def _reads(sheet: PracticeSheet, words: Words) -> Html | None:
    """What the citizen is told by what was just done."""
    if sheet.step not in _LETTERS:
        return None
    name, action, status = _LETTERS[sheet.step]
    at = {"road": pretend.ROADS, "waste": pretend.RIGHT}.get(name, pretend.HOUSING)
    unit = pretend.unit_name(at, words)
    said = (sheet.text or sample(sheet, words)) if action is not Action.FORWARD else None
    letter = letters_citizen.update(
        pretend.citizens_case(name, sheet, words, status, unit),
        pretend.event(action, sheet, unit, status, said),
        words,
    )
    return paragraph(words("practice.citizen_reads"), unnumbered(letter))


_LETTERS: dict[PracticeStep, tuple[str, Action, Status]] = {
    S.SENT: ("lamp", Action.FOLLOW_UP, Status.IN_PROGRESS),
    S.UNIT_END: ("lamp", Action.MARK_DONE, Status.DONE),
    S.FORWARDED: ("road", Action.FORWARD, Status.FORWARDED),
    S.DESK_END: ("waste", Action.FORWARD, Status.FORWARDED),
}


def _played(button: Button, sheet: PracticeSheet) -> Button:
    """The same button, asking the practice; one that it does not teach says so."""
    move, *particular = _move(button.tap)
    return Button(button.label, tap(Verb.PRACTICE, sheet.step, move, *particular))


def _move(told: Tap) -> tuple[object, ...]:
    match told:
        case Tap(Verb.COMPOSE, (_, purpose)):
            return (_PURPOSES.get(purpose, Move.ELSE),)
        case Tap(Verb.CHOOSE_CLASS, (_, _)):
            return (Move.CLASSES,)
        case Tap(Verb.CHOOSE_CLASS, (_, _, complaint_class)):
            return Move.CLASS, complaint_class
        case Tap(Verb.CHOOSE_UNIT, (_, _, unit, *_)):
            return (Move.RIGHT_UNIT if unit == str(pretend.RIGHT) else Move.WRONG_UNIT,)
        case _:
            return (_VERBS.get(told.verb, Move.ELSE),)


def _examples(sheet: PracticeSheet, words: Words) -> tuple[tuple[Button, ...], ...]:
    if sheet.step not in ASKED:
        return ()
    empty = sheet.step is S.REPLY and sheet.text is None
    label = words("practice.button_empty" if empty else "practice.button_good")
    return ((Button(label, tap(Verb.PRACTICE_SAMPLE, sheet.step)),),)


def _onward(sheet: PracticeSheet, words: Words) -> tuple[tuple[Button, ...], ...]:
    """What a letter to the citizen is followed by, and the way out; at the end, real work."""
    leave = (Button(words("practice.button_leave"), tap(Verb.PRACTICE_LEAVE)),)
    match sheet.step:
        case S.SENT:
            finish = Button(words("desk.do.mark_done"), tap(Verb.PRACTICE, sheet.step, Move.FINISH))
            return (finish,), leave
        case S.FORWARDED:
            return (Button(words("practice.button_next"), tap(Verb.PRACTICE, sheet.step, Move.NEXT)),), leave
        case S.UNIT_END:
            return (queue_button(words),), (_again(Road.UNIT, words),)
        case S.DESK_END:
            return (unverified_button(words),), (_again(Road.DESK, words),)
        case _:
            return (leave,)


def _again(road: Road, words: Words) -> Button:
    return Button(words("practice.button_again"), tap(Verb.PRACTISE, road))


def unnumbered(shown: Screen) -> Html:
    """The text of a screen without the list of its choices."""
    return Html(shown.text.removesuffix(numbered(shown.choices)).rstrip())
