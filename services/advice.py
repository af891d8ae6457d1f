"""Recommendations that follow from figures: each rule is a figure and the threshold from which it speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.drafting import Satisfaction
from domain.figures import TOO_FEW, Share, pooled
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


def _below(rule: Rule, share: Share, threshold: int) -> Advice | None:
    return Advice(rule, share.percent) if share.whole >= TOO_FEW and share.percent < threshold else None


def _above(rule: Rule, share: Share, threshold: int, *about: str) -> Advice | None:
    enough = share.whole >= TOO_FEW and share.part >= TOO_FEW
    return Advice(rule, share.percent, about) if enough and share.percent >= threshold else None


def _verify(figures: FiguresSheet) -> Advice | None:
    return _below(Rule.VERIFY, figures.verified_in_time, IN_TIME)


def _follow_up(figures: FiguresSheet) -> Advice | None:
    return _below(Rule.FOLLOW_UP, figures.followed_up_in_time, IN_TIME)


def _resolve(figures: FiguresSheet) -> Advice | None:
    shares = [share for _, share in figures.classes]
    return _below(Rule.RESOLVE, Share(sum(s.part for s in shares), sum(s.whole for s in shares)), IN_TIME)


def _units(figures: FiguresSheet) -> Advice | None:
    slow = [
        unit.name
        for unit in figures.units
        if unit.followed_up.whole >= TOO_FEW and unit.followed_up.percent < UNIT_FOLLOWED_UP
    ]
    return Advice(Rule.UNITS, UNIT_FOLLOWED_UP, tuple(slow)) if slow else None


def _reopened(figures: FiguresSheet) -> Advice | None:
    return _above(Rule.REOPENED, Share(figures.reopened, figures.done), REOPENED)


def _dissatisfied(figures: FiguresSheet) -> Advice | None:
    given = dict(figures.ratings)
    return _above(Rule.DISSATISFIED, Share(given.get(Satisfaction.DISSATISFIED, 0), sum(given.values())), DISSATISFIED)


def _silent(figures: FiguresSheet) -> Advice | None:
    return _above(Rule.SILENT, Share(figures.silent, figures.silent + figures.confirmed), SILENT)


def _subject(figures: FiguresSheet) -> Advice | None:
    told, _ = pooled(figures.sectors)
    if not told:
        return None
    sector, count = told[0]
    return _above(Rule.SUBJECT, Share(count, figures.received), ONE_SUBJECT, sector)


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
