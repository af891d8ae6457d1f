"""The one place where a complaint moves: permission, status, stamps, clocks, timeline and notices, by the lifecycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.audit import Act
from domain.lifecycle import TELLING, WORKERS, Action, Role, Status, Transition
from domain.messages import Visibility
from domain.permissions import Actor, Subject, allow, standings
from services.accusing import heed
from services.clocks import Clocks
from services.notices import Notices
from services.office import Office, province_of
from services.stamps import stamp
from storage.tables_complaints import Complaint, Event
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork

BEHIND_THE_DESK = frozenset(
    {
        Action.TAKE,
        Action.RELEASE,
        Action.NOTE,
        Action.REQUEST,
        Action.DECIDE_REQUEST,
        Action.NUDGE,
        Action.RETURN,
        Action.ADD_UNIT,
        Action.REMOVE_UNIT,
        Action.ESCALATE,
        Action.HAND_OVER,
        Action.RELEASE_FILE,
        Action.REVEAL,
        Action.ACCUSE,
        Action.CLEAR,
        Action.SUPPORT,
    }
)
"""What staff do among themselves; everything else stands in the citizen's timeline."""


_NOT_ON_DUTY = frozenset({Role.CITIZEN, Role.SUPPORTER, Role.SYSTEM})


def subject_of(complaint: Complaint, government: Government | None, *, supporter_id: int | None = None) -> Subject:
    """What the rules need to know of a complaint; `supporter_id` is who supports it or is about to."""
    return Subject(
        status=complaint.status,
        citizen_id=complaint.person_id,
        government_id=complaint.government_id,
        province=province_of(government),
        unit_ids=frozenset({complaint.unit_id} if complaint.unit_id else ()),
        accused_unit_ids=frozenset(complaint.accused_unit_ids),
        at_arbiter=complaint.at_arbiter,
        supporter_id=supporter_id,
        helping_unit_ids=frozenset(each.unit_id for each in complaint.participations),
        arbitrated=complaint.arbitrated_at is not None,
    )


@dataclass(frozen=True)
class Words:
    """What goes with an action: a text for people, coded particulars, and of a reply whether it passed the gate."""

    text: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    substantive: bool | None = None


NO_WORDS = Words()


@dataclass
class Mover:
    """Moves complaints within one unit of work."""

    office: Office
    work: UnitOfWork

    async def move(self, complaint: Complaint, actor: Actor, action: Action, words: Words = NO_WORDS) -> Event:
        """Takes an action, or raises `NotAllowed` or `NotNow` and changes nothing."""
        now = self.office.clock()
        government = await self.office.government(self.work, complaint.government_id)
        joining = actor.person_id if action is Action.SUPPORT else None
        subject = subject_of(complaint, government, supporter_id=joining)
        row = allow(actor, action, subject)
        role = _acting_role(actor, subject, row)
        before = complaint.status
        worked_in = complaint.unit_id
        if role in TELLING and words.text:
            await heed(self.office, self.work, complaint, words.text)
        complaint.status = row.target(complaint.held_from)
        stamp(complaint, action, before, now)
        # A complaint that changes hands is told to the new desk and counts in its calendar.
        government = await self.office.government(self.work, complaint.government_id)
        calendar = await self.office.calendar(self.work, government)
        clocks = Clocks(self.work, complaint, calendar, self.office.rules(complaint.regulation_version, government))
        await clocks.apply(row.clocks, now)
        event = await self.work.timeline.add(
            Event(
                complaint_id=complaint.id,
                at=now,
                action=action,
                role=role,
                person_id=actor.person_id,
                unit_id=_unit_of(role, actor, subject, worked_in, words.data.get("unit_id") or complaint.unit_id),
                from_status=before,
                to_status=complaint.status,
                visibility=Visibility.STAFF if action in BEHIND_THE_DESK else Visibility.CITIZEN,
                text=words.text,
                data=dict(words.data),
                substantive=words.substantive,
            )
        )
        if role not in _NOT_ON_DUTY:
            self.work.audit.note(
                Act.DECISION,
                person_id=actor.person_id,
                role=role,
                complaint_id=complaint.id,
                action=action.value,
                event=event.id,
            )
        if action is Action.OBJECT and before is Status.MERGED:
            await self.work.supports.undo_merge(complaint)
        waking = self.office.cadence.waking(now, calendar)
        await Notices(self.work, complaint, calendar, now, waking).tell(row.told, event)
        return event


def _unit_of(role: Role, actor: Actor, subject: Subject, worked_in: int | None, meant: int | None) -> int | None:
    """The unit that an event names: the one that spoke, or else the one that it is about."""
    if role is Role.PARTICIPANT:
        return min(actor.units & subject.helping_unit_ids)
    return worked_in if role in WORKERS else meant


def _acting_role(actor: Actor, subject: Subject, row: Transition) -> Role:
    """The capacity in which the actor does it: the citizen's own right goes before an office."""
    able = standings(actor, subject) & row.who
    return next(role for role in Role if role in able)
