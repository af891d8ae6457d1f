"""Which message gave which answer."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select, update

from domain.drafting import Step
from storage.queries.base import Queries, replacing
from storage.tables_telling import HeardMessage

_NOTE = replacing("heard_messages", "person_id", "message_id")
_FORGET = delete(HeardMessage).where(
    HeardMessage.draft_id == bindparam("draft"), HeardMessage.step.in_(bindparam("answered", expanding=True))
)


class Heard(Queries):
    """Queries on what was taken from people's messages."""

    async def of(self, person_id: int, message_id: int) -> HeardMessage | None:
        """What was taken from a message; None if nothing was."""
        return await self._session.get(HeardMessage, (person_id, message_id))

    async def note(
        self,
        person_id: int,
        message_id: int,
        words: str | None,
        *,
        draft_id: int | None = None,
        complaint_id: int | None = None,
        step: Step | None = None,
    ) -> None:
        """Keeps what was taken from a message, instead of what was noted for it before."""
        row = {"person_id": person_id, "message_id": message_id, "words": words}
        told = {"draft_id": draft_id, "complaint_id": complaint_id, "step": step}
        await self._session.execute(_NOTE[self._on_postgresql], row | told)

    async def forget(self, draft_id: int, steps: Sequence[Step]) -> None:
        """The answers to questions were given anew: older messages speak of them no more."""
        await self._session.execute(_FORGET, {"draft": draft_id, "answered": steps})

    async def forget_draft(self, draft_id: int) -> None:
        """The draft was thrown away."""
        await self._session.execute(delete(HeardMessage).where(HeardMessage.draft_id == draft_id))

    async def forget_waiting(self, person_id: int) -> None:
        """The words that waited to be sent were dropped."""
        await self._session.execute(
            delete(HeardMessage)
            .where(HeardMessage.person_id == person_id, HeardMessage.complaint_id.is_not(None))
            .where(HeardMessage.words.is_not(None))
        )

    async def left(self, person_id: int) -> None:
        """The words that waited to be sent have left."""
        await self._session.execute(
            update(HeardMessage)
            .where(HeardMessage.person_id == person_id, HeardMessage.complaint_id.is_not(None))
            .values(words=None)
        )

    async def waiting(self, person_id: int) -> Sequence[HeardMessage]:
        """What was written for complaints that exist and still waits to be sent."""
        found = await self._session.scalars(
            select(HeardMessage)
            .where(HeardMessage.person_id == person_id, HeardMessage.complaint_id.is_not(None))
            .where(HeardMessage.words.is_not(None))
        )
        return found.all()

    async def sent(self, draft_id: int, complaint_id: int) -> None:
        """The draft has become a complaint: its messages are known, their words stand in the register."""
        await self._session.execute(
            update(HeardMessage)
            .where(HeardMessage.draft_id == draft_id)
            .values(complaint_id=complaint_id, draft_id=None, words=None)
        )
