"""The register: complaints by number, by person, by unit, by government."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, UnaryExpression, func, or_, select

from domain.drafting import Satisfaction
from domain.lifecycle import OPEN_STATUSES, Status
from domain.permissions import Actor
from storage.queries.base import Queries, grouped
from storage.queries.counted import open_to_all
from storage.queries.reach import at_desks, reach
from storage.tables_complaints import Complaint, Rating
from storage.tables_people import Person


class Complaints(Queries):
    """Queries on complaints; a change over somebody else's change is refused as `Stale` at the commit."""

    async def add(self, complaint: Complaint) -> Complaint:
        """Enters a complaint into the register; it has its id afterwards."""
        complaint.participations = []
        self._session.add(complaint)
        await self._session.flush()
        return complaint

    def rate(self, rating: Rating) -> None:
        """Keeps what the citizen thought of one round."""
        self._session.add(rating)

    async def ahead(self, complaint_ids: Collection[int]) -> Sequence[Complaint]:
        """Reads several complaints at once, with what their citizens thought of them."""
        found = await self._session.scalars(select(Complaint).where(self._among(Complaint.id, complaint_ids)))
        rated = await self._session.scalars(select(Rating).where(self._among(Rating.complaint_id, complaint_ids)))
        self._read, self._ahead = found.all(), grouped(complaint_ids, rated, lambda rating: rating.complaint_id)
        return self._read

    async def get(self, complaint_id: int) -> Complaint:
        """The complaint of this id, whoever asks; raises `NoResultFound` when there is none."""
        return await self._session.get_one(Complaint, complaint_id)

    async def by_number(self, number: str) -> Complaint | None:
        """The complaint of this ticket number, whoever asks: of a number anybody may know the public face."""
        return await self._session.scalar(select(Complaint).where(Complaint.number == number))

    async def reachable(self, actor: Actor, complaint_id: int) -> Complaint | None:
        """The complaint of this id, if the actor may read it."""
        return await self._session.scalar(select(Complaint).where(Complaint.id == complaint_id, reach(actor)))

    async def reachable_by_number(self, actor: Actor, number: str) -> Complaint | None:
        """The complaint of this ticket number, if the actor may read it."""
        return await self._session.scalar(select(Complaint).where(Complaint.number == number, reach(actor)))

    async def of_person(
        self, person_id: int, limit: int, offset: int = 0, among: Collection[Status] = tuple(Status)
    ) -> Sequence[Complaint]:
        """What a person has filed, newest first; one page of those that have some statuses."""
        rows = await self._session.scalars(
            select(Complaint)
            .where(Complaint.person_id == person_id, Complaint.status.in_(among))
            .order_by(Complaint.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return rows.all()

    async def open_around(
        self,
        actor: Actor,
        regency_code: str,
        district_code: str | None,
        sectors: Collection[str],
        since: datetime,
        limit: int,
        *,
        accuses: bool,
    ) -> Sequence[Complaint]:
        """What is open in a kabupaten or kota and within the actor's reach, newest first, about some subjects.

        With a district: what lies there, or has only a point, or is not known more closely.
        """
        closer = or_(Complaint.district_code == district_code, Complaint.district_code.is_(None))
        rows = await self._session.scalars(
            select(Complaint)
            .where(
                Complaint.regency_code == regency_code,
                Complaint.status.in_(OPEN_STATUSES),
                Complaint.received_at >= since,
                Complaint.accuses.is_(accuses),
                reach(actor),
                *([closer] if district_code else []),
                *([Complaint.sector.in_(sectors)] if sectors else []),
            )
            .order_by(Complaint.received_at.desc())
            .limit(limit)
        )
        return rows.all()

    async def alike(self, actor: Actor, complaint: Complaint, limit: int) -> Sequence[Complaint]:
        """What is open at the same unit (or unverified at the same desk) about the same subject in the same area."""
        rows = await self._session.scalars(
            select(Complaint)
            .where(
                Complaint.regency_code == complaint.regency_code,
                Complaint.status.in_(OPEN_STATUSES),
                Complaint.unit_id.is_(None) if complaint.unit_id is None else Complaint.unit_id == complaint.unit_id,
                lies_at(complaint.government_id),
                Complaint.sector == complaint.sector,
                *([Complaint.district_code == complaint.district_code] if complaint.district_code else []),
                Complaint.id != complaint.id,
                reach(actor),
            )
            .order_by(Complaint.id)
            .limit(limit)
        )
        return rows.all()

    async def submitted_at(
        self, actor: Actor, limit: int, offset: int = 0, *, unrouted: bool = False
    ) -> Sequence[Complaint]:
        """What waits for verification at the actor's desks, one page.

        What troubles many comes first, then the oldest. At the last desk also what waits for the arbiter.

        `unrouted`: only what the matcher had no confident proposal for.
        """
        doubtful = [Complaint.confident.is_(False)] if unrouted else []
        rows = await self._session.scalars(
            select(Complaint)
            .where(at_desks(actor), Complaint.status == Status.SUBMITTED, *doubtful)
            .order_by(by_crowd(), Complaint.id)
            .limit(limit)
            .offset(offset)
        )
        return rows.all()

    async def taken_by(self, person_id: int, unit_id: int) -> Sequence[Complaint]:
        """What somebody has taken on in a unit, in whatever status, oldest first."""
        rows = await self._session.scalars(
            select(Complaint)
            .where(Complaint.taken_by == person_id, Complaint.unit_id == unit_id)
            .order_by(Complaint.id)
        )
        return rows.all()

    async def open_of_unit(self, actor: Actor, unit_id: int, limit: int) -> tuple[Sequence[Complaint], int]:
        """What is open at a unit and within the actor's reach, oldest first, and how much that is."""
        here = (Complaint.unit_id == unit_id, Complaint.status.in_(OPEN_STATUSES), reach(actor))
        rows = await self._session.scalars(select(Complaint).where(*here).order_by(Complaint.id).limit(limit))
        return rows.all(), await self._count(*here)

    async def dissatisfied_since(self, actor: Actor, government_id: int | None, since: datetime) -> Sequence[Complaint]:
        """What was rated with the lowest of the four answers since an instant, latest first."""
        rows = await self._session.scalars(
            select(Complaint)
            .join(Rating, Rating.complaint_id == Complaint.id)
            .where(
                lies_at(government_id),
                Rating.round == Complaint.round,
                Rating.satisfaction == Satisfaction.DISSATISFIED,
                Rating.rated_at >= since,
                reach(actor),
            )
            .order_by(Rating.rated_at.desc())
        )
        return rows.all()

    async def received_since(self, actor: Actor, government_id: int | None, since: datetime) -> int:
        """How many came in since an instant, without what is examined."""
        return await self._count(lies_at(government_id), open_to_all(), Complaint.received_at >= since, reach(actor))

    async def done_since(self, actor: Actor, government_id: int | None, since: datetime) -> int:
        """How many were said to be finished since an instant, without what is examined."""
        return await self._count(lies_at(government_id), open_to_all(), Complaint.done_at >= since, reach(actor))

    async def unreachable_citizens(self, actor: Actor, government_id: int | None) -> int:
        """How many people with something open cannot be reached, without those who told what is examined."""
        statement = (
            select(func.count(func.distinct(Complaint.person_id)))
            .join(Person, Person.id == Complaint.person_id)
            .where(
                lies_at(government_id),
                open_to_all(),
                Complaint.status.in_({*OPEN_STATUSES, Status.DONE}),
                Person.unreachable_since.is_not(None),
                reach(actor),
            )
        )
        return await self._session.scalar(statement) or 0

    async def _count(self, *conditions: ColumnElement[bool]) -> int:
        return await self._session.scalar(select(func.count()).select_from(Complaint).where(*conditions)) or 0

    async def filed_since(self, person_id: int, since: datetime) -> int:
        """How many complaints a person has filed since an instant."""
        return await self._count(Complaint.person_id == person_id, Complaint.received_at > since)

    async def flagged(
        self, actor: Actor, government_id: int | None, flags: Collection[str], since: datetime
    ) -> Sequence[Complaint]:
        """What is open at a desk, was filed since an instant and carries one of some flags, latest first."""
        rows = await self._session.scalars(
            select(Complaint)
            .where(
                lies_at(government_id),
                Complaint.status.in_(OPEN_STATUSES),
                Complaint.received_at >= since,
                Complaint.flags != [],
                reach(actor),
            )
            .order_by(Complaint.id.desc())
        )
        return [row for row in rows if set(row.flags) & set(flags)]

    async def ratings_of(self, complaint_id: int) -> Sequence[Rating]:
        """What the citizen thought of each round."""
        rows = await self._session.scalars(
            select(Rating).where(Rating.complaint_id == complaint_id).order_by(Rating.round)
        )
        return rows.all()

    async def rating_of(self, complaint: Complaint) -> Rating | None:
        """What the citizen thought of the present round; None: no answer."""
        if complaint.id in self._ahead:
            return next((rating for rating in self._ahead[complaint.id] if rating.round == complaint.round), None)
        return await self._session.scalar(
            select(Rating).where(Rating.complaint_id == complaint.id, Rating.round == complaint.round)
        )

    def open_name(self, complaint: Complaint) -> str | None:
        """The name that the officer may see."""
        return self._open(complaint.shown_name_sealed)


CROWD = 3
"""So many supporters lift a complaint one step above others that are not late either."""


def by_crowd() -> UnaryExpression[int]:
    """What troubles many people first, in steps: one supporter more must not overtake a nearer deadline."""
    return (Complaint.supporters // CROWD).desc()


def lies_at(government_id: int | None) -> ColumnElement[bool]:
    """Whether a complaint lies with a government or (None) at the desk that forwards to SP4N."""
    owner = Complaint.government_id
    return owner.is_(None) if government_id is None else owner == government_id
