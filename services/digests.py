"""A coordinator's day: not yet routed first, due today, overdue oldest first, and what else needs an eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.audit import Head
from domain.calendar import WorkingCalendar
from domain.examination import works_in_a_unit
from domain.permissions import Actor, may_read
from domain.staffing import IDLE_AFTER
from routing.rudeness import Flag
from services.covering import masked, summary
from services.digest_sheets import DigestLine, DigestSheet, Series
from services.escalating import CLIMBING
from services.moves import subject_of
from services.office import Office
from services.reply_gate import GATE
from storage.queries.desk_days import Desk, Found
from storage.tables_complaints import Complaint, Event
from storage.tables_offices import Government
from storage.tables_time import StaffRequest
from storage.unit_of_work import UnitOfWork

SHOWN = 5
"""Lines of each part; the rest is told as a number."""

REQUESTS_READ = 100
"""Requests that are looked at for one digest."""

GRAVE = (Flag.HATRED, Flag.THREAT)
"""Flags that a coordinator learns of with the day; rude words alone are no news."""

DAYS_DRAWN = 30


@dataclass
class Digests:
    """Makes digests for one reader within one unit of work."""

    office: Office
    work: UnitOfWork
    actor: Actor

    async def of(self, government_id: int | None) -> DigestSheet:
        """The digest of a government, or (None) of the desk that forwards to SP4N."""
        now = self.office.clock()
        government = await self.office.government(self.work, government_id)
        calendar = await self.office.calendar(self.work, government)
        today = calendar.local_date(now)
        since = calendar.opening(calendar.shift(today, -1))
        desk, days = Desk(government_id, self.actor), self.work.desk_days
        waiting = await days.waiting(desk, SHOWN)
        overdue, due = await days.due(desk, now, _midnight(today + timedelta(days=1), calendar.zone), SHOWN)
        grave = await self.work.complaints.flagged(self.actor, government_id, GRAVE, since)
        flagged = self._readable(grave, government)
        rated = self._readable(
            await self.work.complaints.dissatisfied_since(self.actor, government_id, since), government
        )
        returned = await days.returned(desk, SHOWN)
        requests = await self.work.requests.open_at(self.actor, government_id, REQUESTS_READ)
        hollow = await self.work.timeline.hollow_since(self.actor, government_id, since)
        units = await self.work.staff.units_without_anybody()
        return DigestSheet(
            government=government.name if government else "",
            on=today,
            unrouted=await self._lines(waiting, calendar),
            unrouted_hidden=waiting.count - len(waiting.rows),
            due_today=await self._lines(due, calendar),
            due_today_hidden=due.count - len(due.rows),
            overdue=await self._lines(overdue, calendar),
            overdue_hidden=overdue.count - len(overdue.rows),
            flagged=await self._lines(_listed(flagged), calendar),
            low_ratings=await self._lines(_listed(rated), calendar),
            unreachable_citizens=await self.work.complaints.unreachable_citizens(self.actor, government_id),
            received_yesterday=await self.work.complaints.received_since(self.actor, government_id, since),
            done_yesterday=await self.work.complaints.done_since(self.actor, government_id, since),
            units_without_officer=tuple(unit.name for unit in units if unit.government_id == government_id),
            requests=tuple([await self._request(row, calendar) for row in requests[:SHOWN]]),
            lost_groups=await self._lost_groups(government_id),
            requests_hidden=max(0, len(requests) - SHOWN),
            returned=await self._lines(returned, calendar),
            returned_hidden=returned.count - len(returned.rows),
            series=await self._series(government_id, today, calendar),
            hollow=tuple([await self._hollow(row) for row in hollow[:SHOWN]]),
            hollow_hidden=max(0, len(hollow) - SHOWN),
            # Who belongs to a unit is not told what counts everything: it might tell of a complaint about them.
            revealed=0 if works_in_a_unit(self.actor) else await self.work.reveals.shown_since(government_id, since),
            log_head=None if works_in_a_unit(self.actor) else await self._log_head(),
            idle=await self.work.staff.idle_within(self.actor, government_id, now - IDLE_AFTER),
        )

    async def _request(self, request: StaffRequest, calendar: WorkingCalendar) -> DigestLine:
        """What a unit asks and nobody has answered; the reason stands for the complaint."""
        complaint = await self.work.complaints.get(request.complaint_id)
        unit = await self.work.directory.unit(request.unit_id) if request.unit_id else None
        days_late = _days_late(request.due_at, self.office.clock(), calendar)
        return DigestLine(complaint.number, summary(masked(request.reason)), unit.name if unit else None, days_late)

    async def _hollow(self, reply: Event) -> DigestLine:
        """A reply that left as it was although something was missing; the officer's reason stands for it."""
        complaint = await self.work.complaints.get(reply.complaint_id)
        unit = await self.work.directory.unit(reply.unit_id) if reply.unit_id else None
        reason = summary(masked(reply.data.get(GATE, {}).get("reason") or ""))
        return DigestLine(complaint.number, reason, unit.name if unit else None, 0)

    async def _lost_groups(self, government_id: int | None) -> tuple[str, ...]:
        """The units whose group cannot be reached: their officers are told one by one."""
        units = await self.work.directory.units(government_id) if government_id is not None else ()
        lost = {group.unit_id for group in await self.work.groups.lost([unit.id for unit in units])}
        return tuple(unit.name for unit in units if unit.id in lost)

    async def _log_head(self) -> str | None:
        """Where the audit log ends: copies of it in many chats are what nobody can write anew."""
        row = await self.work.audit.head()
        return str(Head.of(row.number, row.hash)) if row else None

    async def _series(self, government_id: int | None, today: date, calendar: WorkingCalendar) -> Series:
        """Free days are among them: people complain on Sundays too."""
        days = [today - timedelta(days=back) for back in reversed(range(DAYS_DRAWN))]
        figures, since = self.work.last_days, _midnight(days[0], calendar.zone)
        received = await figures.received_by_day(government_id, since, calendar.zone)
        done = await figures.done_by_day(government_id, since, calendar.zone)
        ends = [min(_midnight(day + timedelta(days=1), calendar.zone), self.office.clock()) for day in days]
        return Series(
            first=days[0],
            received=tuple(received.get(day, 0) for day in days),
            done=tuple(done.get(day, 0) for day in days),
            overdue=await figures.overdue_at(government_id, CLIMBING, ends),
        )

    def _readable(self, rows: Sequence[Complaint], government: Government | None) -> list[Complaint]:
        """Leaves out what accuses a unit that the reader belongs to."""
        return [row for row in rows if may_read(self.actor, subject_of(row, government))]

    async def _lines(self, found: Found, calendar: WorkingCalendar) -> tuple[DigestLine, ...]:
        return tuple([await self._line(complaint, due_at, calendar) for complaint, due_at in found.rows])

    async def _line(self, complaint: Complaint, due_at: datetime | None, calendar: WorkingCalendar) -> DigestLine:
        unit = await self.work.directory.unit(complaint.unit_id) if complaint.unit_id else None
        days_late = _days_late(due_at, self.office.clock(), calendar) if due_at else 0
        return DigestLine(complaint.number, summary(masked(complaint.text)), unit.name if unit else None, days_late)


def _listed(rows: Sequence[Complaint]) -> Found:
    """Complaints that are not shown for their dates."""
    return Found([(row, None) for row in rows[:SHOWN]], len(rows))


def _days_late(due_at: datetime, now: datetime, calendar: WorkingCalendar) -> int:
    """Working days past a due date; past closing time on that day itself it is late already."""
    if now <= due_at:
        return 0
    return max(1, calendar.working_days_between(calendar.local_date(due_at), calendar.local_date(now)))


def _midnight(day: date, zone: str) -> datetime:
    """The instant at which a local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
