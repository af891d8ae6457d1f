"""What units ask of their coordinators, and what came of it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from domain.lifecycle import FINISHED_STATUSES, OPEN_STATUSES
from domain.permissions import Actor
from domain.requests import RequestKind, RequestState
from storage.queries.base import Queries
from storage.queries.complaints import lies_at
from storage.queries.reach import at_desks
from storage.tables_complaints import Complaint
from storage.tables_time import StaffRequest

ANSWERABLE = OPEN_STATUSES | FINISHED_STATUSES
"""While a complaint has one of these statuses, its requests can still be answered."""


class Requests(Queries):
    """Queries on requests."""

    async def add(self, request: StaffRequest) -> StaffRequest:
        """Enters a request; it has its id afterwards."""
        self._session.add(request)
        await self._session.flush()
        return request

    async def get(self, request_id: int) -> StaffRequest | None:
        """The request of this id."""
        return await self._session.get(StaffRequest, request_id)

    async def open_of(self, complaint: Complaint, kind: RequestKind) -> StaffRequest | None:
        """The unanswered request of a sort by the unit that has the complaint now."""
        return await self._session.scalar(
            select(StaffRequest).where(
                StaffRequest.complaint_id == complaint.id,
                StaffRequest.unit_id == complaint.unit_id,
                StaffRequest.kind == kind,
                StaffRequest.state == RequestState.OPEN,
            )
        )

    async def was_refused(self, complaint_id: int, kind: RequestKind) -> bool:
        """Whether a request of a sort about one complaint has been refused before."""
        refused = select(StaffRequest.id).where(
            StaffRequest.complaint_id == complaint_id,
            StaffRequest.kind == kind,
            StaffRequest.state == RequestState.REFUSED,
        )
        return await self._session.scalar(refused.limit(1)) is not None

    async def open_at_desks(self, actor: Actor, limit: int) -> Sequence[StaffRequest]:
        """What waits for an answer at the actor's desks, the most urgent first.

        What the asking unit has no more is overtaken.
        """
        return await self._waiting(actor, limit)

    async def open_at(self, actor: Actor, government_id: int | None, limit: int) -> Sequence[StaffRequest]:
        """The same at one of them; None: the one that forwards to SP4N."""
        return await self._waiting(actor, limit, lies_at(government_id))

    async def _waiting(self, actor: Actor, limit: int, *here: ColumnElement[bool]) -> Sequence[StaffRequest]:
        rows = await self._session.scalars(
            select(StaffRequest)
            .join(Complaint, Complaint.id == StaffRequest.complaint_id)
            .where(
                StaffRequest.state == RequestState.OPEN,
                Complaint.status.in_(ANSWERABLE),
                Complaint.unit_id == StaffRequest.unit_id,
                at_desks(actor),
                *here,
            )
            .order_by(StaffRequest.due_at, StaffRequest.id)
            .limit(limit)
        )
        return rows.all()
