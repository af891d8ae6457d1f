"""Which complaints somebody may be given, as conditions in SQL: the rules of `domain.permissions`, said once more.

A service asks the rules. Should it forget to, its query finds nothing that is not its caller's.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, TableValuedAlias, cast, exists, false, or_, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from domain.examination import INSPECTORATE
from domain.lifecycle import WORKERS, ComplaintClass, Role
from domain.permissions import SYSTEM, Actor
from domain.staffing import JUDGING, OF_A_GOVERNMENT, OF_A_UNIT
from storage.tables_complaints import Complaint
from storage.tables_offices import StaffMembership, Unit
from storage.tables_teamwork import Participation


def reach(actor: Actor) -> ColumnElement[bool]:
    """What `may_read` lets somebody read: their own complaints, and those before which they stand on duty."""
    if actor == SYSTEM:
        return true()
    return or_(Complaint.person_id == actor.person_id, at_units(actor), at_desks(actor))


def at_units(actor: Actor) -> ColumnElement[bool]:
    """What lies with a unit in which somebody works, and what that unit helps with."""
    units = {m.unit_id for m in actor.memberships if m.role in WORKERS and m.unit_id is not None}
    if not units:
        return false()
    helped = select(Participation.complaint_id).where(Participation.unit_id.in_(units))
    return or_(Complaint.unit_id.in_(units), Complaint.id.in_(helped)) & behind_the_wall(actor)


def at_desks(actor: Actor) -> ColumnElement[bool]:
    """What lies with the governments that somebody coordinates, or at the desk that forwards to SP4N and arbitrates."""
    here: ColumnElement[bool] = Complaint.government_id.in_(actor.governments(Role.COORDINATOR))
    if actor.holds(Role.NATIONAL_ADMIN):
        here = or_(here, Complaint.government_id.is_(None), Complaint.at_arbiter)
    return here & behind_the_wall(actor)


def behind_the_wall(actor: Actor) -> ColumnElement[bool]:
    """Leaves out what accuses a unit to which somebody belongs, in whatever role."""
    if not actor.units:
        return true()
    accused = _accused()
    return ~exists().select_from(accused).where(cast(accused.c.value, Integer).in_(actor.units))


def for_groups() -> ColumnElement[bool]:
    """What a unit's group may hear of: the rule of `domain.groups.for_groups`."""
    examined = Complaint.accuses | exists().select_from(_accused())
    ordinary = or_(Complaint.complaint_class.is_(None), Complaint.complaint_class != ComplaintClass.SUPERVISORY)
    return ~examined & ordinary & ~Complaint.secret


def _accused() -> TableValuedAlias:
    return _Elements(Complaint.accused_unit_ids).table_valued("value")


def appointed(actor: Actor) -> ColumnElement[bool]:
    """The memberships that `may_appoint` lets somebody decide about."""
    if actor == SYSTEM:
        return true()
    return _filled(actor) & ~_judging(actor)


def _filled(actor: Actor) -> ColumnElement[bool]:
    if actor.holds(Role.NATIONAL_ADMIN):
        return true()
    headed = {m.unit_id for m in actor.memberships if m.role is Role.UNIT_HEAD and m.unit_id is not None}
    return or_(
        StaffMembership.government_id.in_(actor.governments(Role.COORDINATOR))
        & StaffMembership.role.in_(OF_A_GOVERNMENT),
        StaffMembership.unit_id.in_(headed) & StaffMembership.role.in_(OF_A_UNIT),
    )


def _judging(actor: Actor) -> ColumnElement[bool]:
    """The offices that may be given what accuses a unit of the actor."""
    if not actor.units:
        return false()
    elsewhere = [StaffMembership.unit_id.not_in(actor.units)] if len(actor.units) == 1 else []
    examines = exists().where(Unit.id == StaffMembership.unit_id, Unit.kind == INSPECTORATE, *elsewhere)
    return or_(StaffMembership.role.in_(JUDGING), examines)


class _Elements(FunctionElement[Any]):
    """The elements of a JSON array as rows with one column, `value`."""

    inherit_cache = True
    name = "json_each"


@compiles(_Elements, "postgresql")
def _on_postgresql(element: _Elements, compiler: SQLCompiler, **how: Any) -> str:
    return f"jsonb_array_elements_text({compiler.process(element.clauses, **how)})"


@compiles(_Elements)
def _elsewhere(element: _Elements, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **how)})"
