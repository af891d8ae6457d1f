"""Campaigns: posters and links by which people come, for the operator and for whoever presses start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.refusals import DraftMissing
from domain.start_links import NAME, UNKNOWN, LinkKind, StartLink, linked
from services.arriving import Arriving, stored
from services.caller import Caller
from services.draft_sheets import DraftSheet, VisitSheet
from services.drafting import DraftDesk
from services.office import Office
from storage.queries.campaigns import Counted
from storage.tables_campaigns import Campaign
from storage.tables_offices import Government, Unit
from storage.unit_of_work import UnitOfWork

HEADLINE_MAX = 80
"""Characters of a poster's headline."""


class CampaignRefused(ValueError):
    """The operator's request cannot be done; the message says the mend, in English."""


@dataclass(frozen=True)
class NewCampaign:
    """What the operator says of a campaign; the place in words, `until` is its last day."""

    name: str
    headline: str | None = None
    government: str | None = None
    unit: str | None = None
    sector: str | None = None
    place: str | None = None
    until: date | None = None


@dataclass(frozen=True)
class CampaignLine:
    """A campaign, or another link that people came by, with what it has brought."""

    source: str
    headline: str | None
    unit: str | None
    sector: str | None
    place: str | None
    until: date | None
    closed: bool
    counted: Counted


@dataclass(frozen=True)
class PosterSheet:
    """What a poster says: the link's payload, a headline of its own or the subject and the office."""

    payload: str
    headline: str | None
    sector: str | None
    unit: str | None
    government: str | None
    until: date | None


