"""Campaigns, who came by one, and the counts of what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from storage.queries.base import Queries
from storage.tables_campaigns import Arrival, Campaign, CampaignCount


@dataclass(frozen=True)
class Counted:
    """What a link has brought: who pressed start, who began to tell, what was sent."""

    starts: int = 0
    drafts: int = 0
    sent: int = 0


class Campaigns(Queries):
    """Queries on campaigns."""

    async def add(self, row: Campaign) -> None:
        """Enters a campaign."""
        self._session.add(row)
        await self._session.flush()

    async def named(self, name: str) -> Campaign | None:
        """The campaign of this name, open or not."""
        return await self._session.scalar(select(Campaign).where(Campaign.name == name))

    async def all(self) -> Sequence[Campaign]:
        """Every campaign, the oldest first."""
        return (await self._session.scalars(select(Campaign).order_by(Campaign.id))).all()

    async def of_government(self, government_id: int) -> Sequence[Campaign]:
        """The campaigns of one government, the oldest first."""
        rows = await self._session.scalars(
            select(Campaign).where(Campaign.government_id == government_id).order_by(Campaign.id)
        )
        return rows.all()

    async def count(self, source: str, on: date, *, starts: int = 0, drafts: int = 0, sent: int = 0) -> None:
        """Adds to the counts of a day; two processes that count at once lose nothing."""
        insert = self._insert(CampaignCount).values(source=source, on=on, starts=starts, drafts=drafts, sent=sent)
        more = {
            "starts": CampaignCount.starts + insert.excluded.starts,
            "drafts": CampaignCount.drafts + insert.excluded.drafts,
            "sent": CampaignCount.sent + insert.excluded.sent,
        }
        await self._session.execute(
            insert.on_conflict_do_update(index_elements=[CampaignCount.source, CampaignCount.on], set_=more)
        )

    async def counts(self, first: date | None = None, last: date | None = None) -> dict[str, Counted]:
        """What every link has brought, on the days from `first` to `last` or ever."""
        span = [CampaignCount.on >= first] if first else []
        span += [CampaignCount.on <= last] if last else []
        rows = await self._session.execute(
            select(
                CampaignCount.source,
                func.sum(CampaignCount.starts),
                func.sum(CampaignCount.drafts),
                func.sum(CampaignCount.sent),
            )
            .where(*span)
            .group_by(CampaignCount.source)
        )
        return {source: Counted(starts, drafts, sent) for source, starts, drafts, sent in rows}

    async def arrived(self, person_id: int, source: str, now: datetime) -> None:
        """Keeps by which link somebody came last."""
        insert = self._insert(Arrival).values(person_id=person_id, source=source, at=now)
        await self._session.execute(
            insert.on_conflict_do_update(index_elements=[Arrival.person_id], set_={"source": source, "at": now})
        )

    async def arrival_of(self, person_id: int) -> Arrival | None:
        """The link by which somebody came and has not told anything since."""
        return await self._session.get(Arrival, person_id, populate_existing=True)

    async def forget_arrival(self, arrival: Arrival) -> None:
        """The arrival has been used, or is too long ago."""
        await self._session.delete(arrival)
