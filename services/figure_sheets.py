"""Figures as people are given them: no text, no number of a complaint, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.drafting import Satisfaction
from domain.figures import Share, Speed
from domain.lifecycle import ComplaintClass


@dataclass(frozen=True)
class UnitFigures:
    """A unit with what came to it, and how much of that was followed up."""

    name: str
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
    """What became of the complaints that a government received on the days from `first` to `last`.

    `hollow` is the share of each unit's replies in that time which left although the gate had held them back.
    Shares in time are held against the original due dates; what is still running and not yet due is left out of them.
    """

    government: str
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
    units: tuple[UnitFigures, ...]
    sectors: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    ratings: tuple[tuple[Satisfaction, int], ...]
    campaigns: tuple[CampaignFigures, ...] = ()
    hollow: tuple[tuple[str, Share], ...] = ()


@dataclass(frozen=True)
class WeeklySheet:
    """The figures of the week that has ended, and of the four weeks up to its end."""

    week: FiguresSheet
    recent: FiguresSheet
