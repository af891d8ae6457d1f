"""Reads places out of words: what was typed as an address, and what is named in passing in a complaint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from routing.areas import DISTRICT, PROVINCE, REGENCY, VILLAGE, Areas, read_lines

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
TOO_MANY = 5


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

    def words(self, words: Sequence[Word]) -> str:
        """Gives the person's words that were read."""
        spans = sorted((hit.start, hit.end) for hit in self.hits)
        return " ".join(word.text for start, end in spans for word in words[start:end])


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
    hits = [hit for start, end in _windows(words) for hit in _exact(areas, words, start, end)]
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


def _windows(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            if end > start + 1 and words[end - 1].apart:
                break
            yield start, end


def _key(words: Sequence[Word], start: int, end: int) -> str:
    return "".join(word.text for word in words[start:end])


def _exact(areas: Areas, words: Sequence[Word], start: int, end: int, deepest: int = VILLAGE) -> Iterator[Hit]:
    key = _key(words, start, end)
    if len(key) >= SHORTEST:
        for code in areas.keyed(key):
            if len(code) <= deepest:
                yield Hit(code, start, end, len(key), _trust(areas, words[start], code))


def _guess_wide(areas: Areas, words: Sequence[Word], known: Sequence[Hit]) -> Iterator[Hit]:
    for start, end in _unread(words, known):
        key = _key(words, start, end)
        for level in (PROVINCE, REGENCY, DISTRICT):
            if words[start].level is None or words[start].level[0] == level:
                for code, likeness in areas.resembling(key, level, at_least=84 if level == DISTRICT else 80):
                    yield _guessed(areas, words, start, end, code, likeness)


def _guess_inside(areas: Areas, words: Sequence[Word], known: Sequence[Hit], inside: str) -> list[Hit]:
    near = [hit for hit in known if hit.weight > 0.9 and hit.code.startswith(inside[:REGENCY])]
    found = []
    for start, end in _unread(words, near):
        for level in (DISTRICT, VILLAGE):
            if level > len(inside):
                for code, likeness in areas.resembling(_key(words, start, end), level, inside, at_least=78):
                    found.append(_guessed(areas, words, start, end, code, likeness))
    return found


def _unread(words: Sequence[Word], known: Sequence[Hit]) -> list[tuple[int, int]]:
    """Gives the windows long enough to guess at that lie in no window which was read letter by letter."""
    read = {(hit.start, hit.end) for hit in known}
    return [
        (start, end)
        for start, end in _windows(words)
        if len(_key(words, start, end)) >= ENOUGH_TO_GUESS
        and words[start].text not in LEVEL_WORDS
        and not words[start].on_street
        and not any(a <= start and end <= b for a, b in read)
    ]


def _guessed(areas: Areas, words: Sequence[Word], start: int, end: int, code: str, likeness: float) -> Hit:
    trust = _trust(areas, words[start], code) * (likeness / 100) ** 2
    return Hit(code, start, end, len(_key(words, start, end)), trust)


def _trust(areas: Areas, word: Word, code: str) -> float:
    if word.level is None:
        return ON_A_STREET if word.on_street else 1.0
    level, kind = word.level
    if level != len(code):
        return WRONG_LEVEL
    return 1.0 if not kind or (areas.name(code) or "").lower().startswith(kind) else WRONG_LEVEL


class Everyday:
    """The names of areas that are also everyday words, and so prove nothing by themselves."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)

    @classmethod
    def load(cls) -> Everyday:
        """Reads the packaged list."""
        return cls(word for line in read_lines("areas_words.txt") for word in line.split())

    def says_nothing(self, words: Sequence[Word]) -> bool:
        """Says whether a name consists of everyday words only."""
        return all(word.text in self._words or word.text.isdigit() for word in words)


def find_mentioned(areas: Areas, words: Sequence[Word], near: str | None, everyday: Everyday) -> list[Hit]:
    """Finds the areas named in running text: after a word of place, or by a name that is no everyday word."""
    sure: list[Hit] = []
    possible: list[Hit] = []
    for start, end in _windows(words):
        if areas.keyed(_key(words, start, end)):
            dull = everyday.says_nothing(words[start:end])
            for hit in _exact(areas, words, start, end, _deepest(words[start], end - start)):
                if _speaks_for_itself(hit, words[start], dull):
                    sure.append(hit)
                elif _possible(hit, words[start], dull):
                    possible.append(hit)
    sure = _longest(sure)
    known = _regencies(sure)
    if near and len(near) >= REGENCY:
        known.add(near[:REGENCY])
    sure += [hit for hit in _longest(possible) if hit.code[:REGENCY] in known]
    return _tell_apart(sure, known)


def _regencies(hits: Sequence[Hit]) -> set[str]:
    """Gives the regencies that are named themselves or by a name that occurs in no other."""
    spans: dict[tuple[int, int], set[str]] = {}
    for hit in hits:
        if len(hit.code) >= REGENCY:
            spans.setdefault((hit.start, hit.end), set()).add(hit.code[:REGENCY])
    alone = {code for codes in spans.values() if len(codes) == 1 for code in codes}
    return alone | {hit.code for hit in hits if len(hit.code) == REGENCY}


def _deepest(first: Word, length: int) -> int:
    """A single bare word is never read as a village."""
    return VILLAGE if first.level or first.placed or length > 1 else DISTRICT


def _speaks_for_itself(hit: Hit, first: Word, dull: bool) -> bool:
    if hit.weight < 1.0 or dull:
        return False
    if first.level is not None:
        return True
    if len(hit.code) == VILLAGE:
        return False
    if len(hit.code) == DISTRICT:
        return hit.letters > ENOUGH_TO_GUESS and (first.placed or hit.end - hit.start > 1)
    return first.placed or hit.letters > SHORTEST


def _possible(hit: Hit, first: Word, dull: bool) -> bool:
    several = hit.end - hit.start > 1
    if hit.weight < 1.0 or len(hit.code) < DISTRICT or hit.letters < ENOUGH_TO_GUESS:
        return False
    if dull:
        return first.level is not None or (several and first.placed)
    return several or first.placed


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Drops what was read inside a longer name: `Bandung` in `Bandung Barat`."""
    spans = {(hit.start, hit.end) for hit in hits}
    return [
        hit
        for hit in hits
        if not any(a <= hit.start and hit.end <= b and b - a > hit.end - hit.start for a, b in spans)
    ]


def _tell_apart(hits: Sequence[Hit], known: set[str]) -> list[Hit]:
    """Keeps, of many areas with one name, those in a regency that is known; too many without one tell nothing."""
    spans: dict[tuple[int, int], list[Hit]] = {}
    for hit in dict.fromkeys(hits):
        spans.setdefault((hit.start, hit.end), []).append(hit)
    kept: list[Hit] = []
    for same in spans.values():
        within = [hit for hit in same if hit.code[:REGENCY] in known and len(hit.code) > REGENCY]
        wide = [hit for hit in same if len(hit.code) <= REGENCY]
        chosen = wide or within or same
        kept += chosen if len(chosen) <= TOO_MANY else []
    return kept
