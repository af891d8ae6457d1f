"""Updates as they came in: stored once, worked per chat in order, retried, set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, text, update

from domain.messages import InboxState
from storage.crypto import CannotOpen
from storage.queries.base import Queries
from storage.queries.sequence import follows_closely
from storage.races import LeaseLost
from storage.tables import ChatLease, InboxUpdate

BACKOFF = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
"""How long a failing update rests after its first, second ... attempt; after one more it is dead."""

MAX_ATTEMPTS = len(BACKOFF) + 1

MAX_CLAIMS = 20
"""Claims after which an update is dead that neither fails nor succeeds: it takes its process with it."""

ROTATION_LOCK = 7_203_003
"""The advisory lock of PostgreSQL under which chats get their new index; any number that nobody else locks."""

_TRIES = 8


@dataclass(frozen=True)
class Cause:
    """The update that a unit of work answers, and the fence under which its chat was claimed."""

    update_id: int
    fence: int


@dataclass(frozen=True)
class Claim:
    """An update in work."""

    update_id: int
    fence: int
    chat_index: str
    payload: str
    attempts: int
    received_at: datetime

    @property
    def cause(self) -> Cause:
        """What the unit of work is opened with, so that effect and mark are one transaction."""
        return Cause(self.update_id, self.fence)


@dataclass(frozen=True)
class Unanswered:
    """An update that brought its person no screen: set aside before it was worked, or worked and never shown."""

    update_id: int
    chat_index: str


class Inbox(Queries):
    """Queries on the inbox and on the leases of its chats."""

    async def store(self, update_id: int, chat_key: str, payload: str, now: datetime) -> bool:
        """Keeps an update, sealed; returns False when it is already known (Telegram offers some twice)."""
        chat_index = await self._known_chat(chat_key)
        statement = (
            self._insert(InboxUpdate)
            .values(
                update_id=update_id,
                chat_index=chat_index,
                payload_sealed=self._keyring.encrypt(payload),
                state=InboxState.NEW,
                attempts=0,
                not_before=now,
                received_at=now,
            )
            .on_conflict_do_nothing(index_elements=[InboxUpdate.update_id])
            .returning(InboxUpdate.update_id)
        )
        return await self._session.scalar(statement) is not None

    async def _known_chat(self, chat_key: str) -> str:
        """Finds the chat under any key, so that its order survives a rotation; makes its lease if new."""
        indexes = self._keyring.indexes(chat_key)
        if self._on_postgresql and len(indexes) > 1:
            # A rotation may give the chat its new index just now; the row that follows must not miss that.
            await self._session.execute(text(f"SELECT pg_advisory_xact_lock_shared({ROTATION_LOCK})"))
        known = await self._session.scalar(
            select(ChatLease.chat_index).where(ChatLease.chat_index.in_(indexes)).limit(1)
        )
        if known is None:
            lease = self._insert(ChatLease).values(
                chat_index=indexes[0], chat_key_sealed=self._keyring.encrypt(chat_key), fence=0
            )
            await self._session.execute(lease.on_conflict_do_nothing())
        return known or indexes[0]

    async def claim_next(
        self, worker: str, now: datetime, lease: timedelta, gap: timedelta = timedelta()
    ) -> Claim | Unanswered | None:
        """Takes the oldest workable update of a chat that nobody works; None when there is none.

        One that cannot be worked at all is set aside and handed over as `Unanswered`: its person is owed an apology.
        The caller commits before working it. An expired lease counts as none. A smaller number that is missing is
        waited for as long as `gap`.
        """
        for _ in range(_TRIES):
            chat = await self._session.scalar(self._workable_chat(now, gap))
            if chat is None:
                return None
            # Asked anew: between the first look and the lock, another worker may have worked that update.
            row = await self._oldest(chat.chat_index)
            if row is not None and row.not_before <= now:
                taken = self._take(row, chat, worker, now + lease)
                await self._session.flush()
                return taken
        return None

    def _workable_chat(self, now: datetime, gap: timedelta) -> Select[ChatLease]:
        """The heads of all chats at once: the cost grows with the backlog, whatever the planner believes."""
        heads = (
            select(func.min(InboxUpdate.update_id).label("update_id"))
            .where(InboxUpdate.state == InboxState.NEW)
            .group_by(InboxUpdate.chat_index)
            .subquery()
        )
        return (
            select(ChatLease)
            .join(InboxUpdate, InboxUpdate.chat_index == ChatLease.chat_index)
            .join(heads, heads.c.update_id == InboxUpdate.update_id)
            .where(
                InboxUpdate.not_before <= now,
                or_(ChatLease.leased_until.is_(None), ChatLease.leased_until <= now),
                *((or_(InboxUpdate.received_at <= now - gap, follows_closely()),) if gap else ()),
            )
            .order_by(InboxUpdate.update_id)
            .limit(1)
            .with_for_update(of=ChatLease, skip_locked=True)
            .execution_options(populate_existing=True)
        )

    async def _oldest(self, chat_index: str) -> InboxUpdate | None:
        return await self._session.scalar(
            select(InboxUpdate)
            .where(InboxUpdate.chat_index == chat_index, InboxUpdate.state == InboxState.NEW)
            .order_by(InboxUpdate.update_id)
            .limit(1)
            .execution_options(populate_existing=True)
        )

    def _take(self, row: InboxUpdate, chat: ChatLease, worker: str, until: datetime) -> Claim | Unanswered:
        """Leases the chat, or sets the update aside when it cannot be worked at all."""
        if row.attempts >= MAX_CLAIMS:
            return self._set_aside(row, "the process ended each time it worked this")
        try:
            payload = self._open(row.payload_sealed)
        except CannotOpen:
            return self._set_aside(row, "no key opens it: put the older key back, then retry")
        row.attempts += 1
        chat.leased_by, chat.leased_until = worker, until
        chat.fence += 1
        return Claim(row.update_id, chat.fence, row.chat_index, payload or "", row.attempts, row.received_at)

    @staticmethod
    def _set_aside(row: InboxUpdate, error: str) -> Unanswered:
        row.state, row.error = InboxState.DEAD, error
        return Unanswered(row.update_id, row.chat_index)

    async def mark_worked(self, cause: Cause, now: datetime) -> None:
        """Marks the update as worked and empties it; raises `LeaseLost` unless it is held under this fence.

        A second mark under the same fence changes nothing. The unit of work calls this at its commit.
        """
        await self._hold(cause)
        marked = await self._session.scalar(
            update(InboxUpdate)
            .where(InboxUpdate.update_id == cause.update_id, InboxUpdate.state == InboxState.NEW)
            .values(state=InboxState.DONE, payload_sealed=None, error=None, worked_at=now)
            .returning(InboxUpdate.update_id)
            .execution_options(synchronize_session=False)
        )
        if marked is None and await self._state(cause.update_id) is not InboxState.DONE:
            raise LeaseLost(f"update {cause.update_id} is a dead letter now")

    async def _hold(self, cause: Cause) -> None:
        """Locks the lease for the rest of the transaction: nobody can take the chat between check and commit."""
        chat_of = select(InboxUpdate.chat_index).where(InboxUpdate.update_id == cause.update_id)
        fence = await self._session.scalar(
            select(ChatLease.fence).where(ChatLease.chat_index == chat_of.scalar_subquery()).with_for_update()
        )
        if fence != cause.fence:
            raise LeaseLost(f"update {cause.update_id} is held under fence {fence}, not {cause.fence}")

    async def _state(self, update_id: int) -> InboxState | None:
        return await self._session.scalar(select(InboxUpdate.state).where(InboxUpdate.update_id == update_id))

    async def release(self, claim: Claim) -> None:
        """Gives the chat back once its answer has been shown; without effect when the lease was lost."""
        await self._free(and_(ChatLease.chat_index == claim.chat_index, ChatLease.fence == claim.fence))

    async def release_abandoned(self, now: datetime, worker: str | None = None) -> Sequence[Unanswered]:
        """Gives back the chats whose lease has run out, and those of a worker that is known to be gone.

        Returns what was worked there and perhaps never shown. Where more waits in the chat, its answer will show.
        """
        abandoned = or_(ChatLease.leased_until <= now, ChatLease.leased_by == worker)
        freed = await self._free(and_(ChatLease.leased_by.is_not(None), abandoned))
        waiting = select(InboxUpdate.chat_index).where(InboxUpdate.state == InboxState.NEW)
        rows = await self._session.execute(
            select(func.max(InboxUpdate.update_id), InboxUpdate.chat_index)
            .where(
                InboxUpdate.state == InboxState.DONE,
                InboxUpdate.chat_index.in_(freed),
                InboxUpdate.chat_index.not_in(waiting),
            )
            .group_by(InboxUpdate.chat_index)
        )
        return [Unanswered(update_id, chat_index) for update_id, chat_index in rows]

    async def _free(self, which: ColumnElement[bool]) -> Sequence[str]:
        freed = await self._session.scalars(
            update(ChatLease)
            .where(which)
            .values(leased_by=None, leased_until=None)
            .returning(ChatLease.chat_index)
            .execution_options(synchronize_session=False)
        )
        return freed.all()

    async def fail(self, claim: Claim, now: datetime, error: str, attempts: int | None = MAX_ATTEMPTS) -> InboxState:
        """Lets a failed update rest, its chat with it; after the last of its `attempts` it is dead, the chat goes on.

        With None it is never dead, and rests as after its last attempt but one: it failed by no fault of its own.
        `error` names the error and carries nothing that a person wrote. Releases the chat. Returns the state:
        DONE if its effect is committed and only what came after failed. Raises `LeaseLost`.
        """
        await self._hold(claim.cause)
        row = await self._session.get_one(InboxUpdate, claim.update_id, populate_existing=True)
        if attempts is None:
            row.attempts = min(row.attempts, len(BACKOFF))
        if row.state is InboxState.NEW and attempts is not None and row.attempts >= attempts:
            self._set_aside(row, error[:200])
        elif row.state is InboxState.NEW:
            row.error = error[:200]
            row.not_before = now + BACKOFF[row.attempts - 1]
        await self.release(claim)
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
        chat = select(InboxUpdate.chat_index).where(InboxUpdate.update_id == update_id).scalar_subquery()
        count = select(func.count()).where(
            InboxUpdate.chat_index == chat, InboxUpdate.received_at > since, InboxUpdate.received_at <= now
        )
        return await self._session.scalar(count) or 0

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
