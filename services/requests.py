"""What units ask of their coordinators: asked with a reason, answered by somebody who does not work on it."""

from __future__ import annotations

from collections.abc import Sequence

from domain.drafting import TEXT_MAX
from domain.lifecycle import Action, ClockKind, Role
from domain.permissions import allow, may_decide, may_read
from domain.refusals import ComplaintNotFound, NotUnderstood, OwnWork, StaleStep
from domain.requests import LONGEST_EXTENSION, RequestKind, RequestState
from services.caller import Caller
from services.clock_sheets import RequestSheet
from services.clocks import Clocks
from services.moves import Mover, Words, subject_of
from services.office import HOME_ZONE, Office
from services.seeking import find
from storage.tables import Complaint
from storage.tables_time import StaffRequest
from storage.unit_of_work import UnitOfWork

REASON_MIN = 10
"""Characters that a reason needs to be one."""

LISTED = 8
"""Requests in one list."""


class Requests:
    """Asks and answers. A request has a clock of its own; the answer is due after `request_days`."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def ask_extension(self, by: Caller, number: str, days: int, reason: str) -> RequestSheet:
        """Asks for more working days; raises `NotUnderstood` for a number of days or a reason that is none."""
        said = _checked(days, reason)
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            government = await self._office.government(work, complaint.government_id)
            allow(by.actor, Action.REQUEST, subject_of(complaint, government))
            if await work.clocks.running(complaint.id, ClockKind.RESOLVE) is None:
                raise NotUnderstood("no_deadline")
            if await work.requests.open_of(complaint.id, RequestKind.EXTENSION) is not None:
                raise NotUnderstood("asked_already")
            now = self._office.clock()
            calendar = await self._office.calendar(work, government)
            rules = self._office.rules(complaint.regulation_version, government)
            request = await work.requests.add(
                StaffRequest(
                    complaint_id=complaint.id,
                    unit_id=complaint.unit_id,
                    kind=RequestKind.EXTENSION,
                    state=RequestState.OPEN,
                    reason=said,
                    data={"days": days},
                    asked_by=by.person_id,
                    asked_at=now,
                    due_at=calendar.due_after(now, rules.request_days),
                )
            )
            words = Words(said, {"request_id": request.id, "days": days})
            await Mover(self._office, work).move(complaint, by.actor, Action.REQUEST, words)
            sheet = await request_sheet(self._office, work, request, by.person_id)
            await work.commit()
            return sheet

    async def pending(self, by: Caller) -> tuple[RequestSheet, ...]:
        """What waits for an answer at the caller's desks, the most urgent first."""
        desks: set[int | None] = set(by.actor.governments(Role.COORDINATOR))
        if by.actor.holds(Role.NATIONAL_ADMIN):
            desks.add(None)
        async with self._office.database.reading() as work:
            rows: Sequence[StaffRequest] = await work.requests.open_at(desks, LISTED)
            allowed = [row for row in rows if await self._may_read(work, by, row)]
            return tuple([await request_sheet(self._office, work, row, by.person_id) for row in allowed])

    async def _may_read(self, work: UnitOfWork, by: Caller, request: StaffRequest) -> bool:
        """Whoever belongs to an accused unit learns nothing at the desk either."""
        complaint = await work.complaints.get(request.complaint_id)
        government = await self._office.government(work, complaint.government_id)
        return may_read(by.actor, subject_of(complaint, government))

    async def answer(self, by: Caller, request_id: int, *, granted: bool) -> RequestSheet:
        """Grants or refuses, once: raises `StaleStep` for one that is answered, `OwnWork` for who works on it."""
        async with self._office.database.work(by.cause) as work:
            request = await work.requests.get(request_id)
            if request is None:
                raise ComplaintNotFound
            complaint = await work.complaints.get(request.complaint_id)
            government = await self._office.government(work, complaint.government_id)
            subject = subject_of(complaint, government)
            allow(by.actor, Action.DECIDE_REQUEST, subject)
            if request.state is not RequestState.OPEN:
                raise StaleStep
            if not may_decide(by.actor, subject, {request.asked_by, complaint.taken_by}):
                raise OwnWork
            await (
                self._extend(work, by, complaint, request) if granted else self._refuse(work, by, complaint, request)
            )
            request.state = RequestState.GRANTED if granted else RequestState.REFUSED
            request.decided_by, request.decided_at = by.person_id, self._office.clock()
            sheet = await request_sheet(self._office, work, request, by.person_id)
            await work.commit()
            return sheet

    async def _extend(self, work: UnitOfWork, by: Caller, complaint: Complaint, request: StaffRequest) -> None:
        words = Words(request.reason, {"request_id": request.id, "days": request.data["days"]})
        await Mover(self._office, work).move(complaint, by.actor, Action.EXTEND, words)
        government = await self._office.government(work, complaint.government_id)
        calendar = await self._office.calendar(work, government)
        clocks = Clocks(work, complaint, calendar, self._office.rules(complaint.regulation_version, government))
        if not await clocks.extend(ClockKind.RESOLVE, request.data["days"], self._office.clock()):
            raise StaleStep

    async def _refuse(self, work: UnitOfWork, by: Caller, complaint: Complaint, request: StaffRequest) -> None:
        words = Words(data={"request_id": request.id, "days": request.data["days"]})
        await Mover(self._office, work).move(complaint, by.actor, Action.DECIDE_REQUEST, words)


async def request_sheet(office: Office, work: UnitOfWork, request: StaffRequest, reader_id: int) -> RequestSheet:
    """A request as staff read it; who asked is shown as a unit and never as a person."""
    complaint = await work.complaints.get(request.complaint_id)
    government = await office.government(work, complaint.government_id)
    unit = await work.directory.unit(request.unit_id) if request.unit_id else None
    resolve = await work.clocks.latest(complaint.id, ClockKind.RESOLVE)
    return RequestSheet(
        id=request.id,
        number=complaint.number,
        kind=request.kind,
        state=request.state,
        unit=unit.name if unit else None,
        reason=request.reason,
        days=request.data["days"],
        asked_at=request.asked_at,
        due_at=request.due_at,
        resolve_due_at=resolve.due_at if resolve else None,
        time_zone=government.time_zone if government else HOME_ZONE,
        mine=request.asked_by == reader_id,
    )


def _checked(days: int, reason: str) -> str:
    said = reason.strip()
    if not 0 < days <= LONGEST_EXTENSION:
        raise NotUnderstood("days_unknown")
    if len(said) < REASON_MIN:
        raise NotUnderstood("reason_short")
    if len(said) > TEXT_MAX:
        raise NotUnderstood("text_long")
    return said
