"""Reads places out of a typed address, and weighs what the words can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from routing.areas import DISTRICT, PROVINCE, REGENCY, VILLAGE, Areas

LEVEL_WORDS: dict[str, tuple[int, str]] = {
    **dict.fromkeys(("prov", "provinsi", "propinsi", "gubernur", "pemprov", "polda"), (PROVINCE, "")),
    **dict.fromkeys(("kab", "kabupaten", "bupati", "pemkab"), (REGENCY, "kabupaten")),
    **dict.fromkeys(("kota", "kodya", "kotamadya", "walikota", "pemkot"), (REGENCY, "kota")),
    **dict.fromkeys(("polres", "polresta", "pemda"), (REGENCY, "")),
    **dict.fromkeys(("kec", "kecamatan", "camat", "distrik", "kapanewon", "kemantren", "polsek"), (DISTRICT, "")),
    **dict.fromkeys(("kel", "kelurahan", "lurah", "desa", "ds", "kades", "gampong", "nagari", "pekon"), (VILLAGE, "")),
}
PLACE_WORDS = frozenset(
    (
        "di ke dari wilayah daerah warga sekitar seputar seputaran area kawasan asal domisili tinggal kp kampung dusun"
    ).split()
)
STREET_WORDS = frozenset("jl jln jalan gang gg lorong perum perumahan komplek kompleks".split())
LONGEST = 4
SHORTEST = 3
ENOUGH_TO_GUESS = 5
LIKELIER = {PROVINCE: 1.3, REGENCY: 1.3, DISTRICT: 1.15, VILLAGE: 1.0}
ON_A_STREET = 0.25
WRONG_LEVEL = 0.45
SAME_REGENCY, SAME_PROVINCE, NEIGHBOURING = 3.0, 1.5, 0.3


@dataclass(frozen=True)
class Word:
    """One word of the text, with what stands before it."""

    text: str
    apart: bool
    level: tuple[int, str] | None
    on_street: bool
    placed: bool


@dataclass(frozen=True)
class Hit:
    """An area whose name was read in the words from `start` to before `end`."""

    code: str
    start: int
    end: int
    letters: int
    weight: float

    def overlaps(self, other: Hit) -> bool:
        """Says whether both were read in the same words."""
        return self.start < other.end and other.start < self.end

    @property
    def value(self) -> float:
        """How much of the text the hit explains, in letters."""
        return self.letters * self.weight


@dataclass(frozen=True)
class Reading:
    """One way to understand the words: an area, supported by the areas around it that are named too."""

    hits: tuple[Hit, ...]
    value: float

    @property
    def code(self) -> str:
        """The code of the deepest area."""
        return self.hits[0].code

    @property
    def likeness(self) -> float:
        """How close the words are to the official names, from 0 to 1."""
        return sum(hit.value for hit in self.hits) / sum(hit.letters for hit in self.hits)


def split(text: str) -> list[Word]:
    """Cuts a text into words and notes for each the level word, street word or comma before it."""
    words: list[Word] = []
    level: tuple[int, str] | None = None
    street = 0
    placed = apart = False
    for token in re.findall(r"[^\W_]+|[,;()\n/]", text.lower().replace("'", "").replace("’", "")):
        if not token[0].isalnum():
            apart, level, street, placed = True, None, 0, False
            continue
        words.append(Word(token, apart, level, street > 0, placed))
        level = LEVEL_WORDS.get(token)
        street = 2 if token in STREET_WORDS else 0 if level else street - 1
        placed, apart = token in PLACE_WORDS, False
    return words


def find_typed(areas: Areas, words: Sequence[Word], scope: str | None) -> list[Hit]:
    """Finds every area that an address could name, typing errors included; the scope is where to guess first."""
    hits = [hit for start, end in windows(words) for hit in exact(areas, words, start, end)]
    hits += _guess_wide(areas, words, hits)
    scopes = {reading.code[:DISTRICT] for reading in rank(hits, scope)[:3] if len(reading.code) >= REGENCY}
    if scope and len(scope) >= REGENCY:
        scopes.add(scope[:REGENCY])
    for inside in sorted(scopes):
        hits += _guess_inside(areas, words, hits, inside)
    return hits


def rank(hits: Iterable[Hit], near: str | None) -> list[Reading]:
    """Combines hits into readings, the one that explains most of the words first."""
    by_code: dict[str, list[Hit]] = {}
    by_regency: dict[str, list[Hit]] = {}
    for hit in hits:
        by_code.setdefault(hit.code, []).append(hit)
        by_regency.setdefault(hit.code[:REGENCY], []).append(hit)
    readings = [_reading(code, by_code, by_regency, near) for code in by_code]
    readings.sort(key=lambda reading: (-reading.value, reading.code))
    kept: list[Reading] = []
    for reading in readings:
        if not any(_repeats(reading, other) for other in kept):
            kept.append(reading)
    return kept


def _reading(code: str, by_code: dict[str, list[Hit]], by_regency: dict[str, list[Hit]], near: str | None) -> Reading:
    chosen = [max(by_code[code], key=lambda hit: hit.value)]
    for level in (DISTRICT, REGENCY, PROVINCE):
        if level < len(code):
            free = [hit for hit in by_code.get(code[:level], ()) if not any(map(hit.overlaps, chosen))]
            chosen += [max(free, key=lambda hit: hit.value)] if free else []
    value = sum(hit.value for hit in chosen) + _nearness(code, near)
    value += chosen[0].value * (LIKELIER[len(code)] - 1)
    if len(code) > PROVINCE:
        beside = (
            hit.value for hit in by_regency[code[:REGENCY]] if not any(map(hit.overlaps, chosen)) and hit.weight > 0.5
        )
        value += NEIGHBOURING * max(beside, default=0.0)
    return Reading(tuple(chosen), value)


def _nearness(code: str, near: str | None) -> float:
    if not near:
        return 0.0
    if len(near) >= REGENCY and code.startswith(near[:REGENCY]):
        return SAME_REGENCY
    return SAME_PROVINCE if code.startswith(near[:PROVINCE]) else 0.0


def _repeats(reading: Reading, better: Reading) -> bool:
    """A part of a better reading says nothing new, nor does an area that has its name from the one around it."""
    code, other = reading.code, better.code
    if len(code) <= REGENCY and len(other) <= REGENCY:
        return code != other and not reading.hits[0].overlaps(better.hits[0]) and other.startswith(code)
    if other.startswith(code):
        return not reading.hits[0].overlaps(better.hits[0])
    return code.startswith(other) and any(reading.hits[0].overlaps(hit) for hit in better.hits)


def windows(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Goes through every run of one to four words that no comma parts."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            if end > start + 1 and words[end - 1].apart:
                break
            yield start, end


def key_of(words: Sequence[Word], start: int, end: int) -> str:
    """Gives a run of words as a name is looked up: without spaces."""
    return "".join(word.text for word in words[start:end])


def exact(areas: Areas, words: Sequence[Word], start: int, end: int, deepest: int = VILLAGE) -> Iterator[Hit]:
    """Gives the areas called exactly like a run of words, weighed by the word before it."""
    key = key_of(words, start, end)
    titular = end - start == 1 and end < len(words) and key in LEVEL_WORDS
    if len(key) >= SHORTEST and not titular:
        for code in areas.keyed(key):
            if len(code) <= deepest:
                yield Hit(code, start, end, len(key), _trust(areas, words[start], code))


def _guess_wide(areas: Areas, words: Sequence[Word], known: Sequence[Hit]) -> Iterator[Hit]:
    for start, end in _unread(words, [hit for hit in known if hit.weight > WRONG_LEVEL]):
        key = key_of(words, start, end)
        named = words[start].level
        for level in (PROVINCE, REGENCY, DISTRICT):
            if named is None or named[0] == level:
                for code, likeness in areas.resembling(key, level, at_least=84 if level == DISTRICT else 80):
                    yield _guessed(areas, words, start, end, code, likeness)


def _guess_inside(areas: Areas, words: Sequence[Word], known: Sequence[Hit], inside: str) -> list[Hit]:
    near = [hit for hit in known if hit.weight > 0.9 and hit.code.startswith(inside[:REGENCY])]
    found = []
    for start, end in _unread(words, near):
        for level in (DISTRICT, VILLAGE):
            if level > len(inside):
                for code, likeness in areas.resembling(key_of(words, start, end), level, inside, at_least=78):
                    found.append(_guessed(areas, words, start, end, code, likeness))
    return found


def _unread(words: Sequence[Word], known: Sequence[Hit]) -> list[tuple[int, int]]:
    """Gives the windows long enough to guess at that lie in no window which was read letter by letter."""
    read = {(hit.start, hit.end) for hit in known}
    return [
        (start, end)
        for start, end in windows(words)
        if len(key_of(words, start, end)) >= ENOUGH_TO_GUESS
        and words[start].text not in LEVEL_WORDS
        and not words[start].on_street
        and not any(a <= start and end <= b for a, b in read)
    ]


def _guessed(areas: Areas, words: Sequence[Word], start: int, end: int, code: str, likeness: float) -> Hit:
    trust = _trust(areas, words[start], code) * (likeness / 100) ** 2
    return Hit(code, start, end, len(key_of(words, start, end)), trust)


def _trust(areas: Areas, word: Word, code: str) -> float:
    if word.level is None:
        return ON_A_STREET if word.on_street else 1.0
    level, kind = word.level
    if level != len(code):
        return WRONG_LEVEL
    return 1.0 if not kind or (areas.name(code) or "").lower().startswith(kind) else WRONG_LEVEL
