"""A unit asks its coordinator for something: what may be asked now, what it must name, and the request itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.drafting import TEXT_MAX, ArchiveReason
from domain.lifecycle import OPEN_STATUSES, Action, ClockKind, ComplaintClass
from domain.permissions import allow
from domain.refusals import ArbiterDecided, NotNow, NotUnderstood
from domain.requests import LONGEST_EXTENSION, NEEDS, Need, RequestKind, RequestState, kinds_in
from services.arbitration import prepare_return
from services.caller import Caller
from services.eligible import other_units
from services.moves import Mover, Words, subject_of
from services.office import HOME_ZONE, Office
from services.request_sheets import RequestSheet, WishSheet
from services.seeking import find_any
from services.similar import may_be_merged
from storage.tables_complaints import Complaint
from storage.tables_time import StaffRequest
from storage.unit_of_work import UnitOfWork

REASON_MIN = 10
"""Characters that a reason needs to be one."""

KIND = "kind"
"""Where the words of a request, and its event, keep what is asked for."""


@dataclass
class Requesting:
    """Works within one unit of work."""

    office: Office
    work: UnitOfWork

    async def check(self, by: Caller, complaint: Complaint, asked: Mapping[str, Any]) -> None:
        """Raises a refusal for what cannot be asked now, was asked already, or does not name what it must."""
        kind = _kind(asked)
        government = await self.office.government(self.work, complaint.government_id)
        allow(by.actor, Action.REQUEST, subject_of(complaint, government))
        if kind not in kinds_in(complaint.status):
            raise NotNow(Action.REQUEST, complaint.status)
        if kind is RequestKind.RETURN and complaint.arbitrated_at is not None:
            raise ArbiterDecided
        if await self.work.requests.open_of(complaint, kind) is not None:
            raise NotUnderstood("asked_already")
        await self._check_need(complaint, kind, asked)

    async def _check_need(self, complaint: Complaint, kind: RequestKind, asked: Mapping[str, Any]) -> None:
        match NEEDS.get(kind):
            case Need.UNIT:
                fits = asked.get(Need.UNIT) in {unit.id for unit in await other_units(self.work, complaint)}
                # Whoever takes part already may well be the one that it belongs to.
                helps = asked.get(Need.UNIT) in {each.unit_id for each in complaint.participations}
                if not fits and not (helps and kind is not RequestKind.ADD_UNIT):
                    raise NotUnderstood("choice_unknown")
                if kind is RequestKind.ADD_UNIT and not await self.work.staff.of_unit(asked[Need.UNIT]):
                    raise NotUnderstood("unit_unstaffed")
            case Need.DAYS:
                days = asked.get(Need.DAYS)
                if not isinstance(days, int) or not 0 < days <= LONGEST_EXTENSION:
                    raise NotUnderstood("days_unknown")
                if await self.work.clocks.running(complaint.id, ClockKind.RESOLVE) is None:
                    raise NotUnderstood("no_deadline")
            case Need.COMPLAINT_CLASS if asked.get(Need.COMPLAINT_CLASS) not in set(ComplaintClass):
                raise NotUnderstood("choice_unknown")
            case Need.ARCHIVE_REASON if asked.get(Need.ARCHIVE_REASON) not in set(ArchiveReason):
                raise NotUnderstood("choice_unknown")
            case Need.MAIN:
                await self._check_main(complaint, str(asked.get(Need.MAIN, "")))

    async def _check_main(self, complaint: Complaint, number: str) -> None:
        """One answer for all that does not fit: a unit does not learn what lies elsewhere."""
        main = await find_any(self.work, number)
        if main.status not in OPEN_STATUSES or not may_be_merged(complaint, main):
            raise NotUnderstood("merge_apart")

    async def enter(self, by: Caller, complaint: Complaint, asked: Mapping[str, Any], reason: str) -> StaffRequest:
        """Enters the request with its clock and tells the desk.

        A second return is none: see `is_second_return`.
        """
        said = checked_reason(reason)
        await self.check(by, complaint, asked)
        now, kind = self.office.clock(), _kind(asked)
        government = await self.office.government(self.work, complaint.government_id)
        calendar = await self.office.calendar(self.work, government)
        rules = self.office.rules(complaint.regulation_version, government)
        data = {need.value: asked[need] for need in (NEEDS.get(kind),) if need}
        request = await self.work.requests.add(
            StaffRequest(
                complaint_id=complaint.id,
                unit_id=complaint.unit_id,
                kind=kind,
                state=RequestState.OPEN,
                reason=said,
                data=data,
                asked_by=by.person_id,
                asked_at=now,
                due_at=calendar.due_after(now, rules.request_days),
            )
        )
        words = Words(said, {"request_id": request.id, KIND: kind.value, **data})
        await Mover(self.office, self.work).move(complaint, by.actor, Action.REQUEST, words)
        return request

    async def is_second_return(self, complaint: Complaint, asked: Mapping[str, Any]) -> bool:
        """Whether it is the arbiter's: then the complaint itself goes there, and not a request."""
        if _kind(asked) is not RequestKind.RETURN:
            return False
        return complaint.returns > 0 or await self.work.requests.was_refused(complaint.id, RequestKind.RETURN)

    async def to_arbiter(self, by: Caller, complaint: Complaint, asked: Mapping[str, Any], reason: str) -> None:
        """Returns the complaint once more, with the owner that this unit proposes."""
        said = checked_reason(reason)
        await self.check(by, complaint, asked)
        await prepare_return(self.work, complaint)
        words = Words(said, {Need.UNIT.value: asked[Need.UNIT]})
        await Mover(self.office, self.work).move(complaint, by.actor, Action.RETURN, words)


