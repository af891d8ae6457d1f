"""What an action leaves written on the complaint itself: who holds it, since when, how it ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from domain.lifecycle import Action, Status
from storage.tables_complaints import Complaint

Stamp = Callable[[Complaint, datetime], None]


def stamp(complaint: Complaint, action: Action, before: Status, now: datetime) -> None:
    """Writes the marks of an action that has been allowed; `before` is the status that it left."""
    complaint.held_from = before if action is Action.HOLD else complaint.held_from
    if (write := _STAMPS.get(action)) is not None:
        write(complaint, now)


def _forwarded(complaint: Complaint, now: datetime) -> None:
    complaint.verified_at = complaint.verified_at or now
    complaint.taken_by = None
    if complaint.at_arbiter:
        complaint.at_arbiter, complaint.arbitrated_at = False, now
    # Whoever leads takes part no more beside itself.
    complaint.participations = [each for each in complaint.participations if each.unit_id != complaint.unit_id]
    complaint.closed_at = complaint.done_at = complaint.outcome_resolved = None


def _followed_up(complaint: Complaint, now: datetime) -> None:
    complaint.first_followed_up_at = complaint.first_followed_up_at or now


def _done(complaint: Complaint, now: datetime) -> None:
    _followed_up(complaint, now)
    complaint.done_at = now


def _confirmed(complaint: Complaint, now: datetime) -> None:
    complaint.closed_at, complaint.outcome_resolved = now, True


def _ended(complaint: Complaint, now: datetime) -> None:
    complaint.closed_at = now


def _resumed(complaint: Complaint, _now: datetime) -> None:
    complaint.held_from = None


def _reopened(complaint: Complaint, _now: datetime) -> None:
    complaint.round += 1
    complaint.closed_at = complaint.done_at = complaint.outcome_resolved = None


def _objected(complaint: Complaint, _now: datetime) -> None:
    complaint.closed_at = complaint.archive_reason = complaint.merged_into_id = None


def _returned(complaint: Complaint, _now: datetime) -> None:
    complaint.returns += 1
    complaint.unit_id = complaint.taken_by = None


def _passed_on(complaint: Complaint, _now: datetime) -> None:
    complaint.government_id = complaint.unit_id = complaint.taken_by = None
    complaint.at_arbiter, complaint.participations = False, []


_STAMPS: dict[Action, Stamp] = {
    Action.FORWARD: _forwarded,
    Action.REFORWARD: _forwarded,
    Action.FOLLOW_UP: _followed_up,
    Action.MARK_DONE: _done,
    Action.CONFIRM: _confirmed,
    Action.CLOSE: _ended,
    Action.ARCHIVE: _ended,
    Action.MERGE: _ended,
    Action.WITHDRAW: _ended,
    Action.ANSWER: _resumed,
    Action.RESUME: _resumed,
    Action.REOPEN: _reopened,
    Action.OBJECT: _objected,
    Action.RETURN: _returned,
    Action.PASS_ON: _passed_on,
}
