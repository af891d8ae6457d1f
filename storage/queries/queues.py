"""What the people of a unit have to do, by tabs."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, case, exists, func, literal_column, or_, select, true, union_all
from sqlalchemy.orm import aliased

from domain.lifecycle import OPEN_STATUSES, Action, Role, Status
from domain.permissions import Actor
from domain.queues import NEARLY, Tab
from storage.queries.base import Queries
from storage.queries.complaints import by_crowd
from storage.queries.reach import at_units, for_groups
from storage.tables_complaints import ClockRow, Complaint, Event
from storage.tables_teamwork import Participation


class Queues(Queries):
    """Queries on what is open at the units of somebody."""

    async def page(self, actor: Actor, now: datetime, tab: Tab, limit: int, offset: int = 0) -> Sequence[Complaint]:
        """One page: what is late, what troubles many, then the nearest deadline first.

        What is paused or has no deadline comes last.
        """
        return await self._page(_belongs(tab, actor, now), actor, now, limit, offset)

    async def in_group(self, actor: Actor, now: datetime, limit: int, offset: int = 0) -> Sequence[Complaint]:
        """The same of all that a unit's group may hear of: a page tells nothing of what it leaves out."""
        return await self._page(for_groups(), actor, now, limit, offset)

    async def _page(
        self, which: ColumnElement[bool], actor: Actor, now: datetime, limit: int, offset: int
    ) -> Sequence[Complaint]:
        due = _due()
        rows = await self._session.scalars(
            select(Complaint)
            .where(_open(actor), which)
            .order_by(case((due < now, 0), else_=1), by_crowd(), due.asc().nulls_last(), Complaint.id)
            .limit(limit)
            .offset(offset)
        )
        return rows.all()

    async def counts(self, actor: Actor, now: datetime) -> Mapping[Tab, int]:
        """How many there are behind each tab."""
        counted = (func.coalesce(func.sum(case((_belongs(tab, actor, now), 1), else_=0)), 0) for tab in Tab)
        row = (await self._session.execute(select(*counted).where(_open(actor)))).one()
        return {tab: int(count) for tab, count in zip(Tab, row, strict=True)}


def _open(actor: Actor) -> ColumnElement[bool]:
    """What is open there, looked up by unit first: by the OR of what a unit helps with, all open ones would be read."""
    lying = aliased(Complaint)
    led = select(lying.id).where(lying.unit_id.in_(actor.units), lying.status.in_(OPEN_STATUSES))
    helped = select(Participation.complaint_id).where(Participation.unit_id.in_(actor.units))
    return Complaint.id.in_(union_all(led, helped)) & at_units(actor) & Complaint.status.in_(OPEN_STATUSES)


def _belongs(tab: Tab, actor: Actor, now: datetime) -> ColumnElement[bool]:
    match tab:
        case Tab.ALL:
            return true()
        case Tab.DUE:
            return _due() < now + NEARLY
        case Tab.MINE:
            return Complaint.taken_by == actor.person_id
        case Tab.NEW:
            leads = Complaint.unit_id.in_(actor.units)
            return leads & (Complaint.status == Status.FORWARDED) & Complaint.taken_by.is_(None)
        case Tab.WAITING:
            return or_(Complaint.status == Status.ON_HOLD, _unanswered())


def _due() -> ScalarSelect[datetime]:
    """The nearest deadline that runs."""
    running = (ClockRow.stopped_at.is_(None), ClockRow.paused_at.is_(None))
    nearest = select(func.min(ClockRow.due_at)).where(ClockRow.complaint_id == Complaint.id, *running)
    return nearest.correlate(Complaint).scalar_subquery()


def _unanswered() -> ColumnElement[bool]:
    """A question after which neither the citizen nor the unit itself has said anything.

    Hardly anything was ever asked about: the few questions have an index of their own, which only a constant finds.
    """
    asked, said = aliased(Event), aliased(Event)
    later = exists().where(
        said.complaint_id == asked.complaint_id,
        said.id > asked.id,
        or_(said.role == Role.CITIZEN, said.action == Action.FOLLOW_UP),
    )
    question = asked.action == literal_column(f"'{Action.ASK_CITIZEN.value}'")
    return exists().where(asked.complaint_id == Complaint.id, question, ~later).correlate(Complaint)
