"""What each action is asked for by: the tap behind its button, on cards, in letters and on the citizen's screens."""

from __future__ import annotations

from collections.abc import Callable

from domain.drafting import Purpose
from domain.lifecycle import Action
from domain.requests import RequestKind
from views.taps import Tap, Verb, tap


def _compose(purpose: Purpose) -> Callable[[str], Tap]:
    return lambda number: tap(Verb.COMPOSE, number, purpose)


def _verb(verb: Verb) -> Callable[[str], Tap]:
    return lambda number: tap(verb, number)


BY_CITIZEN: dict[Action, Callable[[str], Tap]] = {
    Action.ANSWER: _compose(Purpose.ANSWER),
    Action.CONFIRM: _verb(Verb.CONFIRM),
    Action.REOPEN: _compose(Purpose.REOPEN),
    Action.RATE: _verb(Verb.RATE),
    Action.ADD_INFORMATION: _compose(Purpose.ADD_INFORMATION),
    Action.OBJECT: _compose(Purpose.OBJECT),
    Action.WITHDRAW: _compose(Purpose.WITHDRAW),
}
"""What its citizen may do, in the order of the buttons."""

AT_DESK: dict[Action, Callable[[str], Tap]] = {
    Action.WRITE_GIST: _compose(Purpose.GIST),
    Action.TAKE: _verb(Verb.TAKE),
    Action.FOLLOW_UP: _compose(Purpose.FOLLOW_UP),
    Action.ASK_CITIZEN: _compose(Purpose.ASK_CITIZEN),
    Action.MARK_DONE: _compose(Purpose.DONE),
    Action.RETURN: lambda number: tap(Verb.ASK_KIND, number, RequestKind.RETURN, 0),
    Action.REQUEST: _verb(Verb.ASK),
    Action.RELEASE: _verb(Verb.RELEASE),
    Action.FORWARD: _verb(Verb.VERIFY),
    Action.REFORWARD: _verb(Verb.VERIFY),
    Action.HOLD: _compose(Purpose.HOLD),
    Action.PASS_ON: _compose(Purpose.PASS_ON),
    Action.MERGE: _verb(Verb.MERGE),
    Action.ANNOUNCE: _compose(Purpose.ANNOUNCE),
    Action.ADD_UNIT: lambda number: tap(Verb.TEAM, number, 0),
    Action.REMOVE_UNIT: lambda number: tap(Verb.HELPERS, number, 0),
    Action.NUDGE: _verb(Verb.NUDGE),
    Action.NOTE: _compose(Purpose.NOTE),
    Action.ARCHIVE: _verb(Verb.ARCHIVE_REASON),
    Action.RECORD_SP4N: _compose(Purpose.RECORD_SP4N),
    Action.REVEAL: _verb(Verb.REVEAL_ASK),
}
"""What may be done at a desk, the daily ones first."""

TAPS = BY_CITIZEN | AT_DESK
