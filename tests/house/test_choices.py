"""Whoever cannot see or tap buttons gets everywhere: every choice stands in the text with a number to type."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass, replace
from html import unescape
from typing import Any

import pytest

import views
from domain.drafting import CITIZEN_PURPOSES, Purpose
from domain.lifecycle import TABLE, Action, Audience, ClockKind
from domain.messages import Notice
from domain.ticket import find_numbers
from locales.translator import Html, Words, tongues, words_for
from services.case_sheets import EventSheet
from services.clock_sheets import LateSheet, MovedSheet
from services.letter_sheets import Letter
from tests.house.samples import every
from views.desk_composition import STAFF_PURPOSES
from views.screen import Screen
from views.spoken import choice

MAKERS = {"choice_screen"}
"""What only puts a screen together."""

RECALLED = {"spoken.recalled"}
"""Makes what was shown once, and kept, a screen again."""

PARTS = {"emergency.numbers", "menus.group_answer", *RECALLED}
"""What never stands alone, what says where to go instead, and what was shown before and is only read again."""

LOOSE = {inspect.Parameter.VAR_POSITIONAL}
PURPOSES = {"desk_composition": STAFF_PURPOSES, "citizen_composition": CITIZEN_PURPOSES}


def views_of_the_house() -> Iterator[tuple[str, Callable[..., Screen]]]:
    """Every function that makes a screen, by its name."""
    for found in pkgutil.iter_modules(views.__path__):
        module = importlib.import_module(f"views.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_") and name not in MAKERS
            if own and typing.get_type_hints(function)["return"] is Screen:
                yield f"{found.name}.{name}", function


STAFF = {Audience.UNIT, Audience.COORDINATOR, Audience.ARBITER, Audience.ASKER}
VIEWS = dict(views_of_the_house())


def screens(name: str, words: Words) -> Iterator[Screen]:
    """The screen of everything, and those that differ from it in one point of what they tell."""
    function = VIEWS[name]
    parameters = {key: each for key, each in inspect.signature(function).parameters.items() if each.kind not in LOOSE}
    kinds = {key: kind for key, kind in typing.get_type_hints(function).items() if key in parameters}
    known: dict[str, Any] = {"words": words, "offered": tongues()}
    values = {key: [known[key]] if key in known else told(name, key, kind) for key, kind in kinds.items()}
    base = {key: each[0] for key, each in values.items()}
    yield function(**base)
    for key, each in values.items():
        yield from (function(**base | {key: value}) for value in each[1:])


def told(name: str, key: str, kind: Any) -> list[Any]:
    """What a view can be told; words of officers are asked for by one view and words of citizens by another."""
    purposes = PURPOSES.get(name.partition(".")[0], STAFF_PURPOSES | CITIZEN_PURPOSES)
    return [fit for value in every(kind, key) for fit in fitting(value, purposes) if happens(name, fit)]


def happens(name: str, value: Any) -> bool:
    """Whether a view is ever given this: some letters tell of some things only."""
    match name, value:
        case "letters_citizen.update", EventSheet(action=Action() as action):
            return any(Audience.CITIZEN in row.told for (_, each), row in TABLE.items() if each is action)
        case "letters_staff.desk_update", EventSheet(action=Action() as action):
            return any(STAFF & set(row.told) for (_, each), row in TABLE.items() if each is action)
        case "letters_clock.late", LateSheet():
            return value.clock is not ClockKind.REACT
        case "letters_clock.moved", MovedSheet():
            return bool(value.lines)
        case "letters_clock.escalation", tuple():
            return bool(value)
        case "letters.render", Letter():
            return value.case is not None and value.kind is not Notice.FILE_PROBLEM
        case _:
            return True


def fitting(value: Any, purposes: frozenset[Purpose]) -> Iterator[Any]:
    """The value; with a purpose that the view knows, where it has one that it does not."""
    if isinstance(value, Purpose):
        yield from (value,) if value in purposes else ()
    elif not is_dataclass(value):
        yield value
    else:
        inner = {each: getattr(value, each) for each in ("purpose", "writing") if hasattr(value, each)}
        wrong = [each for each, held in inner.items() if getattr(held, "purpose", held) not in (purposes | {None})]
        if not wrong:
            yield value
        for purpose in purposes if wrong else ():
            held = inner[wrong[0]]
            yield replace(value, **{wrong[0]: replace(held, purpose=purpose) if is_dataclass(held) else purpose})


def lines_of(text: Html) -> list[str]:
    return [line.strip() for line in unescape(re.sub(r"</?[a-z][^>]*>", "", text)).splitlines()]


@pytest.mark.parametrize("name", sorted(VIEWS.keys() - PARTS))
def test_no_screen_is_a_dead_end(name: str) -> None:
    """There is a choice, or a command is named."""
    shut = [screen.text for screen in screens(name, words_for("id")) if not screen.choices]
    assert [text for text in shut if not re.search(r"(^|[\s>])/[a-z]{3,}", text)] == []


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", sorted(VIEWS.keys() - RECALLED))
def test_every_choice_of_every_screen_can_be_read_and_typed(name: str, language: str) -> None:
    words = words_for(language)
    seen = 0
    for screen in screens(name, words):
        seen += 1
        lines = lines_of(screen.text)
        for place, button in enumerate(screen.choices, start=1):
            about = f"{place}. {button.label}\n\n{screen.text}"
            named = (button.label, *find_numbers(button.label))
            assert any(line.startswith(f"{place}. ") and any(name in line for name in named) for line in lines), about
            assert button.label[0].isalnum(), f"a label starts with a word: {button.label}"
            assert choice(screen, words, str(place)) == button.tap, about
            assert choice(screen, words, f"{place}.") == button.tap, about
    assert seen
