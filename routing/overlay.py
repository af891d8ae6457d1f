"""What a government's corrections add to the packaged model: whole-number weights per word, laid over its ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from routing.features import pairs
from routing.words import Word

UNIT = 20
"""Weights are kept in twentieths, as those of the model are."""

SHARE = 0.05
"""What a unit that is not the usual one of its sector has of the sector's score before anybody corrects."""

LEAST = 1e-6

Weights = Mapping[str, Mapping[str, int]]
Ranking = Sequence[tuple["Target", float]]


@dataclass(frozen=True, order=True)
class Target:
    """Where a complaint goes: to the sector's usual office (no unit), or to one unit."""

    sector: str
    unit: str = ""

    @classmethod
    def parse(cls, text: str) -> Target:
        """Reads what `str` has written."""
        sector, _, unit = text.partition(" ")
        return cls(sector, unit)

    def __str__(self) -> str:
        return f"{self.sector} {self.unit}".rstrip()


def features(words: Sequence[Word]) -> frozenset[str]:
    """Returns the words and the pairs of neighbours."""
    return frozenset((*(word.form for word in words), *(feature for feature, _, _ in pairs(words))))


def opened(ranking: Iterable[tuple[str, float]], targets: Iterable[Target]) -> dict[Target, float]:
    """Returns the score of every sector, and a share of it for each unit that is a target of its own."""
    scores = {Target(sector): max(score, LEAST) for sector, score in ranking}
    units = sorted(target for target in targets if target.unit)
    return scores | {unit: max(SHARE * scores.get(Target(unit.sector), LEAST), LEAST) for unit in units}


def shared_out(scores: Mapping[Target, float], pull: Mapping[Target, float]) -> dict[Target, float]:
    """Returns the scores after the pull, one in all."""
    odds = {target: log(score) + pull.get(target, 0.0) for target, score in scores.items()}
    best = max(odds.values())
    grown = {target: exp(value - best) for target, value in odds.items()}
    whole = sum(grown.values())
    return {target: value / whole for target, value in grown.items()}


class Overlay:
    """The corrections of one government."""

    def __init__(self, weights: Weights) -> None:
        self._weights = {
            feature: {Target.parse(target): weight / UNIT for target, weight in row.items()}
            for feature, row in weights.items()
        }

    def over(self, words: Sequence[Word], ranking: Sequence[tuple[str, float]]) -> Ranking:
        """Returns the ranking as the corrections move it; where they say nothing it stays as it is."""
        pull = self._pull(words)
        if not pull:
            return as_it_is(ranking)
        wanted = [target for target, strength in pull.items() if strength > 0]
        moved = shared_out(opened(ranking, wanted), pull)
        return tuple(sorted(moved.items(), key=lambda item: (-item[1], item[0])))

    def spoke_for(self, words: Sequence[Word], target: Target) -> tuple[tuple[Word, ...], ...]:
        """Returns the words whose corrections pull to a target, the strongest first."""
        spans = {feature: (left, right) for feature, left, right in pairs(words)} | {
            word.form: (word,) for word in words
        }
        spoke = [
            (self._weights[feature].get(target, 0.0), span)
            for feature, span in spans.items()
            if feature in self._weights
        ]
        strong = sorted((item for item in spoke if item[0] > 0), key=lambda item: (-item[0], item[1][0].start))
        return tuple(span for _, span in strong)

    def _pull(self, words: Sequence[Word]) -> dict[Target, float]:
        found = features(words)
        pull: dict[Target, float] = {}
        for feature in sorted(found & self._weights.keys()):
            for target, weight in self._weights[feature].items():
                pull[target] = pull.get(target, 0.0) + weight / sqrt(len(found))
        return pull


def as_it_is(ranking: Iterable[tuple[str, float]]) -> Ranking:
    """Returns a ranking of sectors as one of targets."""
    return tuple((Target(sector), score) for sector, score in ranking)
