"""Finds complaints of the same trouble at the same place: by area or distance, by subject, by likeness of words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from rapidfuzz import fuzz

from routing.areas import DISTRICT, REGENCY, VILLAGE
from routing.places import Place
from routing.words import DATA, read

EARTH_M = 6_371_000
SLIP = 84
"""Per cent of likeness from which on two written words are one with a slip of typing, or with another ending."""

SHORTEST = 3
MOST_WORDS = 60
"""Words of a text that are compared: what is wrong is said at the beginning."""

SHARED, WHOLE = 0.65, 0.35
"""How much the share of the shorter text counts, and how much that of both: people tell at very different length."""


SETTING = 0.4
"""How much a word counts that says where it is ("pasar") and not what is wrong."""


class Nearness(IntEnum):
    """How surely two places are one."""

    APART = 0
    REGENCY = 1
    DISTRICT = 2
    SPOT = 3


@dataclass(frozen=True)
class Told:
    """What is compared: the description, the place, and where it was proposed to go, the likeliest subject first."""

    text: str
    place: Place
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measures:
    """What makes two complaints near duplicates, as `similar.toml` says it."""

    window: timedelta
    radius_m: float
    offered: int
    looked_at: int
    alike: Mapping[Nearness, float]
    empty: frozenset[str]
    settings: frozenset[str]
    same: Mapping[str, str]

    @classmethod
    def load(cls, folder: Path = DATA) -> Measures:
        """Reads `similar.toml`."""
        table = tomllib.loads((folder / "similar.toml").read_text(encoding="utf-8"))
        return cls(
            window=timedelta(days=table["window_days"]),
            radius_m=table["radius_m"],
            offered=table["offered"],
            looked_at=table["looked_at"],
            alike={Nearness[name.upper()]: share for name, share in table["alike"].items()},
            empty=frozenset(table["empty"]["words"].split()),
            settings=frozenset(table["empty"]["settings"].split()),
            same={word: meaning for meaning, words in table["same"].items() for word in words.split()},
        )


@cache
def measures() -> Measures:
    """Returns the packaged measures, read once."""
    return Measures.load()


def similar(told: Told, others: Sequence[Told]) -> tuple[int, ...]:
    """Returns the places in `others` of those that tell of the same trouble, the likeliest first."""
    found = [(_likeness_if_same(told, other), index) for index, other in enumerate(others)]
    return tuple(index for share, index in sorted(found, key=lambda each: (-each[0], each[1])) if share > 0)


def _likeness_if_same(one: Told, other: Told) -> float:
    near = nearness(one.place, other.place)
    if near is Nearness.APART or not _same_subject(one, other):
        return 0
    share = likeness(one.text, other.text, one.place, other.place)
    return share if share >= measures().alike[near] else 0


def _same_subject(one: Told, other: Told) -> bool:
    """Whether what one is surely about is at least thought of for the other; without a proposal the words decide."""
    if not one.sectors or not other.sectors:
        return True
    return one.sectors[0] in other.sectors or other.sectors[0] in one.sectors


def nearness(one: Place, other: Place) -> Nearness:
    """Returns how surely two places are one; two points far apart are two places, whatever their areas."""
    distance = _distance_m(one, other)
    if distance is not None and distance > measures().radius_m:
        return Nearness.APART
    if distance is not None:
        return Nearness.SPOT
    first, second = one.code or "", other.code or ""
    depth = min(len(first), len(second))
    if depth < REGENCY or first[:depth] != second[:depth]:
        return Nearness.APART
    return {VILLAGE: Nearness.SPOT, DISTRICT: Nearness.DISTRICT}.get(depth, Nearness.REGENCY)


def likeness(one: str, other: str, *places: Place) -> float:
    """Returns how much two texts share of what they say, from 0 to 100; names of the places say nothing."""
    names = frozenset(word.form for place in places for name in _names(place) for word in read(name))
    first, second = _meanings(one) - names, _meanings(other) - names
    if not first or not second:
        return 0
    shorter, longer = sorted((first, second), key=_weight)
    shared = _weight(word for word in shorter if word in longer or _mistyped(word, longer))
    return 100 * shared * (SHARED / _weight(shorter) + WHOLE * 2 / (_weight(first) + _weight(second)))


@lru_cache(maxsize=4_000)
def _meanings(text: str) -> frozenset[str]:
    """Returns what the words of a text mean, each once; names of places and empty words apart."""
    known = measures()
    forms = dict.fromkeys(_root(word.form) for word in read(text))
    words = [form for form in forms if len(form) >= SHORTEST and form not in known.empty]
    return frozenset(known.same.get(form, form) for form in words[:MOST_WORDS])


def _root(form: str) -> str:
    """Returns a word without the ending that only points at it: "lampunya" is "lampu"."""
    return form.removesuffix("nya") if len(form) > SHORTEST + len("nya") else form


def _weight(words: Iterable[str]) -> float:
    settings = measures().settings
    return sum(SETTING if word in settings else 1 for word in words)


def _mistyped(word: str, among: frozenset[str]) -> bool:
    return any(fuzz.ratio(word, other, score_cutoff=SLIP) > 0 for other in among)


def _names(place: Place) -> tuple[str, ...]:
    return tuple(name for name in (place.village, place.district, place.regency, place.province) if name)


def _distance_m(one: Place, other: Place) -> float | None:
    """Returns the metres between two points (haversine); None unless both places have one."""
    if one.lat is None or one.lng is None or other.lat is None or other.lng is None:
        return None
    south, north = radians(one.lat), radians(other.lat)
    rise, turn = (north - south) / 2, radians(other.lng - one.lng) / 2
    return 2 * EARTH_M * asin(sqrt(sin(rise) ** 2 + cos(south) * cos(north) * sin(turn) ** 2))
