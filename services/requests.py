"""What units ask of their coordinators: asked with a reason, answered by somebody who does not work on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.lifecycle import Action
from domain.permissions import allow
from domain.refusals import ComplaintNotFound
from domain.requests import Need, RequestKind, kinds_in
from services.caller import Caller
from services.eligible import other_units
from services.granting import Granting
from services.moves import subject_of
from services.office import Office
from services.request_sheets import AskSheet, RequestSheet
from services.requesting import KIND, Requesting, request_sheet
from services.seeking import find
from services.similar import Similar
from storage.tables_complaints import Complaint, Event
from storage.tables_drafts import Composition
from storage.tables_time import StaffRequest
from storage.unit_of_work import UnitOfWork

LISTED = 8
"""Requests in one list."""


class Requests:
    """Asks and answers. A request has a clock of its own; the answer is due after `request_days`."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def choices(self, by: Caller, number: str) -> AskSheet:
        """What can be asked for about a complaint now, and among what its particulars are chosen."""
        async with self._office.database.reading() as work:
            complaint = await find(work, self._office, by.actor, number)
            government = await self._office.government(work, complaint.government_id)
            allow(by.actor, Action.REQUEST, subject_of(complaint, government))
            units = await other_units(work, complaint)
            near = await Similar(self._office, work).to_complaint(complaint, by.actor)
            kinds = kinds_in(complaint.status)
            if complaint.arbitrated_at is not None:
                kinds = tuple(kind for kind in kinds if kind is not RequestKind.RETURN)
            return AskSheet(
                number=complaint.number,
                kinds=kinds,
                unit_ids=tuple(unit.id for unit in units),
                unit_names=tuple(unit.name for unit in units),
                near=tuple(each.number for each in near),
            )

    async def ask_extension(self, by: Caller, number: str, days: int, reason: str) -> RequestSheet:
        """Asks for more working days at once; raises `NotUnderstood` for a number of days or a reason that is none."""
        async with self._office.database.work(by.cause) as work:
            complaint = await find(work, self._office, by.actor, number)
            asked = {KIND: RequestKind.EXTENSION.value, Need.DAYS.value: days}
            request = await Requesting(self._office, work).enter(by, complaint, asked, reason)
            sheet = await request_sheet(self._office, work, request)
            await work.commit()
            return sheet

    async def pending(self, by: Caller) -> tuple[RequestSheet, ...]:
        """What waits for an answer at the caller's desks, the most urgent first."""
        async with self._office.database.reading() as work:
            rows = await work.requests.open_at_desks(by.actor, LISTED)
            return tuple([await request_sheet(self._office, work, row) for row in rows])

    async def grant(self, by: Caller, request_id: int) -> RequestSheet:
        """Agrees, once: raises `StaleStep` for one that is answered, `OwnWork` for who works on it."""
        async with self._office.database.work(by.cause) as work:
            request = await _request(work, request_id)
            await Granting(self._office, work).grant(by, request)
            sheet = await request_sheet(self._office, work, request)
            await work.commit()
            return sheet


async def _request(work: UnitOfWork, request_id: object) -> StaffRequest:
    request = await work.requests.get(request_id) if isinstance(request_id, int) else None
    if request is None:
        raise ComplaintNotFound
    return request


async def check_words(
    office: Office, work: UnitOfWork, by: Caller, complaint: Complaint, data: Mapping[str, Any]
) -> None:
    """Refuses words that could not leave: of a request (it has a kind), or of an answer to one."""
    if KIND in data:
        await Requesting(office, work).check(by, complaint, data)
        return
    about = await Granting(office, work).check(by, await _request(work, data.get("request_id")))
    if about is not complaint:
        raise ComplaintNotFound


async def send_words(office: Office, work: UnitOfWork, by: Caller, complaint: Complaint, row: Composition) -> Event:
    """Lets written words leave as a request, as a second return, or as the refusal of a request; returns its event."""
    asking, reason = Requesting(office, work), row.text or ""
    if KIND not in row.data:
        await Granting(office, work).refuse(by, await _request(work, row.data.get("request_id")), reason)
    elif await asking.is_second_return(complaint, row.data):
        await asking.to_arbiter(by, complaint, row.data, reason)
    else:
        await asking.enter(by, complaint, row.data, reason)
    return (await work.timeline.of(complaint.id))[-1]
