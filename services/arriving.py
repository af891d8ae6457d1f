"""Whoever comes by a link: what it says of their complaint is kept until they tell it, and only fills what is empty."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.start_links import UNKNOWN, LinkKind, StartLink, linked, read_link
from routing.places import Place
from services.office import HOME_ZONE, Office
from storage.tables_campaigns import Campaign
from storage.tables_drafts import Draft
from storage.tables_offices import Unit
from storage.unit_of_work import UnitOfWork

LASTS = timedelta(days=7)
"""How long somebody who came by a link may take to begin to tell."""


@dataclass(frozen=True)
class Brought:
    """What a link says: its payload, a title for people, and what it knows of the complaints that it brings."""

    source: str
    headline: str | None = None
    unit: Unit | None = None
    sector: str | None = None
    place_text: str | None = None
    place: dict[str, Any] | None = None

    @property
    def hint(self) -> dict[str, str | None] | None:
        """What the router is told, as a draft keeps it."""
        if self.unit is None and self.sector is None:
            return None
        return {"unit": self.unit.code if self.unit else None, "sector": self.sector}


@dataclass
class Arriving:
    """Works within one unit of work."""

    office: Office
    work: UnitOfWork

    async def come(self, person_id: int, payload: str) -> Brought | None:
        """Counts somebody who pressed start and keeps what the link says; None for a link that is not ours now."""
        brought = await self.read(payload)
        await self.work.campaigns.count(brought.source if brought else UNKNOWN, self._today(), starts=1)
        if brought is not None:
            await self.work.campaigns.arrived(person_id, brought.source, self.office.clock())
        return brought

    async def fill(self, draft: Draft) -> bool:
        """Gives the draft what the link of its writer says and it does not say itself; False when there was no link."""
        arrival = await self.work.campaigns.arrival_of(draft.person_id)
        if arrival is None:
            return False
        fresh = self.office.clock() - arrival.at <= LASTS
        brought = await self.read(arrival.source) if fresh else None
        await self.work.campaigns.forget_arrival(arrival)
        if brought is None or draft.source is not None:
            return False
        draft.source, draft.hint = brought.source, brought.hint
        if draft.place is None and not draft.place_choices and brought.place:
            # The person confirms the place of a poster: it may hang in one village and be read by another.
            draft.place_choices = [brought.place]
        await self.work.campaigns.count(brought.source, self._today(), drafts=1)
        return True

    async def sent(self, draft: Draft) -> None:
        """Counts a complaint that a link has brought, unless it accuses: a poster's counts are read by many."""
        if draft.source is not None and not draft.accuses:
            await self.work.campaigns.count(draft.source, self._today(), sent=1)

    async def read(self, payload: str) -> Brought | None:
        """What a payload says, if it is a link of ours that still holds."""
        link = read_link(payload)
        if link is None:
            return None
        match link.kind:
            case LinkKind.CAMPAIGN:
                return await self._campaign(link)
            case LinkKind.UNIT:
                unit = await self._unit(link.name)
                return Brought(link.payload, unit=unit) if unit else None
            case LinkKind.SECTOR:
                known = link.name in self.office.matcher.directory.jurisdiction.sectors
                return Brought(link.payload, sector=link.name) if known else None

    async def _campaign(self, link: StartLink) -> Brought | None:
        campaign = await self.work.campaigns.named(link.name)
        if campaign is None or not await self._runs(campaign):
            return None
        unit = await self.work.directory.unit(campaign.unit_id) if campaign.unit_id else None
        unit = unit if unit and unit.active else None
        return Brought(
            link.payload, campaign.headline, unit, campaign.sector, campaign.place_text, campaign.place or None
        )

    async def _runs(self, campaign: Campaign) -> bool:
        government = await self.office.government(self.work, campaign.government_id)
        today = self._today(government.time_zone if government else HOME_ZONE)
        return campaign.closed_at is None and (campaign.until is None or today <= campaign.until)

    async def _unit(self, name: str) -> Unit | None:
        return next((unit for unit in await self.work.directory.units() if linked(unit.code) == name), None)

    def _today(self, zone: str = HOME_ZONE) -> date:
        return self.office.clock().astimezone(ZoneInfo(zone)).date()


def stored(place: Place) -> dict[str, Any]:
    """A place as a campaign and a draft keep it."""
    return asdict(place)