class Campaigns:
    """Everything about links that bring people."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def visit(self, by: Caller, payload: str) -> VisitSheet:
        """Somebody pressed start with a payload: it is counted, kept for the complaint that they tell, and offered."""
        async with self._office.database.work(by.cause) as work:
            brought = await Arriving(self._office, work).come(by.person_id, payload)
            draft = await work.drafts.open_of(by.person_id)
            sheet = VisitSheet(
                known=brought is not None,
                headline=brought.headline if brought else None,
                unit=brought.unit.name if brought and brought.unit else None,
                sector=brought.sector if brought else None,
                draft_id=draft.id if draft else None,
            )
            await work.commit()
            return sheet

    async def adopt(self, by: Caller, draft_id: int) -> DraftSheet:
        """Gives the open draft what the link says and the draft does not; what was told stays as it was told."""
        async with self._office.database.work(by.cause) as work:
            draft = await work.drafts.open_of(by.person_id)
            if draft is None or draft.id != draft_id:
                raise DraftMissing
            desk = DraftDesk(self._office, work)
            await desk.take_hint(draft)
            sheet = await desk.sheet(draft)
            await work.commit()
            return sheet

    async def add(self, given: NewCampaign) -> PosterSheet:
        """Begins a campaign; raises `CampaignRefused` for a name that is taken and for what the directory lacks."""
        if not NAME.fullmatch(given.name):
            raise CampaignRefused(f"{given.name!r} is no name: 2 to 40 of a-z, 0-9 and -")
        if given.headline and len(given.headline) > HEADLINE_MAX:
            raise CampaignRefused(f"the headline is longer than {HEADLINE_MAX} characters: it must be read from afar")
        async with self._office.database.work() as work:
            if await work.campaigns.named(given.name) is not None:
                raise CampaignRefused(f"there is a campaign {given.name!r} already: posters of it may still hang")
            government, unit = await self._scope(work, given)
            place = self._place(given.place)
            campaign = Campaign(
                name=given.name,
                headline=given.headline,
                government_id=government.id if government else None,
                unit_id=unit.id if unit else None,
                sector=self._sector(given.sector),
                place_text=given.place,
                place=place,
                until=given.until,
                created_at=self._office.clock(),
            )
            await work.campaigns.add(campaign)
            await work.commit()
        return await self.poster(given.name)

    async def close(self, name: str) -> None:
        """Ends a campaign: its posters lead to the plain welcome from now on; raises `CampaignRefused`."""
        async with self._office.database.work() as work:
            campaign = await work.campaigns.named(name)
            if campaign is None:
                raise CampaignRefused(f'there is no campaign {name!r}: "lapor campaign list" shows them')
            campaign.closed_at = campaign.closed_at or self._office.clock()
            await work.commit()

    async def list(self) -> tuple[CampaignLine, ...]:
        """Every campaign and every other link that somebody came by, with what it has brought."""
        async with self._office.database.reading() as work:
            counts = await work.campaigns.counts()
            units = {unit.id: unit.name for unit in await work.directory.units()}
            lines = [_line(row, units, counts.pop(_payload(row), Counted())) for row in await work.campaigns.all()]
        unknown = counts.pop(UNKNOWN, None)
        others = sorted(counts.items()) + ([(UNKNOWN, unknown)] if unknown else [])
        return (*lines, *(CampaignLine(source, None, None, None, None, None, False, each) for source, each in others))

    async def poster(self, name: str) -> PosterSheet:
        """What a poster says for a campaign, a unit (by its code) or a subject; raises `CampaignRefused`."""
        async with self._office.database.reading() as work:
            campaign = await work.campaigns.named(name)
            if campaign is not None:
                return await self._of_campaign(work, campaign)
            unit = next((unit for unit in await work.directory.units() if unit.code == name), None)
            if unit is not None:
                government = await work.directory.government(unit.government_id)
                payload = _written(StartLink(LinkKind.UNIT, linked(unit.code)))
                return PosterSheet(payload, None, None, unit.name, government.name, None)
        if name in self._office.matcher.directory.jurisdiction.sectors:
            return PosterSheet(_written(StartLink(LinkKind.SECTOR, name)), None, name, None, None, None)
        raise CampaignRefused(f'{name!r} is no campaign, no unit and no subject: "lapor campaign list" shows campaigns')

    async def _of_campaign(self, work: UnitOfWork, row: Campaign) -> PosterSheet:
        if row.closed_at is not None:
            raise CampaignRefused(f"the campaign {row.name!r} is closed: a poster of it would lead nowhere")
        government = await self._office.government(work, row.government_id)
        unit = await work.directory.unit(row.unit_id) if row.unit_id else None
        return PosterSheet(
            _payload(row),
            row.headline,
            row.sector,
            unit.name if unit else None,
            government.name if government else None,
            row.until,
        )

    @staticmethod
    async def _scope(work: UnitOfWork, given: NewCampaign) -> tuple[Government | None, Unit | None]:
        government = await work.directory.government_by_code(given.government) if given.government else None
        if given.government and government is None:
            raise CampaignRefused(f"there is no government {given.government!r} here: use its code in the directory")
        if given.unit is None:
            return government, None
        if government is None:
            raise CampaignRefused("a unit needs its government: give --government CODE")
        units = await work.directory.units(government.id)
        # A unit's code begins with its government's; an operator may leave that out.
        unit = next((unit for unit in units if unit.code in (given.unit, f"{government.code}-{given.unit}")), None)
        if unit is None:
            known = ", ".join(unit.code for unit in units)
            raise CampaignRefused(f"{government.name} has no unit {given.unit!r}: choose among {known}")
        return government, unit

    def _sector(self, sector: str | None) -> str | None:
        known: Sequence[str] = sorted(self._office.matcher.directory.jurisdiction.sectors)
        if sector is not None and sector not in known:
            raise CampaignRefused(f"there is no subject {sector!r}: choose among {', '.join(known)}")
        return sector

    def _place(self, words: str | None) -> dict[str, object] | None:
        if words is None:
            return None
        matches = self._office.matcher.gazetteer.resolve(words)
        if not matches:
            raise CampaignRefused(f"no place is called {words!r}: write it like 'Kecamatan Taktakan, Kota Serang'")
        return stored(matches[0].place)


def _payload(row: Campaign) -> str:
    return StartLink(LinkKind.CAMPAIGN, row.name).payload


def _written(link: StartLink) -> str:
    try:
        return link.payload
    except ValueError as error:
        raise CampaignRefused(f"{error}; begin a campaign of a shorter name for it") from None


def _line(row: Campaign, units: dict[int, str], counted: Counted) -> CampaignLine:
    return CampaignLine(
        _payload(row),
        row.headline,
        units.get(row.unit_id) if row.unit_id else None,
        row.sector,
        row.place_text,
        row.until,
        row.closed_at is not None,
        counted,
    )
