"""What falls due by the clock: reminders, digests, closing, pauses that end. Each owes messages; none sends any."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain import deadlines
from domain.lifecycle import Action, ClockKind, Status
from domain.permissions import SYSTEM
from services.calendars import Calendars
from services.clocks import calendar_for, deadline_of
from services.escalating import Escalating, climb
from services.left_unsaid import LeftUnsaid, Note, Why, no_note
from services.moves import Mover, Words
from services.office import Office
from services.owed_to_citizens import OwedToCitizens
from services.owed_to_desks import OwedToDesks
from services.owing import owe
from services.reminding import Reminding
from services.unsent import Unsent
from storage.queries.running import RunningClock
from storage.races import Stale


class Timekeeping:
    """The jobs. Each may run twice: what it owes has a unique key per slot, and a status moves only once."""

    def __init__(self, office: Office, note: Note = no_note) -> None:
        """Works on the shared register; `note` hears what is left alone and why."""
        self._office = office
        self._note = note

    async def remind(self, now: datetime) -> int:
        """Owes whoever is responsible at most one reminder per working day, in office hours, oldest deadline first.

        A complaint that nobody has verified or routed is the desk's; so is one whose unit has nobody.
        """
        async with self._office.database.reading() as work:
            found = await Reminding(work, now, self._note).found()
        return await owe(self._office, found, now)

    async def digests(self, now: datetime) -> int:
        """Owes each coordinator the digest of this working day, once; days that were missed are not made up for."""
        async with self._office.database.reading() as work:
            found = await OwedToDesks(work, now, self._note).digests()
        return await owe(self._office, found, now)

    async def weekly(self, now: datetime) -> int:
        """Owes each coordinator the figures of the week that has ended, once, on the first working day of the next."""
        async with self._office.database.reading() as work:
            found = await OwedToDesks(work, now, self._note).weekly()
        return await owe(self._office, found, now)

    async def escalate(self, now: datetime) -> int:
        """Lets late clocks climb by one level; returns how many did."""
        async with self._office.database.reading() as work:
            found = await Escalating(self._office, work, now, self._note).found()
        if not found:
            return 0
        async with self._office.database.work() as work:
            climbed = await climb(self._office, work, found, now)
            await work.commit()
            return climbed

    async def tell_late(self, now: datetime) -> int:
        """Owes citizens an honest word when a date has passed; returns how many."""
        async with self._office.database.reading() as work:
            found = await OwedToCitizens(self._office, work, now, self._note).late()
        return await owe(self._office, found, now)

    async def ask_outcome(self, now: datetime) -> int:
        """Owes citizens the question whether it is solved, on the days of their window; returns how many."""
        async with self._office.database.reading() as work:
            found = await OwedToCitizens(self._office, work, now, self._note).outcomes()
        return await owe(self._office, found, now)

    async def remind_unsent(self, now: datetime) -> int:
        """Owes citizens one word about what they began and did not send; returns how many."""
        async with self._office.database.work() as work:
            owed = await Unsent(self._office, work, now, self._note).remind()
            await work.commit()
            return owed

    async def set_apart(self, now: datetime) -> int:
        """Sets apart what is due to people who cannot be reached until they write again; returns how much."""
        async with self._office.database.work() as work:
            apart = await work.outbox.set_apart(now)
            await work.commit()
            return apart

    async def close_silent(self, now: datetime) -> int:
        """Closes what the unit has finished and the citizen has left unanswered past the announced date.

        The outcome stays empty and the rating NULL: silence is no answer.
        """
        async with self._office.database.reading() as work:
            over = [clock.complaint_id for clock in await work.running.late({ClockKind.REACT}, now)]
        return await self._move_each(over, Status.DONE, Action.CLOSE, Words(data={"silent": True}))

    async def resume_holds(self, now: datetime) -> int:
        """Lets complaints go on whose question has stayed unanswered for as long as a pause may last."""
        async with self._office.database.reading() as work:
            calendars, held = await Calendars.read(work), await work.running.on_hold()
            # A complaint has several paused clocks; it goes on with the first that has used up its pause.
            over = dict.fromkeys(clock.complaint_id for clock in held if self._pause_is_over(clock, calendars, now))
        return await self._move_each(over, Status.ON_HOLD, Action.RESUME, Words(data={"capped": True}))

    async def _move_each(self, complaint_ids: Iterable[int], status: Status, action: Action, words: Words) -> int:
        """Moves each in a transaction of its own: whom somebody else moves at the same moment is left to them."""
        moved = 0
        for complaint_id in complaint_ids:
            try:
                async with self._office.database.work() as work:
                    complaint = await work.complaints.get(complaint_id)
                    if complaint.status is not status:
                        continue
                    await Mover(self._office, work).move(complaint, SYSTEM, action, words)
                    await work.commit()
                    moved += 1
            except Stale:
                continue
        return moved

    def _pause_is_over(self, clock: RunningClock, calendars: Calendars, now: datetime) -> bool:
        desk, calendar = calendars.desks[clock.government_id], calendars.of(clock.government_id)
        cap = self._office.rules(clock.received_under, desk).hold_cap_days
        end = deadlines.pause_ends_at(deadline_of(clock), calendar_for(clock, calendar), cap)
        if end > now:
            self._note(LeftUnsaid("resume_holds", clock.number, Why.NOT_DUE, end))
        return end <= now
