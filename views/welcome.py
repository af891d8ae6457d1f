"""The first words: the welcome, the help, and what is said when nothing is under way."""

from __future__ import annotations

from domain.lifecycle import Role
from domain.practice import Road, road_of
from locales.translator import Html, Words
from services.directory import Joined
from views.language import hints
from views.menus import at_work
from views.naming import role_name
from views.screen import Button, Screen, choice_screen, lines, paragraph
from views.taps import Verb, tap

WATCHING = (Role.PROVINCE_HUB, Role.OBSERVER)
"""Who sees how many complaints there are, and none of them."""


def welcome(words: Words) -> Screen:
    """What this is for, and that one may simply begin to tell."""
    text = paragraph(words("welcome.greeting"), words("welcome.begin"), hints(words))
    return choice_screen(text, *first_choices(words))


def first_choices(words: Words) -> tuple[tuple[Button, ...], ...]:
    """What somebody may do who has just come."""
    return (report_button(words),), (_mine(words),), (_help(words),)


def guide(words: Words, menu: str = "citizen") -> Screen:
    """How to use it, on one screen; whoever works here reads the commands of their office first."""
    duties = at_work(words, menu)
    about = (words("guide.title"), words("guide.tell"))
    if duties:
        about = (lines(words("guide.at_work"), *(_command(*each, words) for each in duties)), words("guide.also"))
    text = paragraph(*about, words("guide.commands"), words("guide.answers"))
    return choice_screen(text, (report_button(words),), (_mine(words),))


def _command(name: str, what: str, words: Words) -> Html:
    return words("guide.command", name=name, what=what)


def invited(joined: Joined, words: Words) -> Screen:
    """An invitation was redeemed: what the person is now, where, and what comes next."""
    office = ", ".join(name for name in (joined.unit, joined.government) if name)
    role = role_name(words, joined.role)
    taken = words("welcome.invited", role=role, office=office) if office else words("welcome.invited_nation", role=role)
    road = road_of(joined.role)
    practise = ((practise_button(road, words),),) if road else ()
    return choice_screen(
        paragraph(taken, words("welcome.invited_figures" if joined.role in WATCHING else "welcome.invited_next")),
        *practise,
    )


def nothing_to_stop(words: Words) -> Screen:
    """/batal, and there was nothing to stop."""
    return choice_screen(words("welcome.nothing_to_stop"), (report_button(words),), (_mine(words),))


def report_button(words: Words) -> Button:
    """To a new complaint."""
    return Button(words("welcome.button_report"), tap(Verb.START_REPORT))


def practise_button(road: Road, words: Words) -> Button:
    """To a first day's practice."""
    return Button(words(f"practice.begin.{road.value}"), tap(Verb.PRACTISE, road))


def _mine(words: Words) -> Button:
    return Button(words("welcome.button_mine"), tap(Verb.MY_REPORTS))


def _help(words: Words) -> Button:
    return Button(words("welcome.button_help"), tap(Verb.HELP))
