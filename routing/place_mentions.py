"""Reads the places that running text names in passing, warily: `tolong`, `pasar` and `bulan` are villages too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from routing.areas import DISTRICT, REGENCY, VILLAGE, Areas, read_lines
from routing.place_words import ENOUGH_TO_GUESS, SHORTEST, Hit, Word, exact, key_of, windows

TOO_MANY = 5


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
    for start, end in windows(words):
        if areas.keyed(key_of(words, start, end)):
            dull = everyday.says_nothing(words[start:end])
            for hit in exact(areas, words, start, end, _deepest(words[start], end - start)):
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
