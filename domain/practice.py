"""A first day: a pretend complaint to try one's hand on. Which roads there are, and what leads from step to step.

The complaint of a practice is told by words of the catalogues and stands in no register: nothing that counts, measures,
exports, audits or delivers complaints can meet it.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from domain.lifecycle import DESK, Role
from domain.permissions import Actor

LASTS = timedelta(days=1)
"""How long a practice waits for its next step; whoever comes later has forgotten it."""


class Road(StrEnum):
    """What somebody practises."""

    UNIT = "unit"
    DESK = "desk"
    TOUR = "tour"


class PracticeStep(StrEnum):
    """Where somebody stands on the road of a unit, or on that of a desk. The last of each is shown and not kept."""

    CARD = "card"
    TAKEN = "taken"
    REPLY = "reply"
    REPLY_HELD = "reply_held"
    REPLY_PREVIEW = "reply_preview"
    SENT = "sent"
    DONE = "done"
    DONE_HELD = "done_held"
    DONE_PREVIEW = "done_preview"
    UNIT_END = "unit_end"

    DESK_CARD = "desk_card"
    PROPOSAL = "proposal"
    CLASSES = "classes"
    FORWARDED = "forwarded"
    ASTRAY = "astray"
    UNITS = "units"
    MENDED = "mended"
    DESK_END = "desk_end"


class Move(StrEnum):
    """What somebody does. `HELD`, `PASSED`: words, as the gate judges them; `ELSE`: what a practice does not teach."""

    TAKE = "take"
    WRITE = "write"
    HELD = "held"
    PASSED = "passed"
    REWRITE = "rewrite"
    SEND = "send"
    FINISH = "finish"
    DROP = "drop"

    VERIFY = "verify"
    CLASSES = "classes"
    CLASS = "class"
    FORWARD = "forward"
    NEXT = "next"
    UNITS = "units"
    RIGHT_UNIT = "right"
    WRONG_UNIT = "wrong"

    ELSE = "else"


_S, _M = PracticeStep, Move


def _writing(
    asked: PracticeStep, held: PracticeStep, preview: PracticeStep, back: PracticeStep
) -> dict[tuple[PracticeStep, Move], PracticeStep]:
    """Words are judged wherever they are written, shown before they leave, and can be dropped."""
    led = {_M.HELD: held, _M.PASSED: preview, _M.DROP: back}
    judged = {(step, move): to for step in (asked, held, preview) for move, to in led.items()}
    return judged | {(held, _M.REWRITE): asked, (preview, _M.REWRITE): asked}


TABLE: dict[tuple[PracticeStep, Move], PracticeStep] = {
    (_S.CARD, _M.TAKE): _S.TAKEN,
    (_S.TAKEN, _M.WRITE): _S.REPLY,
    **_writing(_S.REPLY, _S.REPLY_HELD, _S.REPLY_PREVIEW, _S.TAKEN),
    (_S.REPLY_PREVIEW, _M.SEND): _S.SENT,
    (_S.SENT, _M.FINISH): _S.DONE,
    **_writing(_S.DONE, _S.DONE_HELD, _S.DONE_PREVIEW, _S.SENT),
    (_S.DONE_PREVIEW, _M.SEND): _S.UNIT_END,
    (_S.DESK_CARD, _M.VERIFY): _S.PROPOSAL,
    (_S.PROPOSAL, _M.CLASSES): _S.CLASSES,
    (_S.CLASSES, _M.CLASS): _S.PROPOSAL,
    (_S.PROPOSAL, _M.FORWARD): _S.FORWARDED,
    (_S.FORWARDED, _M.NEXT): _S.ASTRAY,
    (_S.ASTRAY, _M.UNITS): _S.UNITS,
    (_S.UNITS, _M.CLASS): _S.ASTRAY,
    (_S.UNITS, _M.WRONG_UNIT): _S.ASTRAY,
    (_S.UNITS, _M.RIGHT_UNIT): _S.MENDED,
    (_S.MENDED, _M.FORWARD): _S.DESK_END,
}
"""From step to step; what stands not here leads nowhere, and the step is shown again with what it is about."""

FIRST = {Road.UNIT: _S.CARD, Road.DESK: _S.DESK_CARD}
"""Where a road begins; a tour is one screen and has no steps."""

ENDS = frozenset({_S.UNIT_END, _S.DESK_END})

WRITING = frozenset({_S.REPLY, _S.REPLY_HELD, _S.REPLY_PREVIEW, _S.DONE, _S.DONE_HELD, _S.DONE_PREVIEW})
"""Steps that take words."""

_ROADS: dict[Road, frozenset[Role]] = {
    Road.DESK: DESK,
    Road.UNIT: frozenset({Role.OFFICER, Role.UNIT_HEAD, Role.INSPECTOR}),
    Road.TOUR: frozenset({Role.INSPECTOR, Role.PROVINCE_HUB, Role.OBSERVER}),
}


def after(step: PracticeStep, move: Move) -> PracticeStep:
    """Where a move leads."""
    return TABLE.get((step, move), step)


def roads(actor: Actor) -> tuple[Road, ...]:
    """What somebody may practise, by the roles that they hold; nothing for whoever has no office."""
    return tuple(road for road, roles in _ROADS.items() if actor.holds(*roles))


def road_of(role: Role) -> Road | None:
    """What somebody begins with who has just been given a role: an inspector sees round before they try."""
    return next((road for road in (Road.TOUR, *_ROADS) if role in _ROADS[road]), None)
