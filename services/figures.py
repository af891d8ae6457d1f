"""Makes the figures of a government: the register counts in SQL, working days are counted on its calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import WorkingCalendar
from domain.figures import Share, Speed, speed_of
from domain.lifecycle import ClockKind, ComplaintClass
from domain.start_links import LinkKind, StartLink
from services.clocks import calendar_for, deadline_of
from services.figure_sheets import CampaignFigures, FiguresSheet, UnitFigures, WeeklySheet
from services.office import Office
from storage.tables import ClockRow, Government
from storage.unit_of_work import UnitOfWork

WEEK = timedelta(days=7)
RECENT_WEEKS = 4
"""One week of a small town is too few for a ranking."""


class GovernmentUnknown(LookupError):
    """No government here has this code."""


@dataclass
class Figures:
    """Counts within one unit of work."""

    office: Office
    work: UnitOfWork

    async def weekly(self, government_id: int) -> WeeklySheet:
        """The figures of the calendar week that ended last, Monday to Sunday."""
        government = await self.work.directory.government(government_id)
        calendar = await self.office.calendar(self.work, government)
        today = calendar.local_date(self.office.clock())
        monday = today - timedelta(days=today.weekday())
        sunday = monday - timedelta(days=1)
        return WeeklySheet(
            week=await self.of(government, monday - WEEK, sunday),
            recent=await self.of(government, monday - RECENT_WEEKS * WEEK, sunday),
        )

    async def of(self, government: Government, first: date, last: date) -> FiguresSheet:
        """What became of the complaints that came in on the local days from `first` to `last`."""
        calendar = await self.office.calendar(self.work, government)
        since, until = _midnight(first, calendar.zone), _midnight(last + timedelta(days=1), calendar.zone)
        figures, span = self.work.figures, (government.id, since, until)
        tally = await figures.tally(*span)
        ran = await figures.clocks_of(*span)
        resolving = [(row, each) for row, each in ran if row.kind is ClockKind.RESOLVE and each is not None]
        return FiguresSheet(
            government=government.name,
            first=first,
            last=last,
            **tally,
            verification=_speed(ran, ClockKind.VERIFY, calendar),
            verified_in_time=self._in_time(row for row, _ in ran if row.kind is ClockKind.VERIFY),
            follow_up=_speed(ran, ClockKind.FIRST_FOLLOW_UP, calendar),
            followed_up_in_time=self._in_time(row for row, _ in ran if row.kind is ClockKind.FIRST_FOLLOW_UP),
            classes=tuple(
                (each, share)
                for each in ComplaintClass
                if (share := self._in_time(row for row, kind in resolving if kind is each)).whole
            ),
            units=_ranked(await figures.by_unit(*span)),
            sectors=tuple(await figures.by_sector(*span)),
            places=tuple(await figures.by_place(*span)),
            ratings=tuple(await figures.ratings(*span)),
            hollow=_hollow(await figures.replies_by_unit(*span)),
            campaigns=await self._campaigns(government, first, last),
        )

    async def _campaigns(self, government: Government, first: date, last: date) -> tuple[CampaignFigures, ...]:
        """What the government's campaigns have brought, those that brought nobody left out."""
        counts = await self.work.campaigns.counts(first, last)
        found = [
            (row.name, counts.get(StartLink(LinkKind.CAMPAIGN, row.name).payload))
            for row in await self.work.campaigns.of_government(government.id)
        ]
        return tuple(CampaignFigures(name, each.starts, each.drafts, each.sent) for name, each in found if each)

    def _in_time(self, rows: Iterable[ClockRow]) -> Share:
        """Of the clocks that have stopped or are past their original due date, those that stopped by then."""
        now = self.office.clock()
        decided = [row for row in rows if row.stopped_at or (row.original_due_at < now and row.paused_at is None)]
        kept = [row for row in decided if row.stopped_at and row.stopped_at <= row.original_due_at]
        return Share(len(kept), len(decided))


class Evaluation:
    """The month of a government, for whoever has to account for it."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def of(self, government_code: str, month: date) -> FiguresSheet:
        """The figures of the month of a date; raises `GovernmentUnknown` for one that is not here."""
        first = month.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        async with self._office.database.reading() as work:
            government = await work.directory.government_by_code(government_code)
            if government is None:
                raise GovernmentUnknown(government_code)
            return await Figures(self._office, work).of(government, first, last)


def _speed(
    ran: Sequence[tuple[ClockRow, ComplaintClass | None]], kind: ClockKind, calendar: WorkingCalendar
) -> Speed | None:
    return speed_of([_days(row, calendar) for row, _ in ran if row.kind is kind and row.stopped_at is not None])


def _days(row: ClockRow, calendar: WorkingCalendar) -> int:
    """Working days from the start to the stop; what was waited for the citizen does not count."""
    own, deadline = calendar_for(row, calendar), deadline_of(row)
    stopped_at = deadline.stopped_at or deadline.due_at
    taken = own.working_days_between(own.day_of_start(deadline.started_at), own.local_date(stopped_at))
    waited = sum(
        own.working_days_between(own.local_date(pause.from_at), own.local_date(pause.to_at))
        for pause in deadline.pauses
    )
    return max(0, taken - waited)


def _hollow(units: Iterable[tuple[str, int, int]]) -> tuple[tuple[str, Share], ...]:
    """The worst first; of equals the one with more replies."""
    shares = [(name, Share(hollow, replies)) for name, replies, hollow in units]
    return tuple(sorted(shares, key=lambda each: (-each[1].percent, -each[1].whole, each[0])))


def _ranked(units: Iterable[tuple[str, int, int]]) -> tuple[UnitFigures, ...]:
    """The best first; of equals the one with more complaints."""
    figures = [UnitFigures(name, Share(followed_up, received)) for name, received, followed_up in units]
    return tuple(sorted(figures, key=lambda each: (-each.followed_up.percent, -each.followed_up.whole, each.name)))


def _midnight(day: date, zone: str) -> datetime:
    """The instant at which a local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
