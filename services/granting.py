"""A request is answered: granted, it takes its effect by the lifecycle's own actions in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass

from domain.lifecycle import Action, ClockKind, ComplaintClass
from domain.permissions import Actor, allow, may_decide
from domain.refusals import NotUnderstood, OwnWork, StaleStep
from domain.requests import Need, RequestKind, RequestState
from services.caller import Caller
from services.classifying import reclassify
from services.clocks import Clocks
from services.eligible import eligible_units
from services.merging import unite
from services.moves import Mover, Words, subject_of
from services.office import Office
from services.requesting import KIND, checked_reason
from services.seeking import find_again
from services.teamwork import add_unit
from storage.tables_complaints import Complaint
from storage.tables_time import StaffRequest
from storage.unit_of_work import UnitOfWork


@dataclass
class Granting:
    """Works within one unit of work."""

    office: Office
    work: UnitOfWork

    async def check(self, by: Caller, request: StaffRequest) -> Complaint:
        """What the request is about, for whoever may answer it: `StaleStep` once answered or overtaken, `OwnWork`."""
        complaint = await find_again(self.work, self.office, by.actor, request.complaint_id)
        government = await self.office.government(self.work, complaint.government_id)
        subject = subject_of(complaint, government)
        allow(by.actor, Action.DECIDE_REQUEST, subject)
        if request.state is not RequestState.OPEN or request.unit_id != complaint.unit_id:
            raise StaleStep
        if not may_decide(by.actor, subject, {request.asked_by, complaint.taken_by}):
            raise OwnWork
        return complaint

    async def grant(self, by: Caller, request: StaffRequest) -> None:
        """Agrees, and does it."""
        complaint = await self.check(by, request)
        await self._decide(by, complaint, request, RequestState.GRANTED, None)
        await self._take_effect(by.actor, complaint, request)

    async def refuse(self, by: Caller, request: StaffRequest, reason: str) -> None:
        """Does not agree; whoever asked reads why."""
        said = checked_reason(reason)
        complaint = await self.check(by, request)
        await self._decide(by, complaint, request, RequestState.REFUSED, said)

    async def _decide(
        self, by: Caller, complaint: Complaint, request: StaffRequest, state: RequestState, answer: str | None
    ) -> None:
        request.state, request.answer = state, answer
        data = {"request_id": request.id, KIND: request.kind.value, "state": state.value, **request.data}
        words = Words(answer, data)
        await Mover(self.office, self.work).move(complaint, by.actor, Action.DECIDE_REQUEST, words)

    async def _take_effect(self, actor: Actor, complaint: Complaint, request: StaffRequest) -> None:
        match request.kind:
            case RequestKind.RETURN | RequestKind.REFORWARD:
                complaint.returns += request.kind is RequestKind.RETURN
                await self._send_on(actor, complaint, request)
            case RequestKind.REOPEN:
                await self._move(actor, complaint, Action.REFORWARD, Words(data=self._note(request)))
            case RequestKind.ADD_UNIT:
                await add_unit(self.office, self.work, actor, complaint, request.data[Need.UNIT])
            case RequestKind.EXTENSION:
                await self._extend(actor, complaint, request)
            case RequestKind.ASK_CITIZEN:
                await self._move(actor, complaint, Action.HOLD, Words(request.reason, self._note(request)))
            case RequestKind.CHANGE_CLASS:
                chosen = ComplaintClass(request.data[Need.COMPLAINT_CLASS])
                await reclassify(self.office, self.work, actor, complaint, chosen)
            case RequestKind.MAKE_SECRET:
                await self._move(actor, complaint, Action.MAKE_SECRET, Words(data=self._note(request)))
                complaint.secret = True
            case RequestKind.ARCHIVE:
                complaint.archive_reason = request.data[Need.ARCHIVE_REASON]
                await self._move(actor, complaint, Action.ARCHIVE, Words(request.reason, self._note(request)))
            case RequestKind.MERGE:
                await unite(self.office, self.work, actor, complaint, request.data[Need.MAIN])

    async def _send_on(self, actor: Actor, complaint: Complaint, request: StaffRequest) -> None:
        """To the unit that was named; it is looked at once more, since the world may have changed meanwhile."""
        unit_id = request.data[Need.UNIT]
        if unit_id not in {unit.id for unit in await eligible_units(self.work, complaint)}:
            raise NotUnderstood("unit_missing")
        complaint.unit_id = unit_id
        await self._move(actor, complaint, Action.REFORWARD, Words(data={**self._note(request), "unit_id": unit_id}))

    async def _extend(self, actor: Actor, complaint: Complaint, request: StaffRequest) -> None:
        days = request.data[Need.DAYS]
        await self._move(actor, complaint, Action.EXTEND, Words(request.reason, {**self._note(request), "days": days}))
        government = await self.office.government(self.work, complaint.government_id)
        calendar = await self.office.calendar(self.work, government)
        rules = self.office.rules(complaint.regulation_version, government)
        clocks = Clocks(self.work, complaint, calendar, rules)
        if not await clocks.extend(ClockKind.RESOLVE, days, self.office.clock()):
            raise StaleStep

    async def _move(self, actor: Actor, complaint: Complaint, action: Action, words: Words) -> None:
        await Mover(self.office, self.work).move(complaint, actor, action, words)

    @staticmethod
    def _note(request: StaffRequest) -> dict[str, int]:
        return {"request_id": request.id}
