"""What leaves the register in a file: complaints in batches, and the log of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, literal, select

from domain.drafting import FileKind
from domain.evidence import FetchState
from domain.lifecycle import Action
from domain.permissions import Actor
from storage.queries.base import Queries
from storage.queries.counted import open_to_all
from storage.queries.reach import reach
from storage.tables_complaints import Complaint, Event
from storage.tables_evidence import Attachment
from storage.tables_exports import Export, ExportedComplaint
from storage.tables_offices import Government, Unit


@dataclass(frozen=True)
class Wanted:
    """Which complaints: of one government or (None) of all, received in a span, for the inspectorate or for others."""

    government_id: int | None
    since: datetime | None
    until: datetime | None
    inspectorate: bool

    def conditions(self) -> list[ColumnElement[bool]]:
        """What accuses an office, or is examined, is the inspectorate's; it stands in no other export."""
        found: list[ColumnElement[bool]] = [~open_to_all() if self.inspectorate else open_to_all()]
        if self.government_id is not None:
            found.append(Complaint.government_id == self.government_id)
        if self.since is not None:
            found.append(Complaint.received_at >= self.since)
        if self.until is not None:
            found.append(Complaint.received_at < self.until)
        return found


class Exports(Queries):
    """Queries on exports."""

    async def begin(self, row: Export) -> None:
        """Enters an export into the log; it has its id afterwards."""
        self._session.add(row)
        await self._session.flush()

    async def note(self, export_id: int, complaint_ids: Collection[int]) -> None:
        """Writes down what went into an export."""
        rows = [{"export_id": export_id, "complaint_id": complaint_id} for complaint_id in complaint_ids]
        await self._session.execute(insert(ExportedComplaint), rows)

    async def note_all(self, export_id: int, wanted: Wanted) -> None:
        """Writes down at once everything that is wanted just now."""
        found = select(literal(export_id), Complaint.id).where(*wanted.conditions())
        await self._session.execute(insert(ExportedComplaint).from_select(["export_id", "complaint_id"], found))

    async def get(self, export_id: int) -> Export | None:
        """The export of this number."""
        return await self._session.get(Export, export_id)

    async def begun_since(self, person_id: int, since: datetime) -> int:
        """How many exports somebody has asked for since an instant."""
        mine = select(func.count(Export.id)).where(Export.person_id == person_id, Export.at >= since)
        return await self._session.scalar(mine) or 0

    async def noted(
        self, export_id: int, actor: Actor, wanted: Wanted
    ) -> Sequence[tuple[Complaint, Government | None, Unit | None]]:
        """What was written down for an export and may still leave by it: it lies where it lay, and within reach."""
        rows = await self._session.execute(
            select(Complaint, Government, Unit)
            .join(ExportedComplaint, ExportedComplaint.complaint_id == Complaint.id)
            .outerjoin(Government, Government.id == Complaint.government_id)
            .outerjoin(Unit, Unit.id == Complaint.unit_id)
            .where(ExportedComplaint.export_id == export_id, reach(actor), *wanted.conditions())
            .order_by(Complaint.id)
        )
        return [(complaint, government, unit) for complaint, government, unit in rows]

    async def files_of(self, complaint_ids: Collection[int]) -> dict[int, dict[FileKind, int]]:
        """How many files of each kind came with complaints."""
        rows = await self._session.execute(
            select(Complaint.id, Attachment.kind, func.count(Attachment.id))
            .join(Attachment, Attachment.complaint_id == Complaint.id)
            .where(
                Complaint.id.in_(complaint_ids),
                Attachment.by_staff.is_(False),
                Attachment.state != FetchState.DOUBLE,
            )
            .group_by(Complaint.id, Attachment.kind)
            .order_by(Complaint.id, Attachment.kind)
        )
        counted: dict[int, dict[FileKind, int]] = {}
        for complaint_id, kind, count in rows:
            counted.setdefault(complaint_id, {})[kind] = count
        return counted

    async def of_complaint(self, complaint_id: int) -> Sequence[Export]:
        """Every export that a complaint went into, oldest first."""
        rows = await self._session.scalars(
            select(Export)
            .join(ExportedComplaint, ExportedComplaint.export_id == Export.id)
            .where(ExportedComplaint.complaint_id == complaint_id)
            .order_by(Export.id)
        )
        return rows.all()

    async def count(self, wanted: Wanted) -> int:
        """How many complaints are wanted."""
        return await self._session.scalar(select(func.count(Complaint.id)).where(*wanted.conditions())) or 0

    async def batch(
        self, wanted: Wanted, after: int, limit: int
    ) -> Sequence[tuple[Complaint, Government | None, Unit | None]]:
        """The next complaints behind an id with the offices that hold them: no offset, however long the register."""
        rows = await self._session.execute(
            select(Complaint, Government, Unit)
            .outerjoin(Government, Government.id == Complaint.government_id)
            .outerjoin(Unit, Unit.id == Complaint.unit_id)
            .where(Complaint.id > after, *wanted.conditions())
            .order_by(Complaint.id)
            .limit(limit)
        )
        return [(complaint, government, unit) for complaint, government, unit in rows]

    async def words_of(self, complaint_ids: Collection[int], actions: Collection[Action]) -> Sequence[Event]:
        """What was written with some actions about some complaints, oldest first."""
        rows = await self._session.scalars(
            select(Event)
            .where(Event.complaint_id.in_(complaint_ids), Event.action.in_(actions), Event.text.is_not(None))
            .order_by(Event.id)
        )
        return rows.all()
