"""Takes out of every table what belongs to one person, and what has outlived its time."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Delete, and_, delete, exists, func, or_, select, update

from domain.drafting import DraftState
from domain.lifecycle import Role, Status
from domain.messages import InboxState, OutboxState
from storage.queries.base import Queries
from storage.tables_campaigns import Arrival
from storage.tables_complaints import Complaint, Event
from storage.tables_drafts import Composition, Draft
from storage.tables_evidence import Attachment
from storage.tables_messages import ChatLease, InboxUpdate, OutboxMessage
from storage.tables_people import Identity, Person
from storage.tables_practice import Practice
from storage.tables_privacy import Consent, Erasure, Flood, Wish
from storage.tables_telling import HeardMessage, ShownChoices
from storage.types import INDEX_LENGTH

ENDED = (Status.CLOSED, Status.WITHDRAWN, Status.ARCHIVED, Status.MERGED)
"""Statuses of a complaint on which nobody works any more."""

LEFT = (OutboxState.SENT, OutboxState.FAILED, OutboxState.UNCERTAIN)


class Erasures(Queries):
    """Deletions. What they leave behind is without name, account, file or words of a draft."""

    async def proofs(self) -> Sequence[Erasure]:
        """Everybody who was forgotten: a number that leads nowhere, and when."""
        return (await self._session.scalars(select(Erasure).order_by(Erasure.person_id))).all()

    async def count(self) -> int:
        """How many people were forgotten."""
        return await self._session.scalar(select(func.count()).select_from(Erasure)) or 0

    async def to_repeat(self, person_id: int, at: datetime) -> bool:
        """Whether a person who was forgotten at an instant is known again, as a backup from before it brings them back.

        A number may mean somebody else since, who came later.
        """
        forgotten = exists().where(Erasure.person_id == person_id)
        known = select(Person.id).where(Person.id == person_id, Person.created_at < at, ~forgotten)
        return await self._session.scalar(known) is not None

    async def all_of(self, person_id: int) -> Sequence[Complaint]:
        """Everything that somebody has filed."""
        rows = await self._session.scalars(
            select(Complaint).where(Complaint.person_id == person_id).order_by(Complaint.id)
        )
        return rows.all()

    async def events_of(self, complaint_id: int) -> Sequence[Event]:
        """The whole timeline of a complaint."""
        rows = await self._session.scalars(select(Event).where(Event.complaint_id == complaint_id))
        return rows.all()

    async def loosen(self, complaint: Complaint, stranger_id: int) -> None:
        """Gives a complaint to a stranger, and takes from it its files, its draft and what its citizen was sent."""
        person_id = complaint.person_id
        await self._drafts_where(Draft.complaint_id == complaint.id)
        await self._run(delete(Attachment).where(Attachment.complaint_id == complaint.id))
        await self._run(delete(HeardMessage).where(HeardMessage.complaint_id == complaint.id))
        await self._run(
            delete(OutboxMessage).where(
                OutboxMessage.complaint_id == complaint.id, OutboxMessage.person_id == person_id
            )
        )
        for event in await self.events_of(complaint.id):
            if event.role is Role.CITIZEN:
                event.person_id = stranger_id
        complaint.person_id = stranger_id

    async def person(self, person_id: int) -> None:
        """Everything that stands under somebody's number, save the number itself and what they did on duty."""
        await self._drafts_where(Draft.person_id == person_id)
        # Their bytes are taken from the disk by the next sweep, since nothing stands for them any more.
        sent = and_(
            Attachment.person_id == person_id, or_(Attachment.by_staff.is_(False), Attachment.composed_by.is_not(None))
        )
        await self._run(delete(Attachment).where(sent))
        written = (HeardMessage, ShownChoices, Composition, Practice, OutboxMessage)
        for table in (*written, Arrival, Consent, Wish, Flood, Identity):
            await self._run(delete(table).where(table.person_id == person_id))

    async def chat(self, chat_key: str) -> None:
        """Empties what came from a chat, and cuts the numbers that must be remembered loose from it."""
        for index in self._keyring.indexes(chat_key):
            nobody = secrets.token_hex(INDEX_LENGTH // 2)
            await self._session.execute(
                update(InboxUpdate)
                .where(InboxUpdate.chat_index == index)
                .values(chat_index=nobody, payload_sealed=None, state=InboxState.DONE, error=None)
                .execution_options(synchronize_session=False)
            )
            # The lease goes along: the update that asks for this is still held under its fence.
            await self._session.execute(
                update(ChatLease)
                .where(ChatLease.chat_index == index)
                .values(chat_index=nobody, chat_key_sealed=None, leased_by=None, leased_until=None)
                .execution_options(synchronize_session=False)
            )

    async def drafts(self, discarded_before: datetime, resting_before: datetime) -> int:
        """Deletes drafts that were thrown away, or begun and left; returns how many."""
        return await self._drafts_where(
            or_(
                and_(Draft.state == DraftState.DISCARDED, Draft.updated_at < discarded_before),
                and_(Draft.state.in_((DraftState.OPEN, DraftState.KEPT)), Draft.updated_at < resting_before),
            )
        )

    async def messages(self, before: datetime) -> int:
        """Deletes what was sent or given up; returns how many."""
        old = and_(OutboxMessage.state.in_(LEFT), OutboxMessage.created_at < before)
        return await self._run(delete(OutboxMessage).where(old))

    async def outlived(self, before: datetime, limit: int = 200) -> Sequence[Complaint]:
        """Complaints that ended before an instant and still have somebody; the oldest first."""
        last = select(Event.at).where(Event.complaint_id == Complaint.id).order_by(Event.id.desc()).limit(1)
        rows = await self._session.scalars(
            select(Complaint)
            .join(Identity, Identity.person_id == Complaint.person_id)
            .where(Complaint.status.in_(ENDED), last.scalar_subquery() < before)
            .order_by(Complaint.id)
            .limit(limit)
        )
        return rows.all()

    async def _drafts_where(self, which: ColumnElement[bool]) -> int:
        drafts = select(Draft.id).where(which)
        await self._run(delete(Attachment).where(Attachment.draft_id.in_(drafts), Attachment.complaint_id.is_(None)))
        # The files of a complaint stay with it when only its draft goes.
        await self._session.execute(
            update(Attachment)
            .where(Attachment.draft_id.in_(drafts))
            .values(draft_id=None)
            .execution_options(synchronize_session=False)
        )
        return await self._run(delete(Draft).where(which))

    async def _run(self, statement: Delete) -> int:
        result = await self._session.execute(statement.execution_options(synchronize_session=False))
        return result.rowcount  # type: ignore[attr-defined, no-any-return]  # a DELETE gives a CursorResult
