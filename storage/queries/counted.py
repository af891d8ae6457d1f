"""Which complaints a figure counts: a scope, a span, and without what is examined unless it is the examiner's own."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.examination import INSPECTORATE
from domain.lifecycle import ComplaintClass
from domain.permissions import Actor
from domain.scopes import Scope, ScopeKind
from storage.queries.reach import behind_the_wall
from storage.tables_complaints import Complaint
from storage.tables_offices import Government, Unit

REGIONAL = ("province", "regency")
"""The levels of governments that lie in a province."""


def open_to_all() -> ColumnElement[bool]:
    """Whether a complaint may be counted in everybody's figures: the rule of `is_examined`, the other way round."""
    examiners = select(Unit.id).where(Unit.kind == INSPECTORATE)
    ordinary = or_(Complaint.complaint_class.is_(None), Complaint.complaint_class != ComplaintClass.SUPERVISORY)
    elsewhere = or_(Complaint.unit_id.is_(None), Complaint.unit_id.not_in(examiners))
    return Complaint.accuses.is_(False) & ordinary & elsewhere


def looked_up(complaint_id: InstrumentedAttribute[int], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the complaint of this id fulfils conditions, each looked up by itself.

    For what is few among the many: where both are joined, PostgreSQL prefers to read the whole register, and SQLite all
    that a government ever had.
    """
    here = select(literal(1)).where(Complaint.id == complaint_id, *conditions).correlate_except(Complaint)
    return here.scalar_subquery() == 1


def governments_of(scope: Scope) -> ColumnElement[bool]:
    """Whether a government lies in the scope of a hub, or anywhere."""
    if scope.kind is ScopeKind.PROVINCE:
        return Government.level.in_(REGIONAL) & Government.code.startswith(scope.province, autoescape=True)
    return Government.id == scope.place if scope.kind is ScopeKind.GOVERNMENT else Government.id.is_not(None)


class Cut(StrEnum):
    """What of a scope is counted: everybody's, everything (an inspectorate's own), or what is examined alone."""

    OPEN = "open"
    ALL = "all"
    EXAMINED = "examined"


@dataclass(frozen=True)
class Counted:
    """What lies in a scope now and was received in a span.

    What accuses a unit of the `reader` is left out of an inspectorate's figures too.
    """

    scope: Scope
    since: datetime
    until: datetime
    reader: Actor
    cut: Cut = Cut.OPEN

    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """For a query on complaints."""
        return (Complaint.received_at >= self.since, Complaint.received_at < self.until, *self.standing())

    def standing(self) -> tuple[ColumnElement[bool], ...]:
        """The same whenever it was received."""
        walled = behind_the_wall(self.reader)
        cuts = {Cut.OPEN: open_to_all(), Cut.ALL: walled, Cut.EXAMINED: ~open_to_all() & walled}
        return (*self._here(), cuts[self.cut])

    def _here(self) -> tuple[ColumnElement[bool], ...]:
        match self.scope.kind:
            case ScopeKind.UNIT:
                return (Complaint.unit_id == self.scope.place,)
            case ScopeKind.GOVERNMENT:
                return (Complaint.government_id == self.scope.place,)
            case ScopeKind.PROVINCE:
                return (Complaint.government_id.in_(select(Government.id).where(governments_of(self.scope))),)
            case ScopeKind.NATION:
                return ()
