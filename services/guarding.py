"""Keeps figures from pointing at people: small counts are told together, or not at all."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TypeVar

from domain.figures import NOTHING, Share, pool_of, pooled
from services.figure_sheets import FiguresSheet, PartFigures, PooledParts

Key = TypeVar("Key", bound=Hashable)


def guarded(sheet: FiguresSheet, few: int) -> FiguresSheet:
    """The same figures for somebody who may not read the complaints.

    No table of what remains lets a count below `few` be found, not even by taking the others from a total.
    """
    if 0 < sheet.received < few:
        return _emptied(sheet, few)
    parts, others = _parts(sheet, few)
    sectors, other_sectors = pooled(sheet.sectors, few, _nameless(sheet, sheet.sectors))
    places, other_places = pooled(sheet.places, few, _nameless(sheet, sheet.places))
    ratings, other_ratings = pooled(sheet.ratings, few)
    reasons, _ = pooled(sheet.reasons, few)
    return replace(
        sheet,
        few=few,
        parts=parts,
        others=others,
        sectors=sectors,
        other_sectors=other_sectors,
        places=places,
        other_places=other_places,
        ratings=ratings,
        other_ratings=other_ratings,
        reasons=reasons,
        verification=sheet.verification if sheet.verification and sheet.verification.count >= few else None,
        follow_up=sheet.follow_up if sheet.follow_up and sheet.follow_up.count >= few else None,
        hollow=tuple((name, share) for name, share in sheet.hollow if share.whole >= few),
        examined=sheet.examined if sheet.examined and sheet.examined.whole >= few else None,
    )


def _emptied(sheet: FiguresSheet, few: int) -> FiguresSheet:
    """There were some: that is all."""
    return replace(
        sheet,
        few=few,
        received=1,
        followed_up=0,
        done=0,
        reopened=0,
        confirmed=0,
        silent=0,
        archived=0,
        returned=0,
        verified_in_time=NOTHING,
        followed_up_in_time=NOTHING,
        unanswered=NOTHING,
        parts=(),
        sectors=(),
        places=(),
        ratings=(),
        reasons=(),
        classes=(),
        hollow=(),
        verification=None,
        follow_up=None,
        examined=None,
    )


def _nameless(sheet: FiguresSheet, counts: Sequence[tuple[Key, int]]) -> int:
    """How many of what was received stand under no name of a table: they could be found by subtraction too."""
    return sheet.received - sum(count for _, count in counts)


def _parts(sheet: FiguresSheet, few: int) -> tuple[tuple[PartFigures, ...], PooledParts | None]:
    """The parts that may stand by themselves, and the others together with what lies with no part."""
    whole = sum((part.followed_up for part in sheet.parts), NOTHING)
    nowhere = Share(sheet.followed_up - whole.part, sheet.received - whole.whole)
    counts = [(part, part.followed_up.whole) for part in sheet.parts]
    pool = pool_of([*counts, *([(None, nowhere.whole)] if nowhere.whole else [])], few)
    inside = [part for part in sheet.parts if part in pool]
    together = sum((part.followed_up for part in inside), nowhere if None in pool else NOTHING)
    told = tuple(part for part in sheet.parts if part not in pool)
    if together.whole < few:
        return told, None
    return told, PooledParts(tuple(part.name for part in inside), together)
