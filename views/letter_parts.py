"""What letters share: the number, quoted words, due dates, and the buttons that the rules leave open."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from domain.drafting import Purpose
from domain.lifecycle import TABLE, Action, ClockKind, Role
from locales.translator import Html, Words
from services.sheets import CaseSheet
from views.dates import moment
from views.screen import Button, clip, lines
from views.taps import Tap, Verb, tap

QUOTED = 1200
"""UTF-16 units of somebody's words in one letter; the whole text stands behind the button."""

Row = tuple[Button, ...]


def number_line(case: CaseSheet, words: Words) -> Html:
    """The number, so that a tap on it copies it."""
    return words("letter.number", number=case.number)


def quoted(text: str | None, words: Words, limit: int = QUOTED) -> Html | None:
    """Somebody's words, cut before they are escaped."""
    return words("letter.said", text=clip(text, limit)) if text else None


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
    return Button(words(f"{where}.do.{action.value}"), _TAPS[action](number))


def _compose(purpose: Purpose) -> Callable[[str], Tap]:
    return lambda number: tap(Verb.COMPOSE, number, purpose)


def _verb(verb: Verb) -> Callable[[str], Tap]:
    return lambda number: tap(verb, number)


_TAPS: dict[Action, Callable[[str], Tap]] = {
    Action.ANSWER: _compose(Purpose.ANSWER),
    Action.ADD_INFORMATION: _compose(Purpose.ADD_INFORMATION),
    Action.CONFIRM: _verb(Verb.CONFIRM),
    Action.REOPEN: _compose(Purpose.REOPEN),
    Action.RATE: _verb(Verb.RATE),
    Action.OBJECT: _compose(Purpose.OBJECT),
    Action.TAKE: _verb(Verb.TAKE),
    Action.FOLLOW_UP: _compose(Purpose.FOLLOW_UP),
    Action.MARK_DONE: _compose(Purpose.DONE),
    Action.NOTE: _compose(Purpose.NOTE),
    Action.FORWARD: _verb(Verb.VERIFY),
    Action.REFORWARD: _verb(Verb.VERIFY),
    Action.WRITE_GIST: _compose(Purpose.GIST),
}

_BY_CITIZEN = frozenset(action for (_, action), row in TABLE.items() if Role.CITIZEN in row.who)
"""A button says the same in a letter and on a screen: citizens read theirs, the desks read theirs."""


def supporters_line(case: CaseSheet, words: Words) -> Html | None:
    """How many people have this trouble, where it is more than one."""
    return words("support.count", count=case.supporters + 1) if case.supporters else None
