"""Complaints that are still being told, and words that are being composed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import with_expression

from domain.drafting import DraftState, Purpose
from storage.queries.base import Queries
from storage.tables_drafts import Composition, Draft
from storage.tables_evidence import Attachment
from storage.tables_people import Person

_OPEN = (
    select(Draft)
    .where(Draft.person_id == bindparam("person"), Draft.state == DraftState.OPEN)
    .order_by(Draft.id.desc())
    .limit(1)
    .options(with_expression(Draft.has_files, exists().where(Attachment.draft_id == Draft.id)))
)


class Drafts(Queries):
    """Queries on what people have begun and not sent."""

    def add(self, row: Draft | Composition) -> None:
        """Keeps a new row with the unit of work."""
        self._session.add(row)

    async def get(self, draft_id: int) -> Draft | None:
        """The draft of this number, in whatever state."""
        return await self._session.get(Draft, draft_id)

    async def open_of(self, person_id: int) -> Draft | None:
        """The draft that a person has under way; the newest, should a race have made two."""
        return await self._session.scalar(_OPEN, {"person": person_id})

    async def waiting(self, person_id: int) -> Sequence[Draft]:
        """Everything that a person has begun and neither sent nor thrown away, the latest first."""
        found = await self._session.scalars(
            select(Draft)
            .where(Draft.person_id == person_id, Draft.state.in_((DraftState.OPEN, DraftState.KEPT)))
            .order_by(Draft.updated_at.desc(), Draft.id.desc())
        )
        return found.all()

    async def begun_since(self, person_id: int, since: datetime) -> int:
        """How many drafts a person has begun since an instant."""
        count = select(func.count()).where(Draft.person_id == person_id, Draft.created_at > since)
        return await self._session.scalar(count) or 0

    async def left_between(self, since: datetime, until: datetime) -> Sequence[Draft]:
        """The latest waiting draft of everybody who can be reached and was here last between two instants."""
        rows = await self._session.scalars(
            select(Draft)
            .join(Person, Person.id == Draft.person_id)
            .where(
                Draft.state.in_((DraftState.OPEN, DraftState.KEPT)),
                Person.last_seen_at > since,
                Person.last_seen_at <= until,
                Person.unreachable_since.is_(None),
            )
            .order_by(Draft.updated_at, Draft.id)
        )
        return tuple({draft.person_id: draft for draft in rows}.values())

    async def unsent_of(self, person_id: int) -> Sequence[Draft]:
        """What a person has begun and not sent, thrown away or not."""
        rows = await self._session.scalars(
            select(Draft).where(Draft.person_id == person_id, Draft.state != DraftState.SENT).order_by(Draft.id)
        )
        return rows.all()

    async def composition_of(self, person_id: int) -> Composition | None:
        """The words that a person is writing for a complaint."""
        return await self._session.get(Composition, person_id)

    async def hold_composition(self, person_id: int) -> Composition | None:
        """The same, held until the end of the transaction: to leave and to be taken back exclude each other."""
        return await self._session.get(Composition, person_id, with_for_update=True, populate_existing=True)

    async def due_to_leave(self, now: datetime) -> Sequence[int]:
        """Whose words were sent so long ago that they are to leave, the first to be sent first."""
        due = select(Composition.person_id).where(Composition.leaves_at <= now).order_by(Composition.leaves_at)
        return (await self._session.scalars(due)).all()

    async def written_for(self, complaint_id: int, since: datetime) -> Sequence[Composition]:
        """What was being written for a complaint since an instant, or is on its way, the latest first."""
        rows = await self._session.scalars(
            select(Composition)
            .where(
                Composition.complaint_id == complaint_id,
                or_(Composition.updated_at >= since, Composition.leaves_at.is_not(None)),
            )
            .order_by(Composition.updated_at.desc(), Composition.person_id)
        )
        return rows.all()

    async def compose(
        self, person_id: int, complaint_id: int, purpose: Purpose, data: dict[str, Any], serial: int, now: datetime
    ) -> Composition:
        """Begins words for a complaint; what the person had begun before gives way."""
        row = await self.composition_of(person_id)
        if row is None:
            row = Composition(person_id=person_id)
            self._session.add(row)
        row.complaint_id, row.purpose, row.data, row.updated_at = complaint_id, purpose, data, now
        row.text, row.serial, row.leaves_at = None, serial, None
        await self._session.flush()
        return row

    async def discard_composition(self, person_id: int) -> None:
        """Forgets those words."""
        row = await self.composition_of(person_id)
        if row is not None:
            await self._session.delete(row)

    def seal_name(self, name: str | None) -> bytes | None:
        """Seals the name that an officer may see, for `shown_name_sealed`."""
        return self._seal(name)

    def open_name(self, draft: Draft) -> str | None:
        """The name that an officer may see."""
        return self._open(draft.shown_name_sealed)
