"""What has outlived its time is let go: by days that stand in a file, and never against a legal hold."""

from __future__ import annotations

from datetime import datetime

from domain.audit import Act
from domain.lifecycle import Role
from domain.practice import LASTS
from domain.privacy import Retention
from services.erasing import Eraser
from services.office import Office
from storage.seed.retention import seed_retention


class Retaining:
    """The jobs of retention; each may run twice, and finds less the second time."""

    def __init__(self, office: Office, retention: Retention | None = None) -> None:
        """Goes by the periods given, or by the file."""
        self._office = office
        self._retention = retention or seed_retention()

    async def inbox(self, now: datetime) -> int:
        """Forgets dead letters and the numbers of worked updates."""
        async with self._office.database.work() as work:
            gone = await work.inbox.expire(
                dead_before=self._retention.before("dead_letters", now),
                done_before=self._retention.before("worked_updates", now),
            )
            await work.commit()
            return gone

    async def drafts(self, now: datetime) -> int:
        """Deletes drafts that were thrown away or long left, and practices that were broken off."""
        async with self._office.database.work() as work:
            gone = await work.erasures.drafts(
                self._retention.before("discarded_drafts", now), self._retention.before("resting_drafts", now)
            ) + await work.practices.expire(now - LASTS)
            await work.commit()
            return gone

    async def messages(self, now: datetime) -> int:
        """Deletes what was sent long ago, and the choices that it offered."""
        before = self._retention.before("messages", now)
        async with self._office.database.work() as work:
            gone = await work.erasures.messages(before) + await work.shown.expire(before)
            await work.commit()
            return gone

    async def identities(self, now: datetime) -> int:
        """Cuts complaints that ended long ago loose from their citizens, save those on legal hold."""
        async with self._office.database.work() as work:
            found = await work.erasures.outlived(self._retention.before("identity_after_closing", now))
            held = await work.privacy.held_among([complaint.id for complaint in found])
            loose = [complaint for complaint in found if complaint.id not in held]
            for complaint in loose:
                await Eraser(work, now).complaint(complaint)
                work.audit.note(Act.ERASE, role=Role.SYSTEM, complaint_id=complaint.id)
            await work.commit()
            return len(loose)
