"""Makes the figures of a scope: the register counts in SQL, what is examined stays out, small counts are guarded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.drafting import ArchiveReason
from domain.examination import INSPECTORATE, counts_examined, works_in_a_unit
from domain.figures import NOTHING, Share, Speed, speed_of
from domain.lifecycle import ClockKind, ComplaintClass
from domain.permissions import SYSTEM, Actor
from domain.scopes import Scope, ScopeKind, reads_complaints
from domain.start_links import LinkKind, StartLink
from services.figure_sheets import CampaignFigures, FiguresSheet, PartFigures, WeeklySheet
from services.guarding import guarded
from services.office import HOME_ZONE, Office
from storage.queries.counted import Counted, Cut
from storage.queries.measures import Ran, Staffed
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork

WEEK = timedelta(days=7)
RECENT_WEEKS = 4
"""One week of a small town is too few for a ranking."""

NATION_NAME = "Indonesia"


class GovernmentUnknown(LookupError):
    """No government here has this code."""


@dataclass
class Figures:
    """Counts for one reader within one unit of work."""

    office: Office
    work: UnitOfWork
    actor: Actor

    async def weekly(self, government_id: int) -> WeeklySheet:
        """The figures of the calendar week that ended last, Monday to Sunday."""
        government = await self.work.directory.government(government_id)
        today = (await self.office.calendar(self.work, government)).local_date(self.office.clock())
        monday = today - timedelta(days=today.weekday())
        sunday = monday - timedelta(days=1)
        scope = Scope(ScopeKind.GOVERNMENT, government_id)
        return WeeklySheet(
            week=await self.of(scope, monday - WEEK, sunday),
            recent=await self.of(scope, monday - RECENT_WEEKS * WEEK, sunday),
        )

    async def of(self, scope: Scope, first: date, last: date) -> FiguresSheet:
        """What became of what came in on the local days from `first` to `last`, cut to what the reader may know."""
        exact = await self._exact(scope, first, last)
        return exact if reads_complaints(self.actor, scope) else guarded(exact, self.office.measuring.few)

    async def zone(self, scope: Scope) -> str:
        """The zone in which the days of a scope are counted; that of the capital for the nation."""
        government = await self._government(scope)
        return government.time_zone if government else HOME_ZONE

    async def today(self, scope: Scope) -> date:
        """The date in the zone of a scope."""
        return self.office.clock().astimezone(ZoneInfo(await self.zone(scope))).date()

    async def name(self, scope: Scope) -> str:
        """What a scope is called."""
        match scope.kind:
            case ScopeKind.UNIT:
                return (await self.work.directory.unit(scope.place)).name
            case ScopeKind.NATION:
                return NATION_NAME
            case ScopeKind.PROVINCE:
                return province_name(self.office, scope.province)
            case ScopeKind.GOVERNMENT:
                return (await self.work.directory.government(scope.place)).name

    async def _government(self, scope: Scope) -> Government | None:
        match scope.kind:
            case ScopeKind.UNIT:
                unit = await self.work.directory.unit(scope.place)
                return await self.work.directory.government(unit.government_id)
            case ScopeKind.GOVERNMENT:
                return await self.work.directory.government(scope.place)
            case ScopeKind.PROVINCE:
                return next(iter(await self.work.measures.governments(scope)), None)
            case ScopeKind.NATION:
                return None

    async def _exact(self, scope: Scope, first: date, last: date) -> FiguresSheet:
        measures, now = self.work.measures, self.office.clock()
        counted = await self._counted(scope, first, last)
        names = await measures.names(scope)
        tallies = await measures.tallies(counted)
        ran = await measures.clocks(counted, now)
        staff = await measures.staff(counted, now - timedelta(days=self.office.measuring.active_days))
        inside = scope.kind in (ScopeKind.UNIT, ScopeKind.GOVERNMENT)
        return FiguresSheet(
            whose=await self.name(scope),
            first=first,
            last=last,
            **_totals(tallies),
            **_clocks(ran),
            parts=_ranked(names, tallies, idle=not inside) if scope.kind is not ScopeKind.UNIT else (),
            reasons=_reasons(tallies),
            sectors=tuple(await measures.sectors(counted)) if inside else (),
            places=tuple(await measures.districts(counted)) if inside else (),
            ratings=tuple(await measures.ratings(counted)),
            hollow=_worst_first(await measures.replies(counted)),
            campaigns=await self._campaigns(scope, first, last),
            unanswered=await measures.unanswered(counted, now),
            officers=Share(sum(s.active for s in staff.values()), sum(s.officers for s in staff.values())),
            active_days=self.office.measuring.active_days,
            quiet=await self._quiet(scope, names, staff),
            examined=await self._examined(scope, counted),
        )

    async def _counted(self, scope: Scope, first: date, last: date) -> Counted:
        zone = await self.zone(scope)
        since, until = midnight(first, zone), midnight(last + timedelta(days=1), zone)
        examines = scope.kind is ScopeKind.UNIT and (await self.work.directory.unit(scope.place)).kind == INSPECTORATE
        return Counted(scope, since, until, self.actor, Cut.ALL if examines else Cut.OPEN)

    async def _examined(self, scope: Scope, counted: Counted) -> Share | None:
        """What is examined in the whole nation, beside the totals and never in them."""
        if scope.kind is not ScopeKind.NATION or not counts_examined(self.actor):
            return None
        totals = _totals(await self.work.measures.tallies(replace(counted, cut=Cut.EXAMINED)))
        return Share(totals["followed_up"], totals["received"])

    async def _quiet(
        self, scope: Scope, names: Mapping[int, str], staff: Mapping[int | None, Staffed]
    ) -> tuple[str, ...]:
        """The parts whose staff have not been here for long; those that have nobody are another matter."""
        if scope.kind is ScopeKind.UNIT:
            return ()
        since = self.office.clock() - timedelta(days=self.office.measuring.quiet_days)
        silent = {place for place, each in staff.items() if each.seen_at is not None and each.seen_at < since}
        return tuple(sorted(name for place, name in names.items() if place in silent))

    async def _campaigns(self, scope: Scope, first: date, last: date) -> tuple[CampaignFigures, ...]:
        """What a government's campaigns have brought, those that brought nobody left out."""
        if scope.kind is not ScopeKind.GOVERNMENT or works_in_a_unit(self.actor):
            return ()
        counts = await self.work.campaigns.counts(first, last)
        found = [
            (row.name, counts.get(StartLink(LinkKind.CAMPAIGN, row.name).payload))
            for row in await self.work.campaigns.of_government(scope.place)
        ]
        return tuple(CampaignFigures(name, each.starts, each.drafts, each.sent) for name, each in found if each)


