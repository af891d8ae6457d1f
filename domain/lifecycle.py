"""The life of a complaint as one table: (status, action) -> what follows, who may, who is told, which clocks move.

Transitions, permissions, buttons, notices and the diagram of the README are all read from `TABLE`.
Statuses and the six official buckets follow SP4N-LAPOR!; the mapping is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the citizen says it is (jenis laporan)."""

    COMPLAINT = "complaint"
    ASPIRATION = "aspiration"
    INFORMATION = "information"


class ComplaintClass(StrEnum):
    """What the coordinator says it is; it sets the limit of the resolution clock (PermenPANRB 5/2025)."""

    INFORMATION = "information"
    ASPIRATION = "aspiration"
    ORDINARY = "ordinary"
    SUPERVISORY = "supervisory"


class Status(StrEnum):
    """Where a complaint stands."""

    SUBMITTED = "submitted"
    FORWARDED = "forwarded"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"
    ON_HOLD = "on_hold"
    ARCHIVED = "archived"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class Bucket(StrEnum):
    """The six official statuses of SP4N-LAPOR!."""

    UNVERIFIED = "Belum Terverifikasi"
    FORWARDED = "Terdisposisi Belum Ditindaklanjuti"
    IN_PROGRESS = "Terdisposisi Sedang Diproses"
    DONE = "Terdisposisi Selesai"
    ON_HOLD = "Tertunda"
    ARCHIVE = "Arsip"


BUCKETS: dict[Status, Bucket] = {
    Status.SUBMITTED: Bucket.UNVERIFIED,
    Status.FORWARDED: Bucket.FORWARDED,
    Status.IN_PROGRESS: Bucket.IN_PROGRESS,
    Status.DONE: Bucket.DONE,
    Status.CLOSED: Bucket.DONE,
    Status.ON_HOLD: Bucket.ON_HOLD,
    Status.ARCHIVED: Bucket.ARCHIVE,
    Status.MERGED: Bucket.ARCHIVE,
    Status.WITHDRAWN: Bucket.ARCHIVE,
}


class Role(StrEnum):
    """In what capacity somebody acts. One person may hold several, each with its scope."""

    CITIZEN = "citizen"
    SUPPORTER = "supporter"
    OFFICER = "officer"
    UNIT_HEAD = "unit_head"
    COORDINATOR = "coordinator"
    INSPECTOR = "inspector"
    PARTICIPANT = "participant"
    PROVINCE_HUB = "province_hub"
    NATIONAL_ADMIN = "national_admin"
    OBSERVER = "observer"
    SYSTEM = "system"


class Action(StrEnum):
    """What can be done to a complaint that exists."""

    ADD_INFORMATION = "add_information"
    ANSWER = "answer"
    SUPPORT = "support"
    ASK_SECRECY = "ask_secrecy"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    RATE = "rate"
    OBJECT = "object"

    FORWARD = "forward"
    REFORWARD = "reforward"
    PASS_ON = "pass_on"
    ADD_UNIT = "add_unit"
    REMOVE_UNIT = "remove_unit"
    CHANGE_CLASS = "change_class"
    MAKE_SECRET = "make_secret"
    WRITE_GIST = "write_gist"
    HOLD = "hold"
    RESUME = "resume"
    EXTEND = "extend"
    ARCHIVE = "archive"
    MERGE = "merge"
    ANNOUNCE = "announce"
    DECIDE_REQUEST = "decide_request"
    NUDGE = "nudge"
    RELEASE_FILE = "release_file"
    REVEAL = "reveal"
    ACCUSE = "accuse"
    CLEAR = "clear"
    RECORD_SP4N = "record_sp4n"

    TAKE = "take"
    RELEASE = "release"
    NOTE = "note"
    ASK_CITIZEN = "ask_citizen"
    FOLLOW_UP = "follow_up"
    MARK_DONE = "mark_done"
    REQUEST = "request"
    RETURN = "return"

    HAND_OVER = "hand_over"
    ESCALATE = "escalate"
    CLOSE = "close"


