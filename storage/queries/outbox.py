"""Messages that must arrive: owed once, claimed in turn, sent, or said to be uncertain."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select, text, update

from domain.messages import Notice, OutboxState
from storage.queries.base import AT_ONCE, Queries
from storage.queries.outbox_statements import DUE, SENT, asked
from storage.tables_messages import DOUBTFUL, OutboxMessage
from storage.tables_people import Person

ORPHANED = "the sender ended before the answer"
"""Why a message is uncertain whose process was killed: it may as well never have left."""

TRIES = 5
"""Attempts at what somebody waits for while one process after the other is killed over it."""

_WAITED_FOR = (Notice.RECEIPT, Notice.RESUME, Notice.APOLOGY)
_ONCE_MORE = [notice for notice in Notice if notice.once_more]

# Any number will do, as long as nobody else of this program locks it.
_CLAIM_LOCK = 7_203_001

_DOUBTFUL = text(DOUBTFUL)


class Outbox(Queries):
    """Queries on what is owed to people. `owes`: something was queued in this unit that may leave at once."""

    owes = False

    async def add(
        self,
        unique_key: str,
        person_id: int,
        kind: Notice,
        now: datetime,
        *,
        complaint_id: int | None = None,
        event_id: int | None = None,
        data: Mapping[str, Any] | None = None,
        not_before: datetime | None = None,
    ) -> bool:
        """Owes a message; returns False when the same one (by its key) is owed or sent already."""
        self.owes = True
        await self._session.flush()
        statement = (
            self._insert(OutboxMessage)
            .values(
                unique_key=unique_key,
                person_id=person_id,
                kind=kind,
                complaint_id=complaint_id,
                event_id=event_id,
                data=dict(data or {}),
                priority=kind.priority,
                not_before=not_before or now,
                state=OutboxState.QUEUED,
                attempts=0,
                repeated=False,
                created_at=now,
            )
            .on_conflict_do_nothing(index_elements=[OutboxMessage.unique_key])
            .returning(OutboxMessage.id)
        )
        return await self._session.scalar(statement) is not None

    async def known(self, unique_keys: Collection[str]) -> set[str]:
        """Those among some keys whose message is owed or sent already."""
        keys, found = list(unique_keys), set[str]()
        for start in range(0, len(keys), AT_ONCE):
            here = OutboxMessage.unique_key.in_(keys[start : start + AT_ONCE])
            found.update(await self._session.scalars(select(OutboxMessage.unique_key).where(here)))
        return found

    async def claim_due(
        self, worker: str, now: datetime, limit: int, lease: timedelta, patient: int | None = None
    ) -> Sequence[OutboxMessage]:
        """Takes what is due, most urgent first, at most one per recipient; marks it as being sent.

        The caller commits before calling Telegram: if it dies in between, the message is uncertain, never
        silently sent twice. Nothing leaves for people who cannot be reached. `patient` limits the least urgent.
        """
        if self._on_postgresql:
            # Row locks cannot see that two rows are of one recipient, so the claims queue up: they are short.
            await self._session.execute(text(f"SELECT pg_advisory_xact_lock({_CLAIM_LOCK})"))
        due = (await self._session.scalars(DUE, asked(now, limit, limit if patient is None else patient))).all()
        for message in due:
            message.state = OutboxState.SENDING
            message.attempts += 1
            message.leased_by, message.leased_until = worker, now + lease
        await self._session.flush()
        return due

    async def complaint_of(self, person_id: int, message_id: int) -> int | None:
        """The complaint that a message in a person's chat spoke of."""
        return await self._session.scalar(
            select(OutboxMessage.complaint_id).where(
                OutboxMessage.person_id == person_id, OutboxMessage.message_id == message_id
            )
        )

    async def renew(self, person_id: int, kind: Notice, data: Mapping[str, Any]) -> bool:
        """Gives a message of a kind that has not left yet its newest data; False when there is none."""
        queued = and_(
            OutboxMessage.person_id == person_id,
            OutboxMessage.kind == kind,
            OutboxMessage.state.in_((OutboxState.QUEUED, OutboxState.BLOCKED)),
        )
        return await self._set(queued, data=dict(data)) > 0

    async def sent(self, accepted: Mapping[int, int], now: datetime) -> None:
        """Telegram has accepted these, each as a message of its own. True whatever was believed before."""
        if accepted:
            given = [{"owed": owed_id, "given": message_id, "now": now} for owed_id, message_id in accepted.items()]
            await self._session.execute(SENT, given)

    async def failed_for_now(self, owed_id: int, retry_at: datetime, error: str) -> None:
        """It certainly did not arrive (429, no connection) and is tried again at `retry_at`."""
        await self._set(self._sending(owed_id), state=OutboxState.QUEUED, not_before=retry_at, error=error[:200])

    async def put_off(self, owed_id: int, until: datetime) -> None:
        """It was not tried at all and is looked at again at `until`; what is younger may pass meanwhile."""
        untried = OutboxMessage.attempts - 1
        await self._set(self._sending(owed_id), state=OutboxState.QUEUED, not_before=until, attempts=untried)

    async def failed(self, owed_id: int, error: str) -> None:
        """It cannot arrive, and trying again would not help."""
        await self._set(self._sending(owed_id), state=OutboxState.FAILED, error=error[:200])

    async def blocked(self, owed_id: int, error: str) -> None:
        """The person has blocked the bot (403): it waits until they write again, see `resume`."""
        await self._set(self._sending(owed_id), state=OutboxState.BLOCKED, error=error[:200])

    async def uncertain(self, owed_id: int, error: str) -> None:
        """The call ended without an answer: it may have arrived."""
        await self._set(self._sending(owed_id), state=OutboxState.UNCERTAIN, error=error[:200])

    async def expire(self, now: datetime) -> int:
        """Calls uncertain what was being sent when its process ended; returns how many."""
        expired = and_(OutboxMessage.state == OutboxState.SENDING, OutboxMessage.leased_until <= now)
        return await self._set(expired, state=OutboxState.UNCERTAIN, error=ORPHANED)

    async def expire_worker(self, worker: str) -> int:
        """The same at once, for a worker that is known to be gone."""
        orphaned = and_(OutboxMessage.state == OutboxState.SENDING, OutboxMessage.leased_by == worker)
        return await self._set(orphaned, state=OutboxState.UNCERTAIN, error=ORPHANED)

    async def once_more(self, now: datetime) -> int:
        """Queues the uncertain ones again whose kind prefers a double to silence, each only once.

        What somebody waits for and our own end has interrupted goes until we live to hear the answer.
        """
        interrupted = and_(
            OutboxMessage.kind.in_(_WAITED_FOR),
            OutboxMessage.error == ORPHANED,
            OutboxMessage.attempts < TRIES,
        )
        repeatable = and_(
            OutboxMessage.state == OutboxState.UNCERTAIN,
            OutboxMessage.kind.in_(_ONCE_MORE),
            or_(OutboxMessage.repeated.is_(False), interrupted),
        )
        return await self._set(repeatable, state=OutboxState.QUEUED, not_before=now, repeated=True)

    async def resume(self, person_id: int, now: datetime) -> int:
        """Queues again what was blocked, now that the person has written; returns how many. They keep their order."""
        self.owes = True
        waiting = and_(OutboxMessage.person_id == person_id, OutboxMessage.state == OutboxState.BLOCKED)
        since = case((OutboxMessage.attempts > 0, now), else_=OutboxMessage.not_before)
        return await self._set(waiting, state=OutboxState.QUEUED, not_before=since, error=None)

    async def set_apart(self, now: datetime) -> int:
        """Calls blocked what is due to people who cannot be reached, so that no claim passes it; returns how many.

        They are held meanwhile: whoever comes back just now either is passed over or finds all of it to resume.
        """
        away = select(Person.id).where(Person.unreachable_since.is_not(None)).with_for_update(read=True)
        due = and_(OutboxMessage.state == OutboxState.QUEUED, OutboxMessage.not_before <= now)
        return await self._set(and_(due, OutboxMessage.person_id.in_(away)), state=OutboxState.BLOCKED)

    async def doubt(self, ended_at: datetime, young_since: datetime) -> tuple[int, int]:
        """Calls uncertain what a restored register owes, and the lost one may have sent before it ended.

        What was owed after `young_since` and prefers a double to silence goes once more; the rest waits for somebody to
        look. Returns how many of each. Who has blocked us still gets what prefers a double, once they write.
        """
        doubtful = and_(
            OutboxMessage.not_before <= ended_at,
            or_(
                OutboxMessage.state.in_((OutboxState.QUEUED, OutboxState.SENDING)),
                and_(OutboxMessage.state == OutboxState.UNCERTAIN, OutboxMessage.repeated.is_(False)),
                and_(OutboxMessage.state == OutboxState.BLOCKED, OutboxMessage.kind.not_in(_ONCE_MORE)),
            ),
        )
        young = and_(OutboxMessage.kind.in_(_ONCE_MORE), OutboxMessage.created_at > young_since)
        state, why = OutboxState.UNCERTAIN, "restored from a backup: it may have left before"
        held_back = await self._set(and_(doubtful, not_(young)), state=state, error=why, repeated=True)
        return await self._set(and_(doubtful, young), state=state, error=why, repeated=False), held_back

    async def hold_back(self, ended_at: datetime) -> int:
        """Calls uncertain whatever is due by an instant, and lets none of it go by itself; returns how many."""
        due = and_(OutboxMessage.not_before <= ended_at, OutboxMessage.state == OutboxState.QUEUED)
        why = "fell due before the restore: it may have left before"
        return await self._set(due, state=OutboxState.UNCERTAIN, error=why, repeated=True)

    async def undelivered(self) -> Sequence[OutboxMessage]:
        """What failed and what is uncertain, newest first; `lapor outbox` shows it."""
        rows = await self._session.scalars(select(OutboxMessage).where(_DOUBTFUL).order_by(OutboxMessage.id.desc()))
        return rows.all()

    async def retry(self, owed_id: int, now: datetime) -> bool:
        """Queues one of these again with all its attempts; returns False when there is no such one."""
        again = {"state": OutboxState.QUEUED, "not_before": now, "attempts": 0, "error": None, "repeated": True}
        return await self._set(and_(OutboxMessage.id == owed_id, _DOUBTFUL), **again) > 0

    async def count_of(self, person_id: int) -> int:
        """How many messages to a person are remembered."""
        count = select(func.count()).where(OutboxMessage.person_id == person_id)
        return await self._session.scalar(count) or 0

    async def counts(self) -> dict[OutboxState, int]:
        """How many messages are in each state; a state without any is left out."""
        rows = await self._session.execute(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state))
        return dict(iter(rows))

    @staticmethod
    def _sending(owed_id: int) -> ColumnElement[bool]:
        return and_(OutboxMessage.id == owed_id, OutboxMessage.state == OutboxState.SENDING)

    async def _set(self, which: ColumnElement[bool], **values: Any) -> int:
        changed = await self._session.scalars(
            update(OutboxMessage)
            .where(which)
            .values(leased_by=None, leased_until=None, **values)
            .returning(OutboxMessage.id)
            .execution_options(synchronize_session=False)
        )
        return len(changed.all())
