"""The register: complaints by number, by person, by unit, by government."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, or_, select

from domain.lifecycle import OPEN_STATUSES, Status
from storage.queries.base import Queries
from storage.tables import Attachment, ClockRow, Complaint, Rating


class Complaints(Queries):
    """Queries on complaints; a change over somebody else's change is refused as `Stale` at the commit."""

    async def add(self, complaint: Complaint) -> Complaint:
        """Enters a complaint into the register; it has its id afterwards."""
        self._session.add(complaint)
        await self._session.flush()
        return complaint

    def rate(self, rating: Rating) -> None:
        """Keeps what the citizen thought of one round."""
        self._session.add(rating)

    async def get(self, complaint_id: int) -> Complaint:
        """The complaint of this id; raises `NoResultFound` when there is none."""
        return await self._session.get_one(Complaint, complaint_id)

    async def by_number(self, number: str) -> Complaint | None:
        """The complaint of this ticket number."""
        return await self._session.scalar(select(Complaint).where(Complaint.number == number))

    async def of_person(self, person_id: int, limit: int = 20) -> Sequence[Complaint]:
        """What a person has filed, newest first."""
        rows = await self._session.scalars(
            select(Complaint).where(Complaint.person_id == person_id).order_by(Complaint.id.desc()).limit(limit)
        )
        return rows.all()

    async def open_of_unit(self, unit_id: int) -> Sequence[Complaint]:
        """The queue of a unit, oldest first."""
        rows = await self._session.scalars(
            select(Complaint)
            .where(Complaint.unit_id == unit_id, Complaint.status.in_(OPEN_STATUSES))
            .order_by(Complaint.id)
        )
        return rows.all()

    async def open_of_units(self, unit_ids: Collection[int], limit: int, offset: int = 0) -> Sequence[Complaint]:
        """The queue of an officer: nearest deadline first, what is paused or has none last; one page."""
        due = (
            select(func.min(ClockRow.due_at))
            .where(
                ClockRow.complaint_id == Complaint.id,
                ClockRow.stopped_at.is_(None),
                ClockRow.paused_at.is_(None),
            )
            .scalar_subquery()
        )
        rows = await self._session.scalars(
            select(Complaint)
            .where(Complaint.unit_id.in_(unit_ids), Complaint.status.in_(OPEN_STATUSES))
            .order_by(due.asc().nulls_last(), Complaint.id)
            .limit(limit)
            .offset(offset)
        )
        return rows.all()

    async def submitted_at(
        self, government_ids: Collection[int | None], limit: int, offset: int = 0, *, unrouted: bool = False
    ) -> Sequence[Complaint]:
        """What waits for verification at some desks (None: the one that forwards to SP4N), oldest first; one page.

        `unrouted`: only what the matcher had no confident proposal for.
        """
        known = [government_id for government_id in government_ids if government_id is not None]
        here: ColumnElement[bool] = Complaint.government_id.in_(known)
        if None in government_ids:
            here = or_(here, Complaint.government_id.is_(None))
        doubtful = [Complaint.confident.is_(False)] if unrouted else []
        rows = await self._session.scalars(
            select(Complaint)
            .where(here, Complaint.status == Status.SUBMITTED, *doubtful)
            .order_by(Complaint.id)
            .limit(limit)
            .offset(offset)
        )
        return rows.all()

    async def open_of_government(self, government_id: int | None) -> Sequence[Complaint]:
        """What is open at a government, oldest first; None: at the desk that forwards to SP4N."""
        owner = Complaint.government_id
        here = owner.is_(None) if government_id is None else owner == government_id
        rows = await self._session.scalars(
            select(Complaint).where(here, Complaint.status.in_(OPEN_STATUSES)).order_by(Complaint.id)
        )
        return rows.all()

    async def attachments(self, complaint_id: int) -> Sequence[Attachment]:
        """The files of a complaint in the order they came."""
        rows = await self._session.scalars(
            select(Attachment).where(Attachment.complaint_id == complaint_id).order_by(Attachment.id)
        )
        return rows.all()

    async def rating_of(self, complaint: Complaint) -> Rating | None:
        """What the citizen thought of the present round; None: no answer."""
        return await self._session.scalar(
            select(Rating).where(Rating.complaint_id == complaint.id, Rating.round == complaint.round)
        )

    def open_name(self, complaint: Complaint) -> str | None:
        """The name that the officer may see."""
        return self._open(complaint.shown_name_sealed)
