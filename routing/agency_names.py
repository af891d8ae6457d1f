"""Finds the agencies that a text names, by their names and nicknames, typing errors included."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

CLOSE = 86.0
LONG_ENOUGH_TO_MISTYPE = 7
LONGEST_TEXT = 2_000


@dataclass(frozen=True)
class AgencyMention:
    """An agency named in a text; an office that every region has is named without a government."""

    name: str
    sectors: tuple[str, ...]
    government: str | None = None
    unit: str | None = None


class AgencyNames:
    """All names of agencies, looked up letter by letter first and by likeness only among names of the same shape."""

    def __init__(self, named: Iterable[tuple[str, AgencyMention]]) -> None:
        self._exact: dict[str, AgencyMention] = {}
        self._shapes: dict[tuple[int, str], list[str]] = {}
        for name, agency in named:
            words = _words(name)
            phrase = " ".join(words)
            if phrase in self._exact:
                continue
            self._exact[phrase] = agency
            if len(phrase) >= LONG_ENOUGH_TO_MISTYPE:
                self._shapes.setdefault((len(words), phrase[0]), []).append(phrase)
        self._longest = max((len(name.split()) for name in self._exact), default=0)

    def find(self, text: str) -> tuple[AgencyMention, ...]:
        """Gives the agencies in the order of the text; of overlapping names the longest counts."""
        words = _words(text[:LONGEST_TEXT])
        found: list[AgencyMention] = []
        start = 0
        while start < len(words):
            end, mention = self._at(words, start)
            if mention and all((mention.name, mention.government) != (each.name, each.government) for each in found):
                found.append(mention)
            start = end
        return tuple(found)

    def _at(self, words: list[str], start: int) -> tuple[int, AgencyMention | None]:
        most = min(self._longest, len(words) - start)
        for length in range(most, 0, -1):
            phrase = " ".join(words[start : start + length])
            agency = self._exact.get(phrase)
            if agency:
                return start + length, agency
        for length in range(most, 0, -1):
            phrase = " ".join(words[start : start + length])
            near = self._near(phrase, length)
            if near:
                return start + length, self._exact[near]
        return start + 1, None

    def _near(self, phrase: str, length: int) -> str | None:
        names = self._shapes.get((length, phrase[0]))
        if not names or len(phrase) < LONG_ENOUGH_TO_MISTYPE - 1:
            return None
        best = process.extractOne(phrase, names, scorer=fuzz.ratio, score_cutoff=CLOSE)
        return best[0] if best else None


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
