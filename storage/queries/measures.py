"""What is measured, counted in SQL: no row of a complaint leaves the register, only how many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.drafting import Satisfaction
from domain.examination import INSPECTORATE
from domain.figures import Share
from domain.lifecycle import OPEN_STATUSES, ClockKind, ComplaintClass, Role, Status
from domain.permissions import Actor
from domain.requests import RequestState
from domain.scopes import Scope, ScopeKind
from storage.queries.base import Queries
from storage.queries.counted import Counted, Cut, governments_of
from storage.queries.requests import ANSWERABLE
from storage.tables_complaints import ClockRow, Complaint, Event, Rating
from storage.tables_offices import Government, StaffMembership, Unit
from storage.tables_people import Person
from storage.tables_time import StaffRequest

OFFICES = frozenset(ClockKind) - {ClockKind.REACT}
"""The clocks of offices; they run only while a complaint is open."""

PUT_AWAY = (Status.ARCHIVED, Status.MERGED, Status.WITHDRAWN)
AT_WORK = (Role.OFFICER, Role.UNIT_HEAD)
AT_HOME = (*AT_WORK, Role.COORDINATOR)
"""Whose being here shows that a government is at work; an inspector's might tell of what is examined."""


@dataclass(frozen=True)
class Ran:
    """How often clocks of a kind, for a class, took so many working days (None: they run, or have not been counted).

    `decided`: how many have stopped or are past their original due date; `in_time`: how many stopped by it.
    """

    kind: ClockKind
    complaint_class: ComplaintClass | None
    days: int | None
    count: int
    decided: int
    in_time: int


@dataclass(frozen=True)
class Staffed:
    """How many officers there are, how many were here lately, and when the last of anybody was."""

    officers: int
    active: int
    seen_at: datetime | None


