"""Everyday words that a person would send to an office by hand: "gas melon", "lampu jalan"."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from routing.words import DATA, Word, normal

ONE_WORD = 100
EACH_FURTHER_WORD = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a text: where it points, and with what weight."""

    words: tuple[Word, ...]
    sectors: tuple[str, ...]
    weight: float


class Topics:
    """Knows the sectors, their labels and the phrases that point to them."""

    def __init__(self, labels: Mapping[str, str], phrases: Mapping[str, tuple[str, ...]]) -> None:
        self.labels = dict(labels)
        self.phrases = dict(phrases)
        self._lengths: dict[str, list[int]] = {}
        for phrase in phrases:
            first, *rest = phrase.split()
            self._lengths.setdefault(first, []).append(1 + len(rest))

    @classmethod
    def load(cls, folder: Path = DATA) -> Topics:
        """Reads `sectors.toml`."""
        table = tomllib.loads((folder / "sectors.toml").read_text(encoding="utf-8"))
        sectors: dict[str, list[str]] = {}
        for sector, entry in table.items():
            for phrase in dict.fromkeys(normal(phrase) for phrase in entry["phrases"]):
                sectors.setdefault(phrase, []).append(sector)
        labels = {sector: entry["label"] for sector, entry in table.items()}
        return cls(labels, {phrase: tuple(where) for phrase, where in sectors.items()})

    @property
    def sectors(self) -> tuple[str, ...]:
        """Returns the codes of all sectors in their fixed order."""
        return tuple(self.labels)

    def hits(self, words: Sequence[Word]) -> tuple[Hit, ...]:
        """Returns every phrase found, once each, longest first."""
        found: dict[str, Hit] = {}
        for start, word in enumerate(words):
            for length in self._lengths.get(word.form, ()):
                span = tuple(words[start : start + length])
                phrase = " ".join(each.form for each in span)
                if phrase in self.phrases and phrase not in found:
                    found[phrase] = self._hit(phrase, span)
        return tuple(sorted(found.values(), key=lambda hit: -len(hit.words)))

    def _hit(self, phrase: str, span: tuple[Word, ...]) -> Hit:
        where = self.phrases[phrase]
        weight = ONE_WORD + EACH_FURTHER_WORD * (len(span) - 1)
        return Hit(span, where, weight / len(where) / 100)


def pull(hits: Iterable[Hit]) -> dict[str, float]:
    """Returns how strongly the phrases pull to each sector, damped for long texts."""
    sums: dict[str, float] = {}
    for hit in hits:
        for sector in hit.sectors:
            sums[sector] = sums.get(sector, 0.0) + hit.weight
    damping = sqrt(1 + sum(sums.values()))
    return {sector: amount / damping for sector, amount in sums.items()}
