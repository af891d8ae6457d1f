"""Turns complaints into lines of lists, cut to what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.permissions import Actor, may_read
from services.case_sheets import CaseLine
from services.covering import masked, summary
from services.moves import subject_of
from services.office import HOME_ZONE, Office
from services.support_sheets import SimilarLine
from services.told import is_closed
from storage.tables_complaints import ClockRow, Complaint
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork


@dataclass
class Lister:
    """Lists for one actor within one unit of work."""

    office: Office
    work: UnitOfWork
    actor: Actor

    async def lines(self, complaints: Sequence[Complaint]) -> tuple[CaseLine, ...]:
        """Several complaints in a list, each with its nearest running deadline."""
        running: dict[int, list[ClockRow]] = {}
        for row in await self.work.clocks.unstopped_of([each.id for each in complaints]):
            running.setdefault(row.complaint_id, []).append(row)
        # Asked for at once and held here, or each line would ask for its own again.
        governments = await self.work.directory.governments_of({each.government_id for each in complaints})
        return tuple(
            self._line(each, running.get(each.id, ()), governments.get(each.government_id)) for each in complaints
        )

    def _line(self, complaint: Complaint, running: Sequence[ClockRow], government: Government | None) -> CaseLine:
        due_at = min((row.due_at for row in running), default=None)
        overdue = any(row.paused_at is None and row.due_at < self.office.clock() for row in running)
        own = complaint.person_id == self.actor.person_id
        return CaseLine(
            complaint.number,
            complaint.status,
            summary(complaint.text if own else masked(complaint.text)),
            due_at,
            government.time_zone if government else HOME_ZONE,
            overdue,
            complaint.taken_by is not None,
            complaint.taken_by is not None and complaint.taken_by == self.actor.person_id,
            complaint.supporters,
            any(each.unit_id in self.actor.units for each in complaint.participations),
        )

    async def similar_lines(self, complaints: Sequence[Complaint]) -> tuple[SimilarLine, ...]:
        """Several complaints as they may be offered to somebody else."""
        return tuple([await self._similar_line(complaint) for complaint in complaints])

    async def _similar_line(self, complaint: Complaint) -> SimilarLine:
        """A complaint without anything that its reader may not know; the area is no closer than the kecamatan."""
        government = await self.office.government(self.work, complaint.government_id)
        readable = may_read(self.actor, subject_of(complaint, government)) or not is_closed(complaint)
        names = ((complaint.place or {}).get(level) for level in ("district", "regency"))
        return SimilarLine(
            number=complaint.number,
            sector=complaint.sector,
            area=", ".join(name for name in names if name) or None,
            received_at=complaint.received_at,
            time_zone=government.time_zone if government else HOME_ZONE,
            status=complaint.status,
            supporters=complaint.supporters,
            summary=summary(masked(complaint.text)) if readable else None,
        )