def _kind(asked: Mapping[str, Any]) -> RequestKind:
    try:
        return RequestKind(str(asked.get(KIND)))
    except ValueError:
        raise NotUnderstood("choice_unknown") from None


def checked_reason(reason: str) -> str:
    """The reason without blanks around it; raises `NotUnderstood` when it is none, or too long."""
    said = reason.strip()
    if len(said) < REASON_MIN:
        raise NotUnderstood("reason_short")
    if len(said) > TEXT_MAX:
        raise NotUnderstood("text_long")
    return said


async def wish_sheet(work: UnitOfWork, asked: Mapping[str, Any]) -> WishSheet:
    """What is asked for, as people read it."""
    unit_id = asked.get(Need.UNIT)
    unit = await work.directory.unit(unit_id) if unit_id else None
    complaint_class = asked.get(Need.COMPLAINT_CLASS)
    return WishSheet(
        kind=_kind(asked),
        days=asked.get(Need.DAYS, 0),
        unit=unit.name if unit else None,
        complaint_class=ComplaintClass(complaint_class) if complaint_class else None,
        main=asked.get(Need.MAIN),
        archive_reason=asked.get(Need.ARCHIVE_REASON),
    )


async def request_sheet(office: Office, work: UnitOfWork, request: StaffRequest) -> RequestSheet:
    """A request as staff read it; who asked is shown as a unit and never as a person."""
    complaint = await work.complaints.get(request.complaint_id)
    government = await office.government(work, complaint.government_id)
    unit = await work.directory.unit(request.unit_id) if request.unit_id else None
    resolve = await work.clocks.latest(complaint.id, ClockKind.RESOLVE)
    return RequestSheet(
        id=request.id,
        number=complaint.number,
        wish=await wish_sheet(work, {KIND: request.kind, **request.data}),
        state=request.state,
        unit=unit.name if unit else None,
        reason=request.reason,
        due_at=request.due_at,
        resolve_due_at=resolve.due_at if resolve and request.kind is RequestKind.EXTENSION else None,
        time_zone=government.time_zone if government else HOME_ZONE,
    )