class ClockKind(StrEnum):
    """The clocks of a complaint; each counts by itself, none is chained to another."""

    VERIFY = "verify"
    FIRST_FOLLOW_UP = "first_follow_up"
    RESOLVE = "resolve"
    REACT = "react"


class ClockEffect(StrEnum):
    """What an action does to a clock."""

    START = "start"
    START_IF_NEW = "start_if_new"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"


class Audience(StrEnum):
    """Who is told of an action."""

    CITIZEN = "citizen"
    SUPPORTERS = "supporters"
    UNIT = "unit"
    COORDINATOR = "coordinator"
    ASKER = "asker"
    ARBITER = "arbiter"


class Back(StrEnum):
    """A target that is not a fixed status."""

    BEFORE_HOLD = "before_hold"


@dataclass(frozen=True)
class Transition:
    """What follows when an action is taken in a status."""

    to: Status | Back
    who: frozenset[Role]
    told: tuple[Audience, ...] = ()
    clocks: tuple[tuple[ClockKind, ClockEffect], ...] = ()

    def target(self, held_from: Status | None) -> Status:
        """The status that follows; `held_from` is the status that the hold interrupted."""
        if isinstance(self.to, Status):
            return self.to
        return held_from or Status.SUBMITTED


CITIZEN = frozenset({Role.CITIZEN})
DESK = frozenset({Role.COORDINATOR, Role.NATIONAL_ADMIN})
WORKERS = frozenset({Role.OFFICER, Role.UNIT_HEAD, Role.INSPECTOR})
SYSTEM = frozenset({Role.SYSTEM})
NEIGHBOURS = frozenset({Role.SUPPORTER})
HELPERS = frozenset({Role.PARTICIPANT})
TELLING = CITIZEN | NEIGHBOURS
"""Whose words tell what is wrong: they may name somebody by a slip, and may accuse whoever works on it."""

STAFF = frozenset(Role) - TELLING - SYSTEM
"""Who is on duty in whatever office."""

_START, _NEW, _STOP = ClockEffect.START, ClockEffect.START_IF_NEW, ClockEffect.STOP
_PAUSE, _RESUME = ClockEffect.PAUSE, ClockEffect.RESUME
_VERIFY, _FIRST, _RESOLVE, _REACT = ClockKind
_STOP_ALL = tuple((clock, _STOP) for clock in ClockKind)
_AT_WORK = (Status.FORWARDED, Status.IN_PROGRESS)
_OPEN = (Status.SUBMITTED, *_AT_WORK)
_LIVING = (*_OPEN, Status.ON_HOLD)
_FINISHED = (Status.DONE, Status.CLOSED)
_SHELVED = (Status.ARCHIVED, Status.MERGED)
_SEEN = (*_LIVING, *_FINISHED, *_SHELVED)

Table = dict[tuple[Status, Action], Transition]


def _rows(statuses: tuple[Status, ...], action: Action, transition: Transition) -> Table:
    return {(status, action): transition for status in statuses}


def _staying(statuses: tuple[Status, ...], action: Action, who: frozenset[Role], *told: Audience) -> Table:
    return {(status, action): Transition(status, who, told) for status in statuses}


