"""Consents, looks, legal holds and wishes: what can be proved about the handling of personal data."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, select

from domain.lifecycle import Role
from domain.privacy import Extra
from storage.queries.base import Queries
from storage.tables_complaints import Complaint
from storage.tables_people import Identity, Person
from storage.tables_privacy import Consent, Erasure, LegalHold, Look, Wish

SAME_LOOK = timedelta(minutes=10)
"""Somebody who turns pages of one complaint looks at it once."""


class Privacy(Queries):
    """Queries on what people have decided, and on who has seen what."""

    def add(self, row: Consent | Erasure | LegalHold) -> None:
        """Keeps a new row with the unit of work."""
        self._session.add(row)

    async def consents_of(self, person_id: int) -> Sequence[Consent]:
        """Every answer that somebody has given, oldest first."""
        rows = await self._session.scalars(select(Consent).where(Consent.person_id == person_id).order_by(Consent.id))
        return rows.all()

    async def agrees(self, person_id: int, extra: Extra) -> bool:
        """Whether somebody's newest answer is yes."""
        answer = await self._session.scalar(
            select(Consent.given)
            .where(Consent.person_id == person_id, Consent.extra == extra)
            .order_by(Consent.id.desc())
            .limit(1)
        )
        return answer is True

    async def wish_of(self, person_id: int) -> Wish | None:
        """What somebody wants of their data, if anything."""
        return await self._session.get(Wish, person_id)

    async def wishing(self, person_id: int) -> Wish:
        """The same, to be changed."""
        wish = await self.wish_of(person_id)
        if wish is None:
            wish = Wish(person_id=person_id)
            self._session.add(wish)
        return wish

    async def restricted_among(self, person_ids: Collection[int]) -> frozenset[int]:
        """Those among some people who have restricted the use of their data."""
        rows = await self._session.scalars(
            select(Wish.person_id).where(Wish.person_id.in_(person_ids), Wish.restricted_at.is_not(None))
        )
        return frozenset(rows.all())

    async def looked(self, complaint: Complaint, person_id: int, role: Role, now: datetime) -> None:
        """Writes down that somebody on duty opened a complaint, once for all pages of one sitting."""
        again = exists().where(
            Look.complaint_id == complaint.id,
            Look.person_id == person_id,
            Look.role == role,
            Look.at > now - SAME_LOOK,
        )
        if not await self._session.scalar(select(again)):
            self._session.add(
                Look(
                    complaint_id=complaint.id,
                    person_id=person_id,
                    role=role,
                    government_id=complaint.government_id,
                    unit_id=complaint.unit_id,
                    at=now,
                )
            )

    async def looks_at(self, complaint_id: int) -> Sequence[Look]:
        """Who opened a complaint, oldest first."""
        rows = await self._session.scalars(select(Look).where(Look.complaint_id == complaint_id).order_by(Look.id))
        return rows.all()

    async def held_among(self, complaint_ids: Collection[int]) -> frozenset[int]:
        """Those among some complaints that a legal hold keeps."""
        rows = await self._session.scalars(
            select(LegalHold.complaint_id).where(
                LegalHold.complaint_id.in_(complaint_ids), LegalHold.lifted_at.is_(None)
            )
        )
        return frozenset(rows.all())

    async def holds(self, complaint_id: int | None = None) -> Sequence[LegalHold]:
        """The legal holds in force, on one complaint or (None) on any."""
        here = [] if complaint_id is None else [LegalHold.complaint_id == complaint_id]
        rows = await self._session.scalars(
            select(LegalHold).where(LegalHold.lifted_at.is_(None), *here).order_by(LegalHold.id)
        )
        return rows.all()

    async def stranger(self, now: datetime) -> Person:
        """A person without identity, for a complaint that has lost its citizen."""
        person = Person(created_at=now, last_seen_at=now)
        self._session.add(person)
        await self._session.flush()
        return person

    async def known(self, person_id: int) -> bool:
        """Whether it can still be said who a person is."""
        return await self._session.get(Identity, person_id) is not None
