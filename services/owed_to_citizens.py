"""Automatic words to citizens: an honest one when their complaint is late, and the question whether it is solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.messages import Notice
from services.calendars import Calendars
from services.escalating import CLIMBING
from services.left_unsaid import LeftUnsaid, Note, Why
from services.office import Office
from services.owing import Owed
from storage.queries.running import RunningClock
from storage.unit_of_work import UnitOfWork

TELL_LATE, ASK_OUTCOME = "tell_late", "ask_outcome"

LOOK_BACK = timedelta(days=14)
"""What has been late for longer than this has been told, or is no news any more."""


@dataclass
class OwedToCitizens:
    """Looks within one unit of work. Quiet hours are kept: what is found at night leaves in the morning."""

    office: Office
    work: UnitOfWork
    now: datetime
    note: Note

    async def late(self) -> list[Owed]:
        """One word for each clock that has run out, and again if it runs out once more after an extension."""
        clocks = await self.work.running.late(CLIMBING, self.now, since=self.now - LOOK_BACK)
        keyed = [(clock, f"{Notice.LATE}:{clock.id}:{clock.due_at.date().isoformat()}") for clock in clocks]
        return await self._new(TELL_LATE, Notice.LATE, keyed, await Calendars.read(self.work))

    async def outcomes(self) -> list[Owed]:
        """The question of the latest day that has come; days that were missed are not made up for."""
        calendars, keyed = await Calendars.read(self.work), []
        for clock in await self.work.running.windows(self.now):
            points = self.office.cadence.ask_at(clock.started_at, calendars.of(clock.government_id))
            come = [day for day, at in points if at <= self.now]
            coming = [at for _, at in points if at > self.now]
            if come:
                keyed.append((clock, f"{Notice.ASK_OUTCOME}:{clock.id}:{come[-1]}"))
            elif coming:
                self.note(LeftUnsaid(ASK_OUTCOME, clock.number, Why.NOT_DUE, coming[0]))
        return await self._new(ASK_OUTCOME, Notice.ASK_OUTCOME, keyed, calendars)

    async def _new(
        self, job: str, notice: Notice, keyed: Sequence[tuple[RunningClock, str]], calendars: Calendars
    ) -> list[Owed]:
        known = await self.work.outbox.known({key for _, key in keyed})
        found = []
        for clock, key in keyed:
            if key in known:
                self.note(LeftUnsaid(job, clock.number, Why.ALREADY_OWED))
                continue
            waking = self.office.cadence.waking(self.now, calendars.of(clock.government_id))
            found.append(Owed(key, clock.person_id, notice, {"clock_id": clock.id}, clock.complaint_id, waking))
        return found
