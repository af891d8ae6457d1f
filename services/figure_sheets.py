"""Figures as people are given them: no text, no number of a complaint, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.drafting import ArchiveReason, Satisfaction
from domain.figures import NOTHING, Period, Share, Speed
from domain.lifecycle import ComplaintClass
from domain.scopes import Scope


@dataclass(frozen=True)
class PartFigures:
    """A unit of a government, or a government of a province or the nation: what came to it, how much it followed up."""

    name: str
    followed_up: Share


@dataclass(frozen=True)
class PooledParts:
    """Parts whose counts are told together only, since each alone might point at somebody; a pool may be nameless."""

    names: tuple[str, ...]
    followed_up: Share


@dataclass(frozen=True)
class CampaignFigures:
    """A campaign with how many pressed start, began to tell, and sent a complaint."""

    name: str
    starts: int
    drafts: int
    sent: int


@dataclass(frozen=True)
class FiguresSheet:
    """What became of the complaints that lie in a scope and were received on the days from `first` to `last`.

    `few`: counts below it are not told; 0 for whoever reads the complaints anyway. `hollow` is the share of each unit's
    replies which left although the gate had held them back. Shares in time are held against the original due dates;
    what is still running and not yet due is left out of them. `others`, `other_sectors` and so on: what is too small
    to stand by itself. `unanswered`, `officers` (who was here within
    `active_days`) and `quiet` tell of now, not of the span. `examined` stands beside the totals.
    """

    whose: str
    first: date
    last: date
    received: int
    followed_up: int
    done: int
    reopened: int
    confirmed: int
    silent: int
    archived: int
    verification: Speed | None
    verified_in_time: Share
    follow_up: Speed | None
    followed_up_in_time: Share
    classes: tuple[tuple[ComplaintClass, Share], ...]
    parts: tuple[PartFigures, ...]
    sectors: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    ratings: tuple[tuple[Satisfaction, int], ...]
    campaigns: tuple[CampaignFigures, ...] = ()
    hollow: tuple[tuple[str, Share], ...] = ()
    returned: int = 0
    reasons: tuple[tuple[ArchiveReason, int], ...] = ()
    unanswered: Share = NOTHING
    officers: Share = NOTHING
    active_days: int = 0
    quiet: tuple[str, ...] = ()
    examined: Share | None = None
    few: int = 0
    others: PooledParts | None = None
    other_sectors: int = 0
    other_places: int = 0
    other_ratings: int = 0

    @property
    def too_few(self) -> bool:
        """Whether there were some, but so few that nothing is told of them."""
        return 0 < self.received < self.few


@dataclass(frozen=True)
class WeeklySheet:
    """The figures of the week that has ended, and of the four weeks up to its end."""

    week: FiguresSheet
    recent: FiguresSheet


@dataclass(frozen=True)
class ScopeLine:
    """Something whose figures may be seen."""

    scope: Scope
    name: str


@dataclass(frozen=True)
class OverviewSheet:
    """The figures of one scope in one period; `several`: whether there are others to choose from."""

    scope: Scope
    period: Period
    figures: FiguresSheet
    several: bool = False


@dataclass(frozen=True)
class GovernmentLine:
    """A kab/kota as its hub sees it. `late` and `oldest_days` are of now; counts below `few` are told as that.

    `followed_up` is None where the count is too small to stand by itself; `quiet_days`: for how many days nobody of its
    staff was here, if that is too long; `staffed`: whether there is any.
    """

    government_id: int
    name: str
    followed_up: Share | None
    late: int
    oldest_days: int
    quiet_days: int | None
    staffed: bool


@dataclass(frozen=True)
class RegionSheet:
    """A province with its kab/kota in the order of their share that was followed up. `may_remind`: the silent ones."""

    province: str
    name: str
    first: date
    last: date
    lines: tuple[GovernmentLine, ...]
    few: int
    may_remind: bool = False


@dataclass(frozen=True)
class ProvinceLine:
    """A province on the list of the nation: how many governments it has here, and how many of them are silent."""

    province: str
    name: str
    governments: int
    quiet: int


@dataclass(frozen=True)
class Reminded:
    """A government whose coordinators were reminded, and how many of them."""

    province: str
    name: str
    people: int


@dataclass(frozen=True)
class QuietSheet:
    """What a silent government is told: who reminds it, for how long nobody was here, and what waits."""

    government: str
    province: str | None
    quiet_days: int
    late: int
    oldest_days: int