def _citizen_rows() -> Table:
    """What the person who complains may do."""
    to_both = (Audience.UNIT, Audience.COORDINATOR)
    to_all = (*to_both, Audience.SUPPORTERS)
    start_round = ((_REACT, _STOP), (_FIRST, _START), (_RESOLVE, _START))
    return {
        **_staying((*_OPEN, *_FINISHED), Action.ADD_INFORMATION, CITIZEN, Audience.UNIT),
        # Only words of a supporter are an event; that somebody supports is a number, not a line of the timeline.
        **_staying(_LIVING, Action.SUPPORT, NEIGHBOURS, Audience.UNIT),
        **_staying((*_LIVING, *_FINISHED), Action.ASK_SECRECY, CITIZEN, Audience.COORDINATOR),
        **_staying(_FINISHED, Action.RATE, CITIZEN),
        (Status.ON_HOLD, Action.ANSWER): Transition(
            Back.BEFORE_HOLD, CITIZEN, to_both, tuple((clock, _RESUME) for clock in ClockKind)
        ),
        **_rows(_LIVING, Action.WITHDRAW, Transition(Status.WITHDRAWN, CITIZEN, to_all, _STOP_ALL)),
        (Status.DONE, Action.CONFIRM): Transition(
            Status.CLOSED, CITIZEN, (Audience.UNIT, Audience.SUPPORTERS), ((_REACT, _STOP),)
        ),
        **_rows(_FINISHED, Action.REOPEN, Transition(Status.IN_PROGRESS, CITIZEN, to_all, start_round)),
        **_rows(
            _SHELVED,
            Action.OBJECT,
            Transition(Status.SUBMITTED, CITIZEN, (Audience.COORDINATOR,), ((_VERIFY, _START),)),
        ),
    }


def _desk_rows() -> Table:
    """What a coordinator may do; a national admin stands in where nobody else is responsible."""
    told = (Audience.CITIZEN, Audience.UNIT)
    widely = (*told, Audience.SUPPORTERS)
    to_public = (Audience.CITIZEN, Audience.SUPPORTERS)
    # A government may switch on direct forwarding: then the system forwards what is confident and accuses nobody.
    forward = Transition(
        Status.FORWARDED, DESK | SYSTEM, widely, ((_VERIFY, _STOP), (_FIRST, _START), (_RESOLVE, _NEW))
    )
    pause = tuple((clock, _PAUSE) for clock in ClockKind)
    resume = tuple((clock, _RESUME) for clock in ClockKind)
    return {
        (Status.SUBMITTED, Action.FORWARD): forward,
        **_rows(_AT_WORK, Action.REFORWARD, Transition(Status.FORWARDED, DESK, widely, ((_FIRST, _START),))),
        **_staying((Status.SUBMITTED,), Action.PASS_ON, DESK, Audience.CITIZEN, Audience.COORDINATOR),
        **_staying(_AT_WORK, Action.ADD_UNIT, DESK, Audience.UNIT),
        # It may have gone back to the desk, or wait for an answer, with the units that help still beside it.
        **_staying(_LIVING, Action.REMOVE_UNIT, DESK, Audience.UNIT),
        **_staying(_LIVING, Action.CHANGE_CLASS, DESK, Audience.CITIZEN, Audience.UNIT),
        **_staying((*_LIVING, *_FINISHED), Action.MAKE_SECRET, DESK, Audience.CITIZEN),
        # What was told in a recording alone is forwarded once somebody has written down what it says.
        **_staying((Status.SUBMITTED,), Action.WRITE_GIST, DESK),
        **_rows(_OPEN, Action.HOLD, Transition(Status.ON_HOLD, DESK, (Audience.CITIZEN,), pause)),
        (Status.ON_HOLD, Action.RESUME): Transition(Back.BEFORE_HOLD, DESK | SYSTEM, told, resume),
        **_staying(_AT_WORK, Action.EXTEND, DESK, Audience.CITIZEN, Audience.UNIT),
        **_rows(_LIVING, Action.ARCHIVE, Transition(Status.ARCHIVED, DESK, to_public, _STOP_ALL)),
        **_rows(_LIVING, Action.MERGE, Transition(Status.MERGED, DESK, widely, _STOP_ALL)),
        # One word for many: it moves nothing and stops no clock, or it would pass for an answer.
        **_staying((*_LIVING, *_FINISHED), Action.ANNOUNCE, DESK, *to_public),
        **_rows(
            _FINISHED,
            Action.REFORWARD,
            Transition(Status.FORWARDED, DESK, widely, ((_REACT, _STOP), (_FIRST, _START), (_RESOLVE, _START))),
        ),
        **_staying((*_LIVING, *_FINISHED), Action.DECIDE_REQUEST, DESK, Audience.ASKER),
        **_staying(_AT_WORK, Action.NUDGE, DESK | {Role.PROVINCE_HUB}, Audience.UNIT),
        **_staying((*_LIVING, *_FINISHED), Action.RELEASE_FILE, DESK, Audience.UNIT),
        **_staying(_SEEN, Action.RECORD_SP4N, DESK | SYSTEM, Audience.CITIZEN),
        # Whom it accuses is heard from words; where these say too little or too much, a person says so.
        **_staying(_SEEN, Action.ACCUSE, DESK | {Role.INSPECTOR}, Audience.COORDINATOR),
        **_staying(_SEEN, Action.CLEAR, frozenset({Role.INSPECTOR}), Audience.COORDINATOR),
        **_staying(_SEEN, Action.REVEAL, DESK | {Role.INSPECTOR}, Audience.COORDINATOR),
    }


