"""What falls due by the clock: reminders, digests, closing, pauses that end. Each owes messages; none sends any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from domain import deadlines
from domain.calendar import WorkingCalendar
from domain.deadlines import ReminderKind
from domain.lifecycle import Action, ClockKind, Status
from domain.messages import Notice
from domain.permissions import SYSTEM
from services.citizen_words import CitizenWords
from services.clocks import calendar_for, deadline_of
from services.escalating import CLIMBING, Escalating
from services.moves import Mover, Words
from services.notices import Notices
from services.office import Office, desk_name
from services.outlook import Note, Why, Withheld, no_note
from services.unsent import Unsent
from storage.races import Stale
from storage.tables import ClockRow, Complaint, Government
from storage.unit_of_work import UnitOfWork


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
        async with self._office.database.work() as work:
            owed = 0
            for desk in (None, *await work.directory.governments()):
                calendar = await self._office.calendar(work, desk)
                if calendar.is_open(now):
                    owed += await self._remind_at(work, desk, calendar, now)
                else:
                    self._closed("remind", desk, calendar, now)
            await work.commit()
            return owed

    async def _remind_at(
        self, work: UnitOfWork, desk: Government | None, calendar: WorkingCalendar, now: datetime
    ) -> int:
        by_person: dict[int, list[int]] = {}
        for row in await work.clocks.running_of(desk.id if desk else None, CLIMBING):
            complaint = await work.complaints.get(row.complaint_id)
            if not _is_due(row, calendar, now):
                self._note(Withheld("remind", f"{complaint.number} {row.kind}", Why.NOT_DUE, row.due_at))
                continue
            for person_id in await self._responsible(work, complaint, row, calendar, now):
                listed = by_person.setdefault(person_id, [])
                if complaint.id not in listed:
                    listed.append(complaint.id)
        slot = calendar.local_date(now).isoformat()
        owed = 0
        for person_id, complaint_ids in by_person.items():
            data = {"complaint_ids": complaint_ids}
            key = f"{Notice.REMINDER}:{person_id}:{slot}"
            owed += await work.outbox.add(key, person_id, Notice.REMINDER, now, data=data)
        self._said("remind", desk, len(by_person) - owed)
        return owed

    @staticmethod
    async def _responsible(
        work: UnitOfWork, complaint: Complaint, row: ClockRow, calendar: WorkingCalendar, now: datetime
    ) -> list[int]:
        notices = Notices(work, complaint, calendar, now)
        return await (notices.desk_people() if row.kind is ClockKind.VERIFY else notices.responsible_people())

    async def digests(self, now: datetime) -> int:
        """Owes each coordinator the digest of this working day, once; days that were missed are not made up for."""
        async with self._office.database.work() as work:
            desks: Sequence[Government | None] = (None, *await work.directory.governments())
            owed = sum([await self._owe_digest(work, desk, now) for desk in desks])
            await work.commit()
            return owed

    async def _owe_digest(self, work: UnitOfWork, desk: Government | None, now: datetime) -> int:
        calendar = await self._office.calendar(work, desk)
        if not calendar.is_open(now):
            self._closed("digests", desk, calendar, now)
            return 0
        owed, people = await self._owe_desk(work, desk, Notice.DIGEST, calendar.local_date(now).isoformat(), now)
        self._said("digests", desk, people - owed)
        return owed

    async def weekly(self, now: datetime) -> int:
        """Owes each coordinator the figures of the week that has ended, once, on the first working day of the next."""
        async with self._office.database.work() as work:
            owed = sum([await self._owe_week(work, desk, now) for desk in await work.directory.governments()])
            await work.commit()
            return owed

    async def _owe_week(self, work: UnitOfWork, desk: Government, now: datetime) -> int:
        calendar = await self._office.calendar(work, desk)
        if not calendar.is_open(now):
            self._closed("weekly", desk, calendar, now)
            return 0
        today = calendar.local_date(now)
        if calendar.working_days_between(today - timedelta(days=today.weekday() + 1), today) != 1:
            self._note(Withheld("weekly", desk_name(desk), Why.NOT_DUE))
            return 0
        year, week, _ = today.isocalendar()
        owed, people = await self._owe_desk(work, desk, Notice.WEEKLY, f"{year}-W{week:02}", now)
        self._said("weekly", desk, people - owed)
        return owed

    @staticmethod
    async def _owe_desk(
        work: UnitOfWork, desk: Government | None, notice: Notice, slot: str, now: datetime
    ) -> tuple[int, int]:
        """Owes everybody at a desk a message, once per slot; returns how many were owed, of how many people."""
        desk_id = desk.id if desk else None
        people = await work.staff.at_desk(desk_id)
        owed = 0
        for person_id in people:
            key, data = f"{notice}:{person_id}:{slot}:{desk_id or 'sp4n'}", {"government_id": desk_id}
            owed += await work.outbox.add(key, person_id, notice, now, data=data)
        return owed, len(people)

    async def escalate(self, now: datetime) -> int:
        """Lets late clocks climb by one level; returns how many did."""
        async with self._office.database.work() as work:
            climbed = await Escalating(self._office, work, now, self._note).climb()
            await work.commit()
            return climbed

    async def tell_late(self, now: datetime) -> int:
        """Owes citizens an honest word when a date has passed; returns how many."""
        async with self._office.database.work() as work:
            owed = await CitizenWords(self._office, work, now, self._note).tell_late()
            await work.commit()
            return owed

    async def ask_outcome(self, now: datetime) -> int:
        """Owes citizens the question whether it is solved, on the days of their window; returns how many."""
        async with self._office.database.work() as work:
            owed = await CitizenWords(self._office, work, now, self._note).ask_outcome()
            await work.commit()
            return owed

    async def remind_unsent(self, now: datetime) -> int:
        """Owes citizens one word about what they began and did not send; returns how many."""
        async with self._office.database.work() as work:
            owed = await Unsent(self._office, work, now, self._note).remind()
            await work.commit()
            return owed

    async def close_silent(self, now: datetime) -> int:
        """Closes what the unit has finished and the citizen has left unanswered past the announced date.

        The outcome stays empty and the rating NULL: silence is no answer.
        """
        async with self._office.database.reading() as work:
            over = [row.complaint_id for row in await work.clocks.due_before(now) if row.kind is ClockKind.REACT]
        return await self._move_each(over, Status.DONE, Action.CLOSE, Words(data={"silent": True}))

    async def resume_holds(self, now: datetime) -> int:
        """Lets complaints go on whose question has stayed unanswered for as long as a pause may last."""
        async with self._office.database.reading() as work:
            held = await work.complaints.on_hold()
            over = [complaint.id for complaint in held if await self._pause_is_over(work, complaint, now)]
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

    async def _pause_is_over(self, work: UnitOfWork, complaint: Complaint, now: datetime) -> bool:
        government = await self._office.government(work, complaint.government_id)
        calendar = await self._office.calendar(work, government)
        cap = self._office.rules(complaint.regulation_version, government).hold_cap_days
        paused = [row for row in await work.clocks.of(complaint.id) if row.paused_at and not row.stopped_at]
        ends = [deadlines.pause_ends_at(deadline_of(row), calendar_for(row, calendar), cap) for row in paused]
        if ends and min(ends) > now:
            self._note(Withheld("resume_holds", complaint.number, Why.NOT_DUE, min(ends)))
        return any(end <= now for end in ends)

    def _closed(self, job: str, desk: Government | None, calendar: WorkingCalendar, now: datetime) -> None:
        self._note(Withheld(job, desk_name(desk), Why.OFFICE_CLOSED, calendar.next_opening(now)))

    def _said(self, job: str, desk: Government | None, people: int) -> None:
        if people:
            self._note(Withheld(job, f"{desk_name(desk)}, {people} people, today", Why.ALREADY_OWED))


def _is_due(row: ClockRow, calendar: WorkingCalendar, now: datetime) -> bool:
    """Whether today is a day to remind: half time, the day before, or any working day after the due date."""
    own = calendar_for(row, calendar)
    today = own.local_date(now)
    points = deadlines.reminder_points(deadline_of(row), own)
    return any(
        point.at <= now and (point.kind is ReminderKind.OVERDUE or own.local_date(point.at) == today)
        for point in points
    )
