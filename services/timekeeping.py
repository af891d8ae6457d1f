"""What falls due by the clock: reminders, digests, closing, pauses that end. Each owes messages; none sends any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain import deadlines
from domain.calendar import WorkingCalendar
from domain.deadlines import ReminderKind
from domain.lifecycle import Action, ClockKind, Status
from domain.messages import Notice
from domain.permissions import SYSTEM
from services.clocks import deadline_of
from services.moves import Mover, Words
from services.notices import Notices
from services.office import Office
from storage.tables import ClockRow, Complaint, Government
from storage.unit_of_work import UnitOfWork

UNIT_CLOCKS = frozenset({ClockKind.FIRST_FOLLOW_UP, ClockKind.RESOLVE})
"""The clocks that a unit has to mind."""


class Timekeeping:
    """The jobs. Each may run twice: what it owes has a unique key per slot, and a status moves only once."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def remind(self, now: datetime) -> int:
        """Owes each officer at most one reminder per working day, in office hours, oldest deadline first."""
        async with self._office.database.work() as work:
            owed = 0
            for government in await work.directory.governments():
                calendar = await self._office.calendar(work, government)
                if calendar.is_open(now):
                    owed += await self._remind_government(work, government, calendar, now)
            await work.commit()
            return owed

    async def _remind_government(
        self, work: UnitOfWork, government: Government, calendar: WorkingCalendar, now: datetime
    ) -> int:
        due = [row for row in await work.clocks.running_of(government.id, UNIT_CLOCKS) if _is_due(row, calendar, now)]
        by_person: dict[int, list[int]] = {}
        for row in due:
            complaint = await work.complaints.get(row.complaint_id)
            for person_id in await Notices(work, complaint, calendar, now).unit_people():
                listed = by_person.setdefault(person_id, [])
                if complaint.id not in listed:
                    listed.append(complaint.id)
        slot = calendar.local_date(now).isoformat()
        added = [
            await work.outbox.add(
                f"{Notice.REMINDER}:{person_id}:{slot}",
                person_id,
                Notice.REMINDER,
                now,
                data={"complaint_ids": complaint_ids},
            )
            for person_id, complaint_ids in by_person.items()
        ]
        return sum(added)

    async def digests(self, now: datetime) -> int:
        """Owes each coordinator the digest of this working day, once; days that were missed are not made up for."""
        async with self._office.database.work() as work:
            desks: Sequence[Government | None] = (None, *await work.directory.governments())
            owed = sum([await self._owe_digest(work, desk, now) for desk in desks])
            await work.commit()
            return owed

    async def _owe_digest(self, work: UnitOfWork, government: Government | None, now: datetime) -> int:
        calendar = await self._office.calendar(work, government)
        if not calendar.is_open(now):
            return 0
        desk_id = government.id if government else None
        slot = f"{calendar.local_date(now).isoformat()}:{desk_id or 'sp4n'}"
        return sum(
            [
                await work.outbox.add(
                    f"{Notice.DIGEST}:{person_id}:{slot}",
                    person_id,
                    Notice.DIGEST,
                    now,
                    data={"government_id": desk_id},
                )
                for person_id in await work.staff.at_desk(desk_id)
            ]
        )

    async def close_silent(self, now: datetime) -> int:
        """Closes what the unit has finished and the citizen has left unanswered past the announced date.

        The outcome stays empty and the rating NULL: silence is no answer.
        """
        async with self._office.database.work() as work:
            over = [row for row in await work.clocks.due_before(now) if row.kind is ClockKind.REACT]
            done = [complaint for row in over if (complaint := await work.complaints.get(row.complaint_id))]
            closing = [complaint for complaint in done if complaint.status is Status.DONE]
            for complaint in closing:
                await Mover(self._office, work).move(complaint, SYSTEM, Action.CLOSE, Words(data={"silent": True}))
            await work.commit()
            return len(closing)

    async def resume_holds(self, now: datetime) -> int:
        """Lets complaints go on whose question has stayed unanswered for as long as a pause may last."""
        async with self._office.database.work() as work:
            held = await work.complaints.on_hold()
            over = [complaint for complaint in held if await self._pause_is_over(work, complaint, now)]
            for complaint in over:
                await Mover(self._office, work).move(complaint, SYSTEM, Action.RESUME, Words(data={"capped": True}))
            await work.commit()
            return len(over)

    async def _pause_is_over(self, work: UnitOfWork, complaint: Complaint, now: datetime) -> bool:
        government = await self._office.government(work, complaint.government_id)
        calendar = await self._office.calendar(work, government)
        cap = self._office.regulation(complaint.regulation_version).hold_cap_days
        paused = [row for row in await work.clocks.of(complaint.id) if row.paused_at and not row.stopped_at]
        return any(deadlines.pause_ends_at(deadline_of(row), calendar, cap) <= now for row in paused)


def _is_due(row: ClockRow, calendar: WorkingCalendar, now: datetime) -> bool:
    """Whether today is a day to remind: half time, the day before, or any working day after the due date."""
    today = calendar.local_date(now)
    points = deadlines.reminder_points(deadline_of(row), calendar)
    return any(
        point.at <= now and (point.kind is ReminderKind.OVERDUE or calendar.local_date(point.at) == today)
        for point in points
    )
