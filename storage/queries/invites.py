"""Single-use, expiring ways into a role; only the hash of a token is known here."""

from datetime import datetime

from sqlalchemy import select, update

from storage.queries.base import Queries
from storage.tables_offices import Invite


class Invites(Queries):
    """Queries on invitations."""

    async def add(self, invite: Invite, staff_name: str | None = None) -> Invite:
        """Keeps an invitation, the invited name sealed."""
        invite.staff_name_sealed = self._seal(staff_name)
        self._session.add(invite)
        await self._session.flush()
        return invite

    async def use(self, token_hash: str, person_id: int, now: datetime) -> Invite | None:
        """Uses an invitation up; None when it does not exist, is used, or has expired.

        One statement, so that of two who tap the same link only one gets in.
        """
        return await self._session.scalar(
            update(Invite)
            .where(Invite.token_hash == token_hash, Invite.used_at.is_(None), Invite.expires_at > now)
            .values(used_at=now, used_by=person_id)
            .returning(Invite)
            .execution_options(synchronize_session=False)
        )

    async def line_of(self, person_id: int) -> set[int]:
        """Somebody, and everybody by whose invitations they came, one after the other."""
        line, asked = {person_id}, {person_id}
        while asked:
            makers = await self._session.scalars(
                select(Invite.invited_by).where(Invite.used_by.in_(asked), Invite.invited_by.is_not(None))
            )
            asked = {maker for maker in makers if maker is not None} - line
            line |= asked
        return line

    async def withdraw_all(self, now: datetime) -> int:
        """Lets every invitation expire that was not used; returns how many."""
        withdrawn = await self._session.scalars(
            update(Invite)
            .where(Invite.used_at.is_(None), Invite.expires_at > now)
            .values(expires_at=now)
            .returning(Invite.id)
            .execution_options(synchronize_session=False)
        )
        return len(withdrawn.all())

    def open_name(self, invite: Invite) -> str | None:
        """The name under which somebody was invited."""
        return self._open(invite.staff_name_sealed)
