"""A province in figures: its kab/kota, how late they are, which are silent; and a word to those that are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audit import Act
from domain.calendar import WorkingCalendar
from domain.figures import NOTHING, Period, Share, pool_of, span_of
from domain.messages import Notice
from domain.permissions import Actor
from domain.refusals import NotUnderstood, StaleStep
from domain.scopes import NATION, Scope, ScopeKind, may_remind, scopes_of, watches_province
from services.caller import Caller
from services.figure_sheets import GovernmentLine, ProvinceLine, QuietSheet, RegionSheet, Reminded
from services.figures import Figures, midnight, province_name
from services.office import Office, province_of
from storage.queries.counted import Counted
from storage.tables_messages import OutboxMessage
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork


class Regions:
    """What a province hub does, and whoever observes; nobody here sees a complaint, only how many there are."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def provinces(self, by: Caller) -> tuple[ProvinceLine, ...]:
        """The provinces that the caller looks after or observes; empty for whoever has none."""
        async with self._office.database.reading() as work:
            governments = await work.measures.governments(NATION)
            codes = sorted({code for each in governments if (code := province_of(each))} | _own(by.actor))
            seen = await work.measures.staff_of_governments(NATION)
            return tuple(
                [
                    self._province(code, [each for each in governments if province_of(each) == code], seen)
                    for code in codes
                    if watches_province(by.actor, code)
                ]
            )

    async def province(self, by: Caller, code: str) -> RegionSheet:
        """One province with its kab/kota this month; raises `StaleStep` for one that the caller does not watch."""
        if not watches_province(by.actor, code):
            raise StaleStep
        async with self._office.database.reading() as work:
            return await _Look(self._office, work, by.actor).region(code)

    async def remind(self, by: Caller, government_id: int) -> Reminded:
        """Owes the coordinators of a silent government a word, once per working day, and writes it into the audit log.

        Raises `StaleStep` for whoever may not, `NotUnderstood` when it is not silent, has nobody, or was told today.
        """
        async with self._office.database.work(by.cause) as work:
            government = await _known(work, government_id)
            province = province_of(government)
            if government is None or not may_remind(by.actor, province):
                raise StaleStep
            await _Look(self._office, work, by.actor).demand_quiet(government)
            people = await work.staff.at_desk(government.id)
            if not people:
                raise NotUnderstood("government_unstaffed")
            calendar = await self._office.calendar(work, government)
            opens = calendar.next_opening(self._office.clock())
            owed = [await self._owe(work, person, government, calendar, opens, province) for person in people]
            if not any(owed):
                raise NotUnderstood("reminded_already")
            work.audit.note(Act.REMIND_GOVERNMENT, person_id=by.person_id, government=government.id, province=province)
            await work.commit()
            return Reminded(province or "", government.name, sum(owed))

    async def _owe(
        self,
        work: UnitOfWork,
        person_id: int,
        government: Government,
        calendar: WorkingCalendar,
        opens: datetime,
        province: str | None,
    ) -> bool:
        key = f"{Notice.QUIET}:{government.id}:{person_id}:{calendar.local_date(opens).isoformat()}"
        data = {"government_id": government.id, "province": province}
        now = self._office.clock()
        return await work.outbox.add(key, person_id, Notice.QUIET, now, data=data, not_before=opens)

    def _province(
        self, code: str, governments: Sequence[Government], seen: Mapping[int | None, datetime]
    ) -> ProvinceLine:
        since = self._office.clock() - timedelta(days=self._office.measuring.quiet_days)
        quiet = sum(each.id in seen and seen[each.id] < since for each in governments)
        return ProvinceLine(code, province_name(self._office, code), len(governments), quiet)


async def quiet_sheet(office: Office, work: UnitOfWork, actor: Actor, message: OutboxMessage) -> QuietSheet | None:
    """What a silent government is told; None once somebody of it was here."""
    government = await work.directory.government(message.data["government_id"])
    look = _Look(office, work, actor)
    line = await look.line(government)
    if line.quiet_days is None:
        return None
    province = message.data["province"]
    name = province_name(office, province) if province else None
    return QuietSheet(government.name, name, line.quiet_days, line.late, line.oldest_days)


