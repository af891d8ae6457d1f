"""Whole registers in a few words: complaints with their clocks, replies, ratings and requests, entered as rows."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from domain.drafting import Satisfaction
from domain.lifecycle import Action, ClockKind, ComplaintClass, Kind, Role, Status
from domain.messages import Visibility
from domain.requests import RequestKind
from storage.tables_complaints import ClockRow, Complaint, Event, Rating
from storage.tables_time import StaffRequest
from storage.unit_of_work import UnitOfWork
from tests.services.conftest import Town

CLOCKED = {
    Status.SUBMITTED: (),
    Status.FORWARDED: (ClockKind.VERIFY,),
    Status.IN_PROGRESS: (ClockKind.VERIFY, ClockKind.FIRST_FOLLOW_UP),
}
"""The clocks that have stopped by then; later all have."""

PLACE = {"district": "Cipocok Jaya", "regency": "Kota Serang", "province": "Banten", "code": "36.73.05"}
SECTOR = "electricity"
_numbers = count(1)


@dataclass
class Register:
    """Enters complaints as rows, received when the register's clock says."""

    town: Town
    person_id: int
    entered: list[int] = field(default_factory=list)

    async def unit(self, code: str, government: str = "36.73") -> int:
        """The id of a unit."""
        async with self.town.office.database.reading() as work:
            row = await work.directory.government_by_code(government)
            assert row is not None
            found = await work.directory.unit_by_code(row.id, f"{government}-{code}")
            assert found is not None
            return found.id

    async def enter(self, government_id: int, **fields: Any) -> int:
        """One complaint with everything that hangs on it; returns its id."""
        async with self.town.office.database.work() as work:
            complaint = await self._complaint(work, government_id, fields)
            for clock in (ClockKind.VERIFY, ClockKind.FIRST_FOLLOW_UP, ClockKind.RESOLVE):
                work.clocks.add(_clock(complaint, clock))
            if complaint.first_followed_up_at:
                await _reply(work, complaint)
            if complaint.outcome_resolved is not None:
                work.complaints.rate(_rating(complaint))
            if complaint.unit_id:
                await work.requests.add(_request(complaint, self.person_id))
            await work.commit()
            return complaint.id

    async def _complaint(self, work: UnitOfWork, government_id: int, fields: dict[str, Any]) -> Complaint:
        now = self.town.office.clock()
        received = fields.pop("received_at", now - timedelta(days=2))
        status = fields.get("status", Status.FORWARDED)
        answered = status not in (Status.SUBMITTED, Status.FORWARDED)
        usual = {
            "number": f"R{next(_numbers):08}",
            "kind": Kind.COMPLAINT,
            "complaint_class": ComplaintClass.ORDINARY,
            "text": "Lampu jalan di depan pasar mati sejak seminggu",
            "status": status,
            "place": PLACE,
            "regency_code": "36.73",
            "district_code": "36.73.05",
            "sector": SECTOR,
            "suggestions": [{"sector": SECTOR, "agency": "x", "unit": None, "unit_name": None, "because": []}],
            "round": 1,
            "returns": 0,
            "regulation_version": next(iter(self.town.office.regulations)).version,
            "received_at": received,
            "first_followed_up_at": received + timedelta(hours=2) if answered else None,
            "done_at": received + timedelta(hours=3) if status in (Status.DONE, Status.CLOSED) else None,
            "outcome_resolved": True if status is Status.CLOSED else None,
            "archive_reason": "incomplete" if status is Status.ARCHIVED else None,
        }
        row = Complaint(person_id=self.person_id, government_id=government_id, **{**usual, **fields})
        return await work.complaints.add(row)


def _clock(complaint: Complaint, kind: ClockKind) -> ClockRow:
    stopped = kind in CLOCKED.get(complaint.status, tuple(ClockKind))
    start = complaint.received_at
    return ClockRow(
        complaint_id=complaint.id,
        kind=kind,
        limit_days=3,
        regulation_version=complaint.regulation_version,
        time_zone="Asia/Jakarta",
        started_at=start,
        due_at=start + timedelta(days=1),
        original_due_at=start + timedelta(days=1),
        stopped_at=start + timedelta(hours=2) if stopped else None,
        taken_days=complaint.id % 4 if stopped else None,
        pauses=[],
        extensions=[],
    )


async def _reply(work: UnitOfWork, complaint: Complaint) -> None:
    await work.timeline.add(
        Event(
            complaint_id=complaint.id,
            at=complaint.received_at + timedelta(hours=2),
            action=Action.FOLLOW_UP,
            role=Role.OFFICER,
            unit_id=complaint.unit_id,
            from_status=Status.FORWARDED,
            to_status=Status.IN_PROGRESS,
            visibility=Visibility.CITIZEN,
            data={},
            substantive=False,
        )
    )


def _rating(complaint: Complaint) -> Rating:
    at = complaint.received_at + timedelta(hours=4)
    return Rating(
        complaint_id=complaint.id,
        round=complaint.round,
        satisfaction=Satisfaction.DISSATISFIED,
        first_rated_at=at,
        rated_at=at,
    )


def _request(complaint: Complaint, person_id: int) -> StaffRequest:
    at = complaint.received_at
    return StaffRequest(
        complaint_id=complaint.id,
        unit_id=complaint.unit_id,
        kind=RequestKind.EXTENSION,
        reason="Menunggu suku cadang",
        data={"days": 3},
        asked_by=person_id,
        asked_at=at,
        due_at=at + timedelta(hours=8),
    )