class Measures(Queries):
    """Queries that only count."""

    async def tallies(self, counted: Counted) -> Sequence[Mapping[str, Any]]:
        """What became of what was received, by `part` of the scope and by coded `reason` of being put away."""
        closed = Complaint.status == Status.CLOSED
        sums = {
            "followed_up": Complaint.first_followed_up_at.is_not(None),
            "done": Complaint.done_at.is_not(None),
            "reopened": Complaint.round > 1,
            "confirmed": closed & Complaint.outcome_resolved.is_(True),
            "silent": closed & Complaint.outcome_resolved.is_(None),
            "archived": Complaint.status == Status.ARCHIVED,
            "returned": Complaint.returns > 0,
        }
        reason = case((Complaint.status == Status.ARCHIVED, Complaint.archive_reason), else_=null())
        kept = (
            select(
                _part(counted.scope).label("part"),
                reason.label("reason"),
                *(case((which, 1), else_=0).label(name) for name, which in sums.items()),
            )
            .where(*counted.conditions())
            .subquery()
        )
        rows = await self._session.execute(
            select(
                kept.c.part,
                kept.c.reason,
                func.count().label("received"),
                *(func.sum(kept.c[name]).label(name) for name in sums),
            ).group_by(kept.c.part, kept.c.reason)
        )
        return [dict(row) for row in rows.mappings()]

    async def clocks(self, counted: Counted, now: datetime) -> Sequence[Ran]:
        """How long the offices' clocks took; of what was put away none is counted."""
        late = and_(ClockRow.original_due_at < now, ClockRow.paused_at.is_(None))
        decided = case((or_(ClockRow.stopped_at.is_not(None), late), 1), else_=0)
        in_time = case((ClockRow.stopped_at <= ClockRow.original_due_at, 1), else_=0)
        keys = (ClockRow.kind, Complaint.complaint_class, ClockRow.taken_days)
        rows = await self._session.execute(
            select(*keys, func.count(), func.sum(decided), func.sum(in_time))
            .join(Complaint, Complaint.id == ClockRow.complaint_id)
            .where(*counted.conditions(), Complaint.status.not_in(PUT_AWAY), ClockRow.kind != ClockKind.REACT)
            .group_by(*keys)
        )
        return [Ran(kind, cls, days, count, int(ended), int(kept)) for kind, cls, days, count, ended, kept in rows]

    async def ratings(self, counted: Counted) -> Sequence[tuple[Satisfaction, int]]:
        """How often each of the four answers was given, every round counted."""
        rows = await self._session.execute(
            select(Rating.satisfaction, func.count())
            .join(Complaint, Complaint.id == Rating.complaint_id)
            .where(*counted.conditions())
            .group_by(Rating.satisfaction)
        )
        return [(satisfaction, count) for satisfaction, count in rows]

    async def replies(self, counted: Counted) -> Sequence[tuple[str, Share]]:
        """Each unit's name, its replies, and how many of them the gate had held back."""
        hollow = func.sum(case((Event.substantive.is_(False), 1), else_=0))
        rows = await self._session.execute(
            select(func.max(Unit.name), hollow, func.count())
            .select_from(Complaint)
            .join(Event, Event.complaint_id == Complaint.id)
            .join(Unit, Unit.id == Event.unit_id)
            .where(*counted.conditions(), Event.substantive.is_not(None))
            .group_by(Unit.id)
        )
        return [(name, Share(int(part), whole)) for name, part, whole in rows]

    async def sectors(self, counted: Counted) -> Sequence[tuple[str, int]]:
        """How many of each sector were received."""
        return await self._by(Complaint.sector, counted)

    async def districts(self, counted: Counted) -> Sequence[tuple[str, int]]:
        """How many were received from each kecamatan."""
        return await self._by(Complaint.place["district"].as_string(), counted)

    async def unanswered(self, counted: Counted, now: datetime) -> Share:
        """How many requests wait for an answer now, and how many of these longer than they should."""
        rows = await self._session.execute(
            select(func.count(), func.coalesce(func.sum(case((StaffRequest.due_at < now, 1), else_=0)), 0))
            .select_from(StaffRequest)
            .join(Complaint, Complaint.id == StaffRequest.complaint_id)
            .where(
                StaffRequest.state == RequestState.OPEN,
                Complaint.status.in_(ANSWERABLE),
                Complaint.unit_id == StaffRequest.unit_id,
                *counted.standing(),
            )
        )
        whole, late = rows.one()
        return Share(int(late), whole)

    async def staff(self, counted: Counted, active_since: datetime) -> Mapping[int | None, Staffed]:
        """Who works in each part of a scope, and whether they come here."""
        scope, roles = counted.scope, AT_WORK if counted.scope.kind is ScopeKind.UNIT else AT_HOME
        roles = (*roles, Role.INSPECTOR) if counted.cut is Cut.ALL else roles
        works = StaffMembership.role != Role.COORDINATOR
        active = works & (Person.last_seen_at >= active_since)
        part = StaffMembership.unit_id if scope.kind in (ScopeKind.UNIT, ScopeKind.GOVERNMENT) else None
        key = StaffMembership.government_id if part is None else part
        hidden = [] if counted.cut is Cut.ALL else [or_(Unit.kind.is_(None), Unit.kind != INSPECTORATE)]
        rows = await self._session.execute(
            select(
                key,
                func.count(func.distinct(case((works, Person.id)))),
                func.count(func.distinct(case((active, Person.id)))),
                func.max(Person.last_seen_at),
            )
            .join(Person, Person.id == StaffMembership.person_id)
            .outerjoin(Unit, Unit.id == StaffMembership.unit_id)
            .where(StaffMembership.revoked_at.is_(None), StaffMembership.role.in_(roles), *hidden, *_staff_of(scope))
            .group_by(key)
        )
        return {place: Staffed(officers, here, seen) for place, officers, here, seen in rows}

    async def staff_of_governments(self, scope: Scope) -> Mapping[int | None, datetime]:
        """When the last of each government's staff was here; a government without any is absent."""
        rows = await self._session.execute(
            select(StaffMembership.government_id, func.max(Person.last_seen_at))
            .join(Person, Person.id == StaffMembership.person_id)
            .outerjoin(Unit, Unit.id == StaffMembership.unit_id)
            .where(
                StaffMembership.revoked_at.is_(None),
                StaffMembership.role.in_(AT_HOME),
                or_(Unit.kind.is_(None), Unit.kind != INSPECTORATE),
                StaffMembership.government_id.in_(select(Government.id).where(governments_of(scope))),
            )
            .group_by(StaffMembership.government_id)
        )
        seen: dict[int | None, datetime] = dict(rows.all())
        return seen

    async def late(self, scope: Scope, reader: Actor, now: datetime) -> Mapping[int | None, tuple[int, datetime]]:
        """How many complaints of each government are late, and since when the latest of them: counts, no complaints."""
        counted = Counted(scope, now, now, reader)
        rows = await self._session.execute(
            select(Complaint.government_id, func.count(func.distinct(Complaint.id)), func.min(ClockRow.due_at))
            .join(ClockRow, ClockRow.complaint_id == Complaint.id)
            .where(
                ClockRow.stopped_at.is_(None),
                ClockRow.due_at < now,
                ClockRow.paused_at.is_(None),
                ClockRow.kind.in_(OFFICES),
                Complaint.status.in_(OPEN_STATUSES),
                *counted.standing(),
            )
            .group_by(Complaint.government_id)
        )
        return {government_id: (count, oldest) for government_id, count, oldest in rows}

    async def governments(self, scope: Scope) -> Sequence[Government]:
        """The governments of a scope that are served here, by code."""
        rows = await self._session.scalars(
            select(Government).where(Government.served, governments_of(scope)).order_by(Government.code)
        )
        return rows.all()

    async def names(self, scope: Scope) -> Mapping[int, str]:
        """The parts of a scope that exist: units of a government, governments of anything larger."""
        if scope.kind is ScopeKind.GOVERNMENT:
            rows = await self._session.execute(select(Unit.id, Unit.name).where(Unit.government_id == scope.place))
        elif scope.kind is ScopeKind.UNIT:
            rows = await self._session.execute(select(Unit.id, Unit.name).where(Unit.id == scope.place))
        else:
            rows = await self._session.execute(select(Government.id, Government.name).where(governments_of(scope)))
        return {int(place): str(name) for place, name in rows}

    async def _by(
        self, what: ColumnElement[Any] | InstrumentedAttribute[Any], counted: Counted
    ) -> Sequence[tuple[str, int]]:
        kept = select(what.label("what")).where(*counted.conditions()).subquery()
        rows = await self._session.execute(
            select(kept.c.what, func.count())
            .where(kept.c.what.is_not(None))
            .group_by(kept.c.what)
            .order_by(func.count().desc(), kept.c.what)
        )
        return [(name, count) for name, count in rows]


def _part(scope: Scope) -> InstrumentedAttribute[int | None]:
    inside = scope.kind in (ScopeKind.UNIT, ScopeKind.GOVERNMENT)
    return Complaint.unit_id if inside else Complaint.government_id


def _staff_of(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    match scope.kind:
        case ScopeKind.UNIT:
            return (StaffMembership.unit_id == scope.place,)
        case ScopeKind.GOVERNMENT:
            return (StaffMembership.government_id == scope.place,)
        case _:
            return (StaffMembership.government_id.in_(select(Government.id).where(governments_of(scope))),)
