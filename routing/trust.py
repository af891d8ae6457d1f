"""Turns sums into scores, and tells when an answer may be acted on without a person reading first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import exp, log
from typing import Any

STRANGE = 0.5
"""Weight of what no phrase covers, so that one weak phrase alone is no full agreement."""

DOUBT = 0.1
"""Weight of earlier mistakes when the second and the third are chosen."""

PRUDENCE = 3.0
"""How many mistakes in the usual proportions are taken for granted before any was seen."""

RARE = 0.1
"""What a sector counts of which nothing was seen."""


@dataclass(frozen=True)
class Trust:
    """How sure an answer is, as log-odds of being right, and from which sureness on it is confident."""

    base: float
    best: float
    lead: float
    lead_over_third: float
    phrases: float
    sectors: Mapping[str, float]
    enough: float

    def sureness(self, evidence: Evidence) -> float:
        """Returns the log-odds that the best sector is the right one."""
        return (
            self.base
            + self.best * evidence.best
            + self.lead * evidence.lead
            + self.lead_over_third * evidence.lead_over_third
            + self.phrases * evidence.phrases
            + self.sectors.get(evidence.sector, 0.0)
        )

    def holds(self, evidence: Evidence) -> bool:
        """Tells whether an answer is sure enough to act on."""
        return self.sureness(evidence) >= self.enough


@dataclass(frozen=True)
class Mistakes:
    """What was right when the best sector was not, on complaints held back: it orders the second and the third.

    `right` counts the complaints of each sector, `instead` for each wrong best sector the right ones.
    """

    right: Mapping[str, int]
    instead: Mapping[str, Mapping[str, int]]

    @cached_property
    def _whole(self) -> int:
        return sum(self.right.values())

    def doubt(self, said: str, other: str) -> float:
        """Returns what `other` loses as a second guess beside `said`: nought at most."""
        taken = self.instead.get(said, {})
        usual = PRUDENCE * (self.right.get(other, 0) + RARE) / self._whole
        return DOUBT * min(0.0, log((taken.get(other, 0) + usual) / (sum(taken.values()) + PRUDENCE)))


@dataclass(frozen=True)
class Tuning:
    """How sums become scores and trust: weight of phrases, sharpness, and when to be confident (None: never)."""

    phrases: float
    sharpness: float
    trust: Trust | None
    mistakes: Mistakes | None = None

    def sums(self, sectors: Iterable[str], margins: Iterable[float], pulled: Mapping[str, float]) -> dict[str, float]:
        """Returns what the learned weights and the phrases say together for each sector."""
        return {
            sector: margin + self.phrases * pulled.get(sector, 0.0)
            for sector, margin in zip(sectors, margins, strict=True)
        }

    def ranking(self, sums: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
        """Returns the sectors with their scores, one in all, best first."""
        weighed = self.weighed(sums)
        best = max(weighed.values())
        odds = {sector: exp(self.sharpness * (amount - best)) for sector, amount in weighed.items()}
        whole = sum(odds.values())
        return tuple(sorted(((sector, odd / whole) for sector, odd in odds.items()), key=lambda item: -item[1]))

    def weighed(self, sums: Mapping[str, float]) -> Mapping[str, float]:
        """Returns the sums, those behind the best lessened by how seldom they were right instead of it."""
        if self.mistakes is None:
            return sums
        first, doubt = max(sums, key=sums.__getitem__), self.mistakes.doubt
        return {sector: amount + (doubt(first, sector) if sector != first else 0.0) for sector, amount in sums.items()}

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Tuning:
        """Reads what `tuning.json` holds for one government."""
        trust = Trust(**values["trust"]) if values["trust"] else None
        mistakes = Mistakes(**values["mistakes"]) if values["mistakes"] else None
        return cls(values["phrases"], values["sharpness"], trust, mistakes)


@dataclass(frozen=True)
class Evidence:
    """What speaks for the best sector: its sum, its leads over the next two, its share of the phrases found."""

    sector: str
    best: float
    lead: float
    lead_over_third: float
    phrases: float

    @classmethod
    def of(cls, sums: Mapping[str, float], pulled: Mapping[str, float]) -> Evidence:
        """Reads it from the sums of the sectors and the pull of the phrases."""
        (sector, best), (_, second), (_, third) = sorted(sums.items(), key=lambda item: -item[1])[:3]
        share = pulled.get(sector, 0.0) / (sum(pulled.values()) + STRANGE)
        return cls(sector, best, best - second, best - third, share)