@dataclass
class _Look:
    """Looks at governments within one unit of work."""

    office: Office
    work: UnitOfWork
    actor: Actor

    async def region(self, code: str) -> RegionSheet:
        """A province, the best of its kab/kota first."""
        scope = Scope(ScopeKind.PROVINCE, int(code))
        figures, measures = Figures(self.office, self.work, self.actor), self.work.measures
        first, last = span_of(Period.THIS_MONTH, await figures.today(scope))
        zone = await figures.zone(scope)
        counted = Counted(scope, midnight(first, zone), midnight(last + timedelta(days=1), zone), self.actor)
        shares: dict[int | None, Share] = {}
        for row in await measures.tallies(counted):
            share = Share(int(row["followed_up"]), int(row["received"]))
            shares[row["part"]] = shares.get(row["part"], NOTHING) + share
        lines = await self._lines(scope, await measures.governments(scope), shares)
        return RegionSheet(
            province=code,
            name=province_name(self.office, code),
            first=first,
            last=last,
            lines=tuple(sorted(lines, key=_rank)),
            few=self.office.measuring.few,
            may_remind=may_remind(self.actor, code),
        )

    async def line(self, government: Government) -> GovernmentLine:
        """One government as it stands now, without its figures of the month."""
        [line] = await self._lines(Scope(ScopeKind.GOVERNMENT, government.id), [government], {})
        return line

    async def demand_quiet(self, government: Government) -> None:
        """Raises `NotUnderstood` for a government whose people were here lately."""
        if (await self.line(government)).quiet_days is None:
            raise NotUnderstood("not_quiet")

    async def _lines(
        self, scope: Scope, governments: Sequence[Government], shares: dict[int | None, Share]
    ) -> list[GovernmentLine]:
        now, measures = self.office.clock(), self.work.measures
        hidden = pool_of([(each.id, shares.get(each.id, NOTHING).whole) for each in governments], self._few)
        late = await measures.late(scope, self.actor, now)
        staff = await measures.staff_of_governments(scope)
        lines = []
        for each in governments:
            count, oldest = late.get(each.id, (0, now))
            seen_at = staff.get(each.id)
            lines.append(
                GovernmentLine(
                    government_id=each.id,
                    name=each.name,
                    followed_up=None if each.id in hidden else shares.get(each.id, NOTHING),
                    late=count,
                    oldest_days=await self._age(each, oldest, now) if count else 0,
                    quiet_days=self._quiet(seen_at, now),
                    staffed=seen_at is not None,
                )
            )
        return lines

    @property
    def _few(self) -> int:
        return self.office.measuring.few

    def _quiet(self, seen_at: datetime | None, now: datetime) -> int | None:
        days = (now - seen_at).days if seen_at else 0
        return days if days >= self.office.measuring.quiet_days else None

    async def _age(self, government: Government, due_at: datetime, now: datetime) -> int:
        """Working days past the oldest deadline; past closing time on that day itself it is late already."""
        calendar = await self.office.calendar(self.work, government)
        return max(1, calendar.working_days_between(calendar.local_date(due_at), calendar.local_date(now)))


def _rank(line: GovernmentLine) -> tuple[bool, int, int, str]:
    """The best first, of equals the one with more complaints; last what is too small to be ranked."""
    share = line.followed_up
    return (share is None, -share.percent if share else 0, -share.whole if share else 0, line.name)


def _own(actor: Actor) -> set[str]:
    return {scope.province for scope in scopes_of(actor) if scope.kind is ScopeKind.PROVINCE}


async def _known(work: UnitOfWork, government_id: int) -> Government | None:
    return next((each for each in await work.measures.governments(NATION) if each.id == government_id), None)