def _worker_rows() -> Table:
    """What the responsible unit may do; the inspectorate works as a unit does."""
    to_public = (Audience.CITIZEN, Audience.SUPPORTERS)
    follow_up = Transition(Status.IN_PROGRESS, WORKERS, to_public, ((_FIRST, _STOP),))
    done = Transition(
        Status.DONE,
        WORKERS,
        (*to_public, Audience.COORDINATOR),
        ((_FIRST, _STOP), (_RESOLVE, _STOP), (_REACT, _START)),
    )
    to_desk = (Audience.COORDINATOR, Audience.ARBITER)
    back = Transition(Status.SUBMITTED, WORKERS, to_desk, ((_FIRST, _STOP), (_VERIFY, _START)))
    return {
        **_staying(_AT_WORK, Action.TAKE, WORKERS),
        **_staying(_AT_WORK, Action.RELEASE, WORKERS, Audience.UNIT),
        # What staff tell each other; a unit that helps has no other voice, since the citizen hears one only.
        **_staying((*_LIVING, *_FINISHED), Action.NOTE, WORKERS | DESK | HELPERS, Audience.UNIT),
        **_staying(_AT_WORK, Action.ASK_CITIZEN, WORKERS, Audience.CITIZEN),
        **_rows(_AT_WORK, Action.FOLLOW_UP, follow_up),
        # A word after "done" is welcome, but it does not undo it and starts no clock.
        (Status.DONE, Action.FOLLOW_UP): Transition(Status.DONE, WORKERS, to_public),
        **_rows(_AT_WORK, Action.MARK_DONE, done),
        **_staying((*_AT_WORK, *_FINISHED), Action.REQUEST, WORKERS, Audience.COORDINATOR),
        **_rows(_AT_WORK, Action.RETURN, back),
    }


def _system_rows() -> Table:
    """What happens by itself."""
    return {
        # Who loses it by leaving, and who has it now, are told once for everything that changes hands.
        **_staying((*_LIVING, *_FINISHED), Action.HAND_OVER, SYSTEM),
        # Whom it climbs to is told by the escalation itself, one level at a time.
        **_staying(_LIVING, Action.ESCALATE, SYSTEM),
        (Status.DONE, Action.CLOSE): Transition(
            Status.CLOSED, SYSTEM, (Audience.CITIZEN, Audience.SUPPORTERS), ((_REACT, _STOP),)
        ),
    }


TABLE: Table = {**_citizen_rows(), **_desk_rows(), **_worker_rows(), **_system_rows()}

MOVES: Mapping[Status, Mapping[Action, Transition]] = {
    status: {action: row for (before, action), row in TABLE.items() if before is status} for status in Status
}
"""The same table, by the status that an action starts from."""

OPEN_STATUSES = frozenset(_LIVING)
FINISHED_STATUSES = frozenset(_FINISHED)


def transition(status: Status, action: Action) -> Transition | None:
    """Looks the action up in the table; None means that it is not possible in this status."""
    return MOVES[status].get(action)
