"""A coordinator's day: not yet routed first, due today, overdue oldest first, and what else needs an eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.audit import Head
from domain.calendar import WorkingCalendar
from domain.lifecycle import Status
from domain.permissions import Actor, may_read
from routing.rudeness import Flag
from services.escalating import CLIMBING
from services.moves import subject_of
from services.office import Office
from services.reading import masked, summary
from services.reply_gate import GATE
from services.sheets import DigestLine, DigestSheet, Series
from storage.tables import Complaint, Government
from storage.unit_of_work import UnitOfWork

SHOWN = 5
"""Lines of each part; the rest is told as a number."""

REQUESTS_READ = 100
"""Requests that are looked at for one digest."""

TIMES_RETURNED = 2
"""From so many returns on a complaint is a ball that offices play with each other."""

GRAVE = (Flag.HATRED, Flag.THREAT)
"""Flags that a coordinator learns of with the day; rude words alone are no news."""

DAYS_DRAWN = 30


@dataclass(frozen=True)
class _Dated:
    """An open complaint with the working days that it is late (negative: still to come, None: no clock runs)."""

    complaint: Complaint
    days_late: int | None


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
        rows = self._readable(await self.work.complaints.open_of_government(self.actor, government_id), government)
        dated = [await self._dated(row, calendar) for row in rows]
        waiting = [each for each in dated if each.complaint.status is Status.SUBMITTED]
        due = [each for each in dated if each.days_late == 0]
        overdue = sorted((each for each in dated if (each.days_late or 0) > 0), key=lambda each: -(each.days_late or 0))
        grave = await self.work.complaints.flagged(self.actor, government_id, GRAVE, since)
        flagged = self._readable(grave, government)
        rated = self._readable(
            await self.work.complaints.dissatisfied_since(self.actor, government_id, since), government
        )
        returned = [_Dated(row, None) for row in rows if row.returns >= TIMES_RETURNED or row.at_arbiter]
        requests = await self._requests(government_id, government, calendar)
        hollow = await self._hollow(government_id, government, since)
        units = await self.work.staff.units_without_anybody()
        return DigestSheet(
            government=government.name if government else "",
            on=today,
            time_zone=calendar.zone,
            unrouted=await self._lines(waiting[:SHOWN]),
            unrouted_hidden=max(0, len(waiting) - SHOWN),
            due_today=await self._lines(due[:SHOWN]),
            due_today_hidden=max(0, len(due) - SHOWN),
            overdue=await self._lines(overdue[:SHOWN]),
            overdue_hidden=max(0, len(overdue) - SHOWN),
            flagged=await self._lines([_Dated(row, None) for row in flagged[:SHOWN]]),
            low_ratings=await self._lines([_Dated(row, None) for row in rated[:SHOWN]]),
            unreachable_citizens=await self.work.complaints.unreachable_citizens(self.actor, government_id),
            received_yesterday=await self.work.complaints.received_since(self.actor, government_id, since),
            done_yesterday=await self.work.complaints.done_since(self.actor, government_id, since),
            units_without_officer=tuple(unit.name for unit in units if unit.government_id == government_id),
            requests=tuple(requests[:SHOWN]),
            requests_hidden=max(0, len(requests) - SHOWN),
            returned=await self._lines(returned[:SHOWN]),
            returned_hidden=max(0, len(returned) - SHOWN),
            series=await self._series(government_id, today, calendar),
            hollow=tuple(hollow[:SHOWN]),
            hollow_hidden=max(0, len(hollow) - SHOWN),
            revealed=await self.work.reveals.shown_since(government_id, since),
            log_head=await self._log_head(),
        )

    async def _requests(
        self, government_id: int | None, government: Government | None, calendar: WorkingCalendar
    ) -> list[DigestLine]:
        """What units ask and nobody has answered, the most urgent first; the reason stands for the complaint."""
        lines, now = [], self.office.clock()
        for request in await self.work.requests.open_at(self.actor, government_id, REQUESTS_READ):
            complaint = await self.work.complaints.get(request.complaint_id)
            if self._readable([complaint], government):
                unit = await self.work.directory.unit(request.unit_id) if request.unit_id else None
                lines.append(
                    DigestLine(
                        complaint.number,
                        summary(masked(request.reason)),
                        unit.name if unit else None,
                        _days_late(request.due_at, now, calendar),
                    )
                )
        return lines

    async def _hollow(
        self, government_id: int | None, government: Government | None, since: datetime
    ) -> list[DigestLine]:
        """Replies that left as they were although something was missing; the officer's reason stands for each."""
        lines = []
        for event in await self.work.timeline.hollow_since(self.actor, government_id, since):
            complaint = await self.work.complaints.get(event.complaint_id)
            if self._readable([complaint], government):
                unit = await self.work.directory.unit(event.unit_id) if event.unit_id else None
                reason = summary(masked(event.data.get(GATE, {}).get("reason") or ""))
                lines.append(DigestLine(complaint.number, reason, unit.name if unit else None, 0))
        return lines

    async def _log_head(self) -> str | None:
        """Where the audit log ends: copies of it in many chats are what nobody can write anew."""
        row = await self.work.audit.head()
        return str(Head.of(row.number, row.hash)) if row else None

    async def _series(self, government_id: int | None, today: date, calendar: WorkingCalendar) -> Series:
        """Free days are among them: people complain on Sundays too."""
        days = [today - timedelta(days=back) for back in reversed(range(DAYS_DRAWN))]
        figures, since = self.work.figures, _midnight(days[0], calendar.zone)
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

    async def _dated(self, complaint: Complaint, calendar: WorkingCalendar) -> _Dated:
        clocks = await self.work.clocks.of(complaint.id)
        running = [row.due_at for row in clocks if row.stopped_at is None and row.paused_at is None]
        if not running:
            return _Dated(complaint, None)
        now, due_at = self.office.clock(), min(running)
        if now <= due_at:
            return _Dated(complaint, 0 if calendar.local_date(due_at) == calendar.local_date(now) else -1)
        return _Dated(complaint, _days_late(due_at, now, calendar))

    async def _lines(self, dated: Sequence[_Dated]) -> tuple[DigestLine, ...]:
        return tuple([await self._line(each) for each in dated])

    async def _line(self, dated: _Dated) -> DigestLine:
        unit = await self.work.directory.unit(dated.complaint.unit_id) if dated.complaint.unit_id else None
        text = summary(masked(dated.complaint.text))
        return DigestLine(dated.complaint.number, text, unit.name if unit else None, max(0, dated.days_late or 0))


def _days_late(due_at: datetime, now: datetime, calendar: WorkingCalendar) -> int:
    """Working days past a due date; past closing time on that day itself it is late already."""
    if now <= due_at:
        return 0
    return max(1, calendar.working_days_between(calendar.local_date(due_at), calendar.local_date(now)))


def _midnight(day: date, zone: str) -> datetime:
    """The instant at which a local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
