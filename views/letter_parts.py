"""What letters share: the number, quoted words, due dates, and the buttons that the rules leave open."""

from __future__ import annotations

from collections.abc import Iterable

from domain.lifecycle import TABLE, Action, ClockKind, Role
from locales.translator import Html, Words
from services.case_sheets import CaseSheet
from views.acts import TAPS
from views.dates import moment
from views.screen import Button, clip, lines
from views.taps import Verb, tap

QUOTED = 1200
"""UTF-16 units of somebody's words in one letter; the whole text stands behind the button."""

Row = tuple[Button, ...]


def number_line(case: CaseSheet, words: Words) -> Html:
    """The number, so that a tap on it copies it."""
    return words("letter.number", number=case.number)


def quoted(text: str | None, words: Words, limit: int = QUOTED) -> Html | None:
    """Somebody's words, cut before they are escaped."""
    return words("told.said", text=clip(text, limit)) if text else None


def due_moment(case: CaseSheet, words: Words, clock: ClockKind) -> Html | None:
    """When a deadline falls, in the zone of the office; None when it does not run."""
    running = (due.due_at for due in case.due if due.clock is clock and not due.paused)
    due_at = next(running, None)
    return moment(words, due_at, case.time_zone) if due_at else None


def due_lines(case: CaseSheet, words: Words, *clocks: ClockKind) -> Html | None:
    """The deadlines that run, among those named, in their order."""
    moments = {clock: due_moment(case, words, clock) for clock in clocks}
    found = (words(f"letter.due.{clock.value}", moment=at) for clock, at in moments.items() if at)
    return lines(*found) or None


def offers(case: CaseSheet, words: Words, actions: Iterable[Action]) -> tuple[Row, ...]:
    """A button for each action that is open to the reader now, and one to see the whole case."""
    acts = tuple((_button(action, case.number, words),) for action in actions if action in case.actions)
    return (*acts, (Button(words("letter.button.show"), tap(Verb.SHOW, case.number)),))


def _button(action: Action, number: str, words: Words) -> Button:
    where = "case" if action in _BY_CITIZEN else "desk"
    return Button(words(f"{where}.do.{action.value}"), TAPS[action](number))


_BY_CITIZEN = frozenset(action for (_, action), row in TABLE.items() if Role.CITIZEN in row.who)
"""A button says the same in a letter and on a screen: citizens read theirs, the desks read theirs."""


def supporters_line(case: CaseSheet, words: Words) -> Html | None:
    """How many people have this trouble, where it is more than one."""
    return words("support.count", count=case.supporters + 1) if case.supporters else None
