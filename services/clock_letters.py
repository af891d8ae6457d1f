"""Opens what the clock owes just before it leaves: what moved, what is late, what has climbed, what is asked."""

from __future__ import annotations

from datetime import date, datetime

from domain.calendar import Holiday, HolidayKind
from domain.lifecycle import ClockKind, Role, Status
from domain.permissions import Actor, may_read, standings
from domain.requests import RequestState
from services.clock_sheets import EscalatedLine, LateSheet, MovedLine, MovedSheet
from services.clocks import calendar_for, deadline_of
from services.covering import masked, summary
from services.moves import subject_of
from services.office import Office
from services.request_sheets import RequestSheet
from services.requesting import request_sheet
from services.responsible import Responsible
from storage.queries.requests import ANSWERABLE
from storage.tables_messages import OutboxMessage
from storage.unit_of_work import UnitOfWork


async def moved_sheet(office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage) -> MovedSheet | None:
    """The lines that are still true: the clock runs, it is due on another date than before, and the reader may know."""
    lines = []
    for said in message.data["moved"]:
        complaint = await work.complaints.get(said["complaint_id"])
        government = await office.government(work, complaint.government_id)
        row = await work.clocks.running(complaint.id, ClockKind(said["clock"]))
        before = datetime.fromisoformat(said["from"])
        if row and row.due_at != before and standings(actor, subject_of(complaint, government)):
            lines.append(MovedLine(complaint.number, row.kind, before, row.due_at, row.time_zone))
    because = [(_holiday(day), day["free"]) for day in message.data["because"]]
    if not lines:
        return None
    return MovedSheet(
        tuple(lines),
        tuple(day for day, free in because if free),
        tuple(day for day, free in because if not free),
    )


def _holiday(said: dict[str, str | bool]) -> Holiday:
    on, name = date.fromisoformat(str(said["on"])), str(said["name"])
    return Holiday(on, name, HolidayKind(str(said["kind"])), bool(said["estimated"]))


async def escalated_lines(
    office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage
) -> tuple[EscalatedLine, ...]:
    """What is still late and still the reader's level, the oldest first; a hub sees no text."""
    found = [await _escalated(office, work, actor, climb) for climb in message.data["climbs"]]
    return tuple(sorted((line for line in found if line), key=lambda line: line.due_at))


async def _escalated(office: Office, work: UnitOfWork, actor: Actor, climb: dict[str, str]) -> EscalatedLine | None:
    row = await work.clocks.get(int(climb["clock_id"]))
    complaint, tier, now = await work.complaints.get(row.complaint_id), Role(climb["tier"]), office.clock()
    accused = bool(actor.units & set(complaint.accused_unit_ids))
    if not deadline_of(row).is_overdue(now) or not actor.holds(tier) or accused:
        return None
    government = await office.government(work, complaint.government_id)
    calendar = calendar_for(row, await office.calendar(work, government))
    unit = await work.directory.unit(complaint.unit_id) if complaint.unit_id else None
    offices = ", ".join(each.name for each in (unit, government) if each)
    readable = may_read(actor, subject_of(complaint, government))
    return EscalatedLine(
        number=complaint.number,
        clock=row.kind,
        office=offices or None,
        summary=summary(masked(complaint.text)) if readable else None,
        due_at=row.due_at,
        time_zone=row.time_zone,
        days_late=max(1, calendar.working_days_between(calendar.local_date(row.due_at), calendar.local_date(now))),
        tier=tier,
    )


async def late_sheet(office: Office, work: UnitOfWork, message: OutboxMessage) -> LateSheet | None:
    """What is late, whom it was told and whom next; None once it is late no longer."""
    row = await work.clocks.get(message.data["clock_id"])
    if not deadline_of(row).is_overdue(office.clock()):
        return None
    complaint = await work.complaints.get(row.complaint_id)
    government = await office.government(work, complaint.government_id)
    calendar = calendar_for(row, await office.calendar(work, government))
    responsible = Responsible.of(work)
    levels = await work.escalations.of(row.id)
    passed = [level.tier for level in levels]
    step = office.cadence.next_step(passed)
    while step and not await responsible.tier_people(complaint, step.tier):
        passed.append(step.tier)
        step = office.cadence.next_step(passed)
    next_on = calendar.local_date(office.cadence.step_at(step, row.due_at, calendar)) if step else None
    # Who is told this very day will have been told before the letter is read.
    promised = step if next_on and next_on > calendar.local_date(office.clock()) else None
    return LateSheet(
        clock=row.kind,
        due_at=row.due_at,
        time_zone=row.time_zone,
        told=tuple((level.tier, calendar.local_date(level.at)) for level in levels),
        next_tier=promised.tier if promised else None,
        next_on=next_on if promised else None,
    )


async def outcome_open(work: UnitOfWork, message: OutboxMessage) -> bool:
    """Whether the citizen's window still stands open."""
    row = await work.clocks.get(message.data["clock_id"])
    complaint = await work.complaints.get(row.complaint_id)
    return row.stopped_at is None and complaint.status is Status.DONE


async def open_request(office: Office, work: UnitOfWork, message: OutboxMessage) -> RequestSheet | None:
    """The request that an event speaks of; None when it has been answered, or nothing is left to be answered."""
    if message.event_id is None:
        return None
    event = await work.timeline.get(message.event_id)
    request = await work.requests.get(event.data["request_id"])
    if request is None or request.state is not RequestState.OPEN:
        return None
    complaint = await work.complaints.get(request.complaint_id)
    if complaint.status not in ANSWERABLE or complaint.unit_id != request.unit_id:
        return None
    return await request_sheet(office, work, request)
