"""Recommendations that follow from figures: each rule is a figure and the threshold from which it speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.drafting import Satisfaction
from domain.figures import Share
from services.figure_sheets import FiguresSheet

IN_TIME = 90
"""Per cent in time below which something is recommended; this and the others are our choice."""

REOPENED = 10
DISSATISFIED = 20
SILENT = 50
ONE_SUBJECT = 30
UNIT_FOLLOWED_UP = 80


class Rule(StrEnum):
    """What can be recommended."""

    VERIFY = "verify"
    FOLLOW_UP = "follow_up"
    RESOLVE = "resolve"
    UNITS = "units"
    REOPENED = "reopened"
    DISSATISFIED = "dissatisfied"
    SILENT = "silent"
    SUBJECT = "subject"


@dataclass(frozen=True)
class Advice:
    """A recommendation with the figure from which it follows; `about` names units or a sector."""

    rule: Rule
    percent: int
    about: tuple[str, ...] = ()


def advise(figures: FiguresSheet) -> tuple[Advice, ...]:
    """The recommendations for a month, in the order in which a complaint meets its troubles."""
    found = [rule(figures) for rule in _RULES]
    return tuple(advice for advice in found if advice is not None)


def _below(figures: FiguresSheet, rule: Rule, share: Share, threshold: int) -> Advice | None:
    enough = share.whole >= max(1, figures.few)
    return Advice(rule, share.percent) if enough and share.percent < threshold else None


def _above(figures: FiguresSheet, rule: Rule, share: Share, threshold: int, *about: str) -> Advice | None:
    enough = min(share.whole, share.part) >= max(1, figures.few)
    return Advice(rule, share.percent, about) if enough and share.percent >= threshold else None


def _verify(figures: FiguresSheet) -> Advice | None:
    return _below(figures, Rule.VERIFY, figures.verified_in_time, IN_TIME)


def _follow_up(figures: FiguresSheet) -> Advice | None:
    return _below(figures, Rule.FOLLOW_UP, figures.followed_up_in_time, IN_TIME)


def _resolve(figures: FiguresSheet) -> Advice | None:
    shares = [share for _, share in figures.classes]
    return _below(figures, Rule.RESOLVE, Share(sum(s.part for s in shares), sum(s.whole for s in shares)), IN_TIME)


def _units(figures: FiguresSheet) -> Advice | None:
    slow = [
        part.name
        for part in figures.parts
        if part.followed_up.whole >= figures.few and part.followed_up.percent < UNIT_FOLLOWED_UP
    ]
    return Advice(Rule.UNITS, UNIT_FOLLOWED_UP, tuple(slow)) if slow else None


def _reopened(figures: FiguresSheet) -> Advice | None:
    return _above(figures, Rule.REOPENED, Share(figures.reopened, figures.done), REOPENED)


def _dissatisfied(figures: FiguresSheet) -> Advice | None:
    given = dict(figures.ratings)
    share = Share(given.get(Satisfaction.DISSATISFIED, 0), sum(given.values()) + figures.other_ratings)
    return _above(figures, Rule.DISSATISFIED, share, DISSATISFIED)


def _silent(figures: FiguresSheet) -> Advice | None:
    return _above(figures, Rule.SILENT, Share(figures.silent, figures.silent + figures.confirmed), SILENT)


def _subject(figures: FiguresSheet) -> Advice | None:
    if not figures.sectors:
        return None
    sector, count = figures.sectors[0]
    return _above(figures, Rule.SUBJECT, Share(count, figures.received), ONE_SUBJECT, sector)


_RULES: tuple[Callable[[FiguresSheet], Advice | None], ...] = (
    _verify,
    _follow_up,
    _resolve,
    _units,
    _reopened,
    _dissatisfied,
    _silent,
    _subject,
)
