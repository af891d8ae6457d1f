"""Updates as they came in: stored once, worked per chat in order, retried, set aside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Row, and_, delete, func, or_, select, text, update

from domain.messages import InboxState
from storage.crypto import CannotOpen
from storage.queries.base import Queries
from storage.queries.inbox_statements import (
    COUNT_ATTEMPTS,
    COUNT_BETWEEN,
    FREE_CHATS,
    HELD,
    KNOWN_CHATS,
    MARK_FREED,
    MARK_WORKED,
    STORE,
    TAKE_CHATS,
    WORKABLE,
    WORKABLE_IN_SEQUENCE,
)
from storage.races import LeaseLost
from storage.tables_messages import ChatLease, InboxUpdate

BACKOFF = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
"""How long a failing update rests after its first, second ... attempt; after one more it is dead."""

MAX_ATTEMPTS = len(BACKOFF) + 1

MAX_CLAIMS = 20
"""Claims after which an update is dead that neither fails nor succeeds: it takes its process with it."""

ROTATION_LOCK = 7_203_003
"""The advisory lock of PostgreSQL under which chats get their new index; any number that nobody else locks."""


@dataclass(frozen=True)
class Arrived:
    """An update as it came: its number, the chat in whose order it is worked, its JSON."""

    update_id: int
    chat_key: str
    payload: str


@dataclass(unsafe_hash=True)
class Cause:
    """The update that a unit of work answers, and the fence under which its chat was claimed.

    `marked`: a unit of work has committed its effect, and the mark that it is worked with it.
    """

    update_id: int
    fence: int
    marked: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Claim:
    """An update in work."""

    update_id: int
    fence: int
    chat_index: str
    payload: str
    attempts: int
    received_at: datetime

    @cached_property
    def cause(self) -> Cause:
        """What the units of work are opened with, so that effect and mark are one transaction."""
        return Cause(self.update_id, self.fence)


@dataclass(frozen=True)
class Unanswered:
    """An update that brought its person no screen: set aside before it was worked, or worked and never shown."""

    update_id: int
    chat_index: str


class Inbox(Queries):
    """Queries on the inbox and on the leases of its chats."""

    async def store(self, updates: Sequence[Arrived], now: datetime) -> int:
        """Keeps updates, sealed; returns how many were not known yet (Telegram offers some twice)."""
        if not updates:
            return 0
        chats = await self._known_chats({each.chat_key for each in updates})
        rows = [
            {
                "update_id": each.update_id,
                "chat_index": chats[each.chat_key],
                "payload_sealed": self._keyring.encrypt(each.payload),
                "state": InboxState.NEW,
                "attempts": 0,
                "not_before": now,
                "received_at": now,
            }
            # Two processes may be brought the same; in one order neither waits for what the other waits for.
            for each in sorted(updates, key=lambda each: each.update_id)
        ]
        return len((await self._session.execute(STORE[self._on_postgresql], rows)).all())

    async def _known_chats(self, chat_keys: Collection[str]) -> dict[str, str]:
        """Finds chats under any key, so that their order survives a rotation; makes the leases of new ones."""
        indexes = {chat_key: self._keyring.indexes(chat_key) for chat_key in chat_keys}
        if self._on_postgresql and any(len(each) > 1 for each in indexes.values()):
            # A rotation may give a chat its new index just now; the rows that follow must not miss that.
            await self._session.execute(text(f"SELECT pg_advisory_xact_lock_shared({ROTATION_LOCK})"))
        anywhere = [index for each in indexes.values() for index in each]
        known = set(await self._session.scalars(KNOWN_CHATS[self._on_postgresql], {"indexes": anywhere}))
        found = {chat_key: next((i for i in each if i in known), None) for chat_key, each in indexes.items()}
        new = [
            {"chat_index": indexes[chat_key][0], "chat_key_sealed": self._keyring.encrypt(chat_key), "fence": 0}
            for chat_key, index in sorted(found.items(), key=lambda each: indexes[each[0]])
            if index is None
        ]
        if new:
            await self._session.execute(self._insert(ChatLease).on_conflict_do_nothing(), new)
        return {chat_key: index or indexes[chat_key][0] for chat_key, index in found.items()}

    async def claim(
        self, worker: str, now: datetime, lease: timedelta, at_most: int, gap: timedelta = timedelta()
    ) -> Sequence[Claim | Unanswered]:
        """Takes the oldest workable updates of chats that nobody works, one of each chat.

        One that cannot be worked at all is set aside and handed over as `Unanswered`: its person is owed an apology.
        The caller commits before working them. An expired lease counts as none. A smaller number that is missing is
        waited for as long as `gap`.
        """
        statement = WORKABLE_IN_SEQUENCE if gap else WORKABLE
        asked = {"now": now, "waited_since": now - gap, "at_most": at_most}
        rows = (await self._session.execute(statement, asked)).all()
        # One of those may end its process each time: in a round of its own it spends no attempt of others.
        suspects = [row for row in rows if row.attempts > MAX_ATTEMPTS]
        found = [await self._opened(row) for row in suspects[:1] or rows]
        taken = [each for each in found if isinstance(each, Claim)]
        if taken:
            numbers, chats = [each.update_id for each in taken], [each.chat_index for each in taken]
            await self._session.execute(COUNT_ATTEMPTS[self._on_postgresql], {"numbers": numbers})
            held = {"chats": chats, "worker": worker, "until": now + lease}
            await self._session.execute(TAKE_CHATS[self._on_postgresql], held)
        return found

    async def _opened(self, row: Row[Any]) -> Claim | Unanswered:
        """An update as it will be once it is taken."""
        if row.attempts >= MAX_CLAIMS:
            return await self._unworkable(row, "the process ended each time it worked this")
        try:
            payload = self._open(row.payload_sealed)
        except CannotOpen:
            return await self._unworkable(row, "no key opens it: put the older key back, then retry")
        return Claim(row.update_id, row.fence + 1, row.chat_index, payload or "", row.attempts + 1, row.received_at)

    async def _unworkable(self, row: Row[Any], error: str) -> Unanswered:
        self._set_aside(await self._session.get_one(InboxUpdate, row.update_id, populate_existing=True), error)
        await self._session.flush()
        return Unanswered(row.update_id, row.chat_index)

    @staticmethod
    def _set_aside(row: InboxUpdate, error: str) -> None:
        row.state, row.error = InboxState.DEAD, error

    async def mark_worked(self, cause: Cause, now: datetime) -> None:
        """Marks the update as worked and empties it; raises `LeaseLost` unless it is held under this fence.

        A second mark under the same fence changes nothing. The unit of work calls this at its commit.
        """
        held = {"number": cause.update_id, "held_fence": cause.fence}
        if await self._session.scalar(MARK_WORKED, held | {"now": now}) is None:
            raise _lost(cause)

    async def finish(self, claims: Sequence[Claim], now: datetime) -> tuple[Sequence[Claim], bool]:
        """Gives chats back and marks their updates where the effect has not.

        Returns those that were still held, and whether more waits in one of their chats; one that is marked only now
        counts as waiting.
        """
        freed = await self.release(claims)
        kept = [each for each in claims if (each.chat_index, each.fence) in freed]
        unmarked = [each.update_id for each in kept if not each.cause.marked]
        if unmarked:
            await self._session.execute(MARK_FREED[self._on_postgresql], {"numbers": unmarked, "now": now})
        return kept, any(freed.values())

    async def release(self, claims: Sequence[Claim]) -> Mapping[tuple[str, int], bool]:
        """Gives chats back, each if its lease was not lost.

        Returns by the index and the fence of those whether an update waits there.
        """
        if not claims:
            return {}
        held = [(each.chat_index, each.fence) for each in claims]
        asked = {"chats": [chat for chat, _ in held], "held": held}
        freed = await self._session.execute(FREE_CHATS[self._on_postgresql], asked)
        return {(row.chat_index, row.fence): row.more for row in freed}

    async def release_all_but(self, worker: str, chats: Collection[str]) -> None:
        """Gives back what is leased to a worker that has only some chats in hand: it looks at every chat there is."""
        await self._session.execute(
            update(ChatLease)
            .where(ChatLease.leased_by == worker, ChatLease.chat_index.not_in(chats))
            .values(leased_by=None, leased_until=None)
            .execution_options(synchronize_session=False)
        )

    async def release_abandoned(self, now: datetime, worker: str | None = None) -> Sequence[Unanswered]:
        """Gives back the chats whose lease has run out, and those of a worker that is known to be gone.

        Returns what was worked there and perhaps never shown. Where more waits in the chat, its answer will show.
        """
        abandoned = or_(ChatLease.leased_until <= now, ChatLease.leased_by == worker)
        freed = await self._session.scalars(
            update(ChatLease)
            .where(ChatLease.leased_by.is_not(None), abandoned)
            .values(leased_by=None, leased_until=None)
            .returning(ChatLease.chat_index)
            .execution_options(synchronize_session=False)
        )
        waiting = select(InboxUpdate.chat_index).where(InboxUpdate.state == InboxState.NEW)
        rows = await self._session.execute(
            select(func.max(InboxUpdate.update_id), InboxUpdate.chat_index)
            .where(
                InboxUpdate.state == InboxState.DONE,
                InboxUpdate.chat_index.in_(freed.all()),
                InboxUpdate.chat_index.not_in(waiting),
            )
            .group_by(InboxUpdate.chat_index)
        )
        return [Unanswered(update_id, chat_index) for update_id, chat_index in rows]

    async def fail(self, claim: Claim, now: datetime, error: str, attempts: int | None = MAX_ATTEMPTS) -> InboxState:
        """Lets a failed update rest, its chat with it; after the last of its `attempts` it is dead, the chat goes on.

        With None it is never dead, and rests as after its last attempt but one: it failed by no fault of its own.
        `error` names the error and carries nothing that a person wrote. Releases the chat. Returns the state:
        DONE if its effect is committed and only what came after failed. Raises `LeaseLost`.
        """
        if await self._session.scalar(HELD, {"number": claim.update_id, "held_fence": claim.fence}) is None:
            raise _lost(claim.cause)
        row = await self._session.get_one(InboxUpdate, claim.update_id, populate_existing=True)
        if attempts is None:
            row.attempts = min(row.attempts, len(BACKOFF))
        if row.state is InboxState.NEW and attempts is not None and row.attempts >= attempts:
            self._set_aside(row, error[:200])
        elif row.state is InboxState.NEW:
            row.error = error[:200]
            row.not_before = now + BACKOFF[row.attempts - 1]
        await self.release([claim])
        return row.state

    async def dead(self) -> Sequence[InboxUpdate]:
        """The updates that were set aside, oldest first; `lapor inbox` shows them."""
        rows = await self._session.scalars(
            select(InboxUpdate).where(InboxUpdate.state == InboxState.DEAD).order_by(InboxUpdate.update_id)
        )
        return rows.all()

    async def waiting(self) -> int:
        """How many updates are still to be worked."""
        count = select(func.count()).where(InboxUpdate.state == InboxState.NEW)
        return await self._session.scalar(count) or 0

    async def went_on(self, update_id: int) -> bool:
        """Whether the chat of an update has said more since, which is worked or will be."""
        chat = select(InboxUpdate.chat_index).where(InboxUpdate.update_id == update_id).scalar_subquery()
        later = select(InboxUpdate.update_id).where(
            InboxUpdate.chat_index == chat,
            InboxUpdate.update_id > update_id,
            InboxUpdate.state != InboxState.DEAD,
        )
        return await self._session.scalar(later.limit(1)) is not None

    async def received_between(self, update_id: int, since: datetime, now: datetime) -> int:
        """How many updates have come since an instant from the chat of one; a clock that was wrong may tell of more."""
        return await self._session.scalar(COUNT_BETWEEN, {"number": update_id, "since": since, "now": now}) or 0

    async def shed(self, update_id: int, now: datetime) -> None:
        """Counts as worked, and empties, whatever else waits in the chat of an update."""
        chat = select(InboxUpdate.chat_index).where(InboxUpdate.update_id == update_id).scalar_subquery()
        await self._session.execute(
            update(InboxUpdate)
            .where(
                InboxUpdate.chat_index == chat,
                InboxUpdate.state == InboxState.NEW,
                InboxUpdate.update_id != update_id,
            )
            .values(state=InboxState.DONE, payload_sealed=None, error=None, worked_at=now)
            .execution_options(synchronize_session=False)
        )

    async def retry(self, update_id: int, now: datetime) -> bool:
        """Gives a dead update all its attempts back; returns False when there is no such dead one."""
        revived = await self._session.scalar(
            update(InboxUpdate)
            .where(InboxUpdate.update_id == update_id, InboxUpdate.state == InboxState.DEAD)
            .values(state=InboxState.NEW, attempts=0, not_before=now)
            .returning(InboxUpdate.update_id)
            .execution_options(synchronize_session=False)
        )
        return revived is not None

    async def expire(self, dead_before: datetime, done_before: datetime) -> int:
        """Deletes dead letters and the numbers of worked updates from before two instants; returns how many."""
        old_dead = and_(InboxUpdate.state == InboxState.DEAD, InboxUpdate.received_at <= dead_before)
        since = func.coalesce(InboxUpdate.worked_at, InboxUpdate.received_at)
        old_done = and_(InboxUpdate.state == InboxState.DONE, since <= done_before)
        gone = await self._session.scalars(
            delete(InboxUpdate)
            .where(or_(old_dead, old_done))
            .returning(InboxUpdate.update_id)
            .execution_options(synchronize_session=False)
        )
        return len(gone.all())


def _lost(cause: Cause) -> LeaseLost:
    return LeaseLost(f"update {cause.update_id} is no longer held under fence {cause.fence}")