class Evaluation:
    """The month of a government, for whoever has to account for it: a page that anybody may read."""

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
            return await Figures(self._office, work, SYSTEM).of(Scope(ScopeKind.GOVERNMENT, government.id), first, last)


def province_name(office: Office, code: str) -> str:
    """What a province is called."""
    place = office.matcher.gazetteer.by_code(code)
    return (place.province if place else None) or code


def _totals(tallies: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    names = ("received", "followed_up", "done", "reopened", "confirmed", "silent", "archived", "returned")
    return {name: sum(int(row[name]) for row in tallies) for name in names}


def _reasons(tallies: Iterable[Mapping[str, Any]]) -> tuple[tuple[ArchiveReason, int], ...]:
    found: dict[ArchiveReason, int] = {}
    for row in tallies:
        if row["reason"] is not None:
            reason = ArchiveReason(row["reason"])
            found[reason] = found.get(reason, 0) + int(row["archived"])
    return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _clocks(ran: Sequence[Ran]) -> dict[str, Any]:
    verify = [row for row in ran if row.kind is ClockKind.VERIFY]
    first = [row for row in ran if row.kind is ClockKind.FIRST_FOLLOW_UP]
    classes = ((each, _in_time(_resolving(ran, each))) for each in ComplaintClass)
    return {
        "verification": _speed(verify),
        "verified_in_time": _in_time(verify),
        "follow_up": _speed(first),
        "followed_up_in_time": _in_time(first),
        "classes": tuple((each, share) for each, share in classes if share.whole),
    }


def _resolving(ran: Iterable[Ran], complaint_class: ComplaintClass) -> list[Ran]:
    return [row for row in ran if row.kind is ClockKind.RESOLVE and row.complaint_class is complaint_class]


def _speed(ran: Iterable[Ran]) -> Speed | None:
    return speed_of((row.days, row.count) for row in ran if row.days is not None)


def _in_time(ran: Sequence[Ran]) -> Share:
    """Of the clocks that have stopped or are past their original due date, those that stopped by then."""
    return Share(sum(row.in_time for row in ran), sum(row.decided for row in ran))


def _worst_first(units: Iterable[tuple[str, Share]]) -> tuple[tuple[str, Share], ...]:
    """Of equals the one with more replies."""
    return tuple(sorted(units, key=lambda each: (-each[1].percent, -each[1].whole, each[0])))


def _ranked(names: Mapping[int, str], tallies: Iterable[Mapping[str, Any]], *, idle: bool) -> tuple[PartFigures, ...]:
    """The best first; of equals the one with more complaints. `idle`: those that received nothing are there too.

    Where small counts are pooled, nothing is a small count like the others: who has some must not stand out.
    """
    found: dict[int, Share] = dict.fromkeys(names, NOTHING) if idle else {}
    for row in tallies:
        if row["part"] in names:
            share = Share(int(row["followed_up"]), int(row["received"]))
            found[row["part"]] = found.get(row["part"], NOTHING) + share
    figures = [PartFigures(names[place], share) for place, share in found.items()]
    return tuple(sorted(figures, key=lambda each: (-each.followed_up.percent, -each.followed_up.whole, each.name)))


def midnight(day: date, zone: str) -> datetime:
    """The instant at which a local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
