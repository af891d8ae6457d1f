"""Clocks that run, with what the jobs ask of their complaints: read in sets, however many lie open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from domain.lifecycle import OPEN_STATUSES, ClockKind, Role, Status
from storage.queries.base import Queries
from storage.tables_complaints import ClockRow, Complaint
from storage.tables_time import Escalation

# Nothing runs of what has ended; said once more, it leads the planner to the few complaints that live.
_STANDS = (
    ClockRow.stopped_at.is_(None),
    ClockRow.paused_at.is_(None),
    Complaint.status.in_({*OPEN_STATUSES, Status.DONE}),
)

_COLUMNS = (
    ClockRow.id,
    ClockRow.kind,
    ClockRow.limit_days,
    ClockRow.regulation_version,
    ClockRow.time_zone,
    ClockRow.started_at,
    ClockRow.due_at,
    ClockRow.original_due_at,
    ClockRow.paused_at,
    ClockRow.stopped_at,
    ClockRow.pauses,
    ClockRow.extensions,
    Complaint.id,
    Complaint.number,
    Complaint.person_id,
    Complaint.government_id,
    Complaint.unit_id,
    Complaint.at_arbiter,
    Complaint.accused_unit_ids,
    Complaint.regulation_version,
)


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A clock as it stands in its row, and what its complaint says of who answers for it. The `id` is the clock's."""

    id: int
    kind: ClockKind
    limit_days: int
    regulation_version: str
    time_zone: str
    started_at: datetime
    due_at: datetime
    original_due_at: datetime
    paused_at: datetime | None
    stopped_at: datetime | None
    pauses: list[list[str]]
    extensions: list[dict[str, Any]]
    complaint_id: int
    number: str
    person_id: int
    government_id: int | None
    unit_id: int | None
    at_arbiter: bool
    accused_unit_ids: list[int]
    received_under: str


class Running(Queries):
    """Queries of the jobs, which come every minute: one question each, and no row that nothing is done about."""

    async def open(self, kinds: Collection[ClockKind], *, besides: Collection[int] = ()) -> Sequence[RunningClock]:
        """The running, unpaused clocks of some kinds, nearest deadline first.

        `besides`: units whose clocks are left out, but for those of their desk and of what accuses anybody.
        """
        elsewhere = or_(Complaint.unit_id.is_(None), Complaint.unit_id.not_in(besides))
        left = or_(elsewhere, ClockRow.kind == ClockKind.VERIFY, Complaint.accused_unit_ids != [])
        return await self._where(*_STANDS, ClockRow.kind.in_(kinds), *([left] if besides else []))

    async def late(
        self,
        kinds: Collection[ClockKind],
        now: datetime,
        *,
        since: datetime | None = None,
        below: Role | None = None,
    ) -> Sequence[RunningClock]:
        """Those among them that are late, but not for longer than `since`, and have not climbed as far as `below`."""
        young = [ClockRow.due_at >= since] if since else []
        topped = exists().where(Escalation.clock_id == ClockRow.id, Escalation.tier == below)
        beneath = [~topped] if below else []
        return await self._where(*_STANDS, ClockRow.kind.in_(kinds), ClockRow.due_at < now, *young, *beneath)

    async def windows(self, now: datetime) -> Sequence[RunningClock]:
        """The windows in which citizens may still say whether what is done is solved, nearest end first."""
        asked = (ClockRow.kind == ClockKind.REACT, ClockRow.due_at >= now, Complaint.status == Status.DONE)
        return await self._where(*_STANDS, *asked)

    async def on_hold(self) -> Sequence[RunningClock]:
        """The paused clocks of what waits for an answer of its citizen, by complaint."""
        paused = (ClockRow.paused_at.is_not(None), ClockRow.stopped_at.is_(None))
        return await self._where(*paused, Complaint.status == Status.ON_HOLD, by=(Complaint.id, ClockRow.id))

    async def _where(
        self, *conditions: ColumnElement[bool], by: tuple[Any, ...] = (ClockRow.due_at, ClockRow.id)
    ) -> Sequence[RunningClock]:
        rows = await self._session.execute(
            select(*_COLUMNS).join(Complaint, Complaint.id == ClockRow.complaint_id).where(*conditions).order_by(*by)
        )
        return [RunningClock(*row) for row in rows]
