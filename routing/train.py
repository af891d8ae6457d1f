"""Learns the weights of the sector model from complaints, the same every time it runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Any

from routing.examples import SEED, Example, Forms
from routing.features import PAIR_SHARE, PIECE, PIECE_SHARE, TITLE_SHARE, pieces
from routing.learner import learner
from routing.model import ELSEWHERE
from routing.topics import Topics
from routing.train_kinds import kinds_of
from routing.weights import BIAS, BIAS_FINENESS, Weights, cells

FEWEST = 5
SOFTNESS = 0.3
BIAS_SHARE = 0.5


@dataclass(frozen=True)
class Artefact:
    """Learned weights: shared, per government, and the kinds of complaint of those whose topics are known."""

    shared: Weights
    habits: Mapping[str, Weights]
    kinds: Mapping[str, Weights]


def fit(learned: Sequence[Example], topics: Topics) -> Artefact:
    """Learns shared weights and habits; the habits of a domain are what it does differently."""
    rarity = _rarities(learned)
    domains = sorted({example.domain for example in learned} - {ELSEWHERE, SEED})
    table = _Table(rarity, domains)
    machine = learner("sklearn.svm").LinearSVC(C=SOFTNESS, random_state=0, max_iter=3000)
    machine.fit(table.matrix(learned), [example.sector for example in learned])
    order = [topics.sectors.index(sector) for sector in machine.classes_]
    blocks = table.blocks(machine.coef_, order)
    intercepts = dict(zip(order, machine.intercept_, strict=True))
    return Artefact(
        _shared(rarity, blocks[0], intercepts),
        {name: _habits(block) for name, block in zip(domains, blocks[1:], strict=True)},
        kinds_of(learned, rarity),
    )


def features(forms: Forms) -> Iterator[str]:
    """Yields every distinct word, piece and pair of an example."""
    words = dict.fromkeys(form for form in forms if form)
    yield from words
    yield from dict.fromkeys(piece for form in words for piece in pieces(form))
    yield from dict.fromkeys(_pairs(forms))


def _pairs(forms: Forms) -> Iterator[str]:
    for left, right in pairwise(forms):
        if left and right:
            yield f"{left} {right}"


def _rarities(learned: Sequence[Example]) -> dict[str, int]:
    """Returns the rarity in hundredths of each feature that occurs in at least five complaints."""
    counts: Counter[str] = Counter()
    for example in learned:
        if example.domain != SEED:
            counts.update(features(example.forms))
    total = len(learned)
    return {
        feature: round(100 * (1 + log(total / count))) for feature, count in sorted(counts.items()) if count >= FEWEST
    }


class _Table:
    """Lays examples out as rows: a shared block of columns, then one block per domain."""

    def __init__(self, rarity: Mapping[str, int], domains: Sequence[str]) -> None:
        self._rarity = rarity
        self._column = {feature: number for number, feature in enumerate([*rarity, BIAS])}
        self._domains = {domain: number + 1 for number, domain in enumerate(domains)}

    def matrix(self, learned: Sequence[Example]) -> Any:
        """Returns the sparse matrix of all examples."""
        amounts: list[float] = []
        columns: list[int] = []
        ends = [0]
        for example in learned:
            for column, amount in self._row(example):
                columns.append(column)
                amounts.append(amount)
            ends.append(len(columns))
        width = len(self._column) * (len(self._domains) + 1)
        return learner("scipy.sparse").csr_matrix((amounts, columns, ends), shape=(len(learned), width))

    def blocks(self, weights: Any, order: Sequence[int]) -> list[dict[str, dict[int, float]]]:
        """Returns the learned weights of each block: feature, sector number, weight."""
        width = len(self._column)
        return [
            {
                feature: dict(zip(order, weights[:, block * width + column].tolist(), strict=True))
                for feature, column in self._column.items()
            }
            for block in range(len(self._domains) + 1)
        ]

    def _row(self, example: Example) -> Iterator[tuple[int, float]]:
        amounts = self._amounts(example)
        block = self._domains.get(example.domain)
        for feature, amount in amounts.items():
            column = self._column[feature]
            yield column, amount
            if block:
                yield block * len(self._column) + column, amount

    def _amounts(self, example: Example) -> dict[str, float]:
        """Weighs features exactly as `reader` will: words with their pieces, pairs, the title; each to its length."""
        amounts = {BIAS: BIAS_SHARE} | self._word_amounts(example.forms, 1.0) | self._pair_amounts(example.forms)
        for feature, amount in self._word_amounts(example.forms[: example.headed], TITLE_SHARE).items():
            amounts[feature] += amount
        return amounts

    def _word_amounts(self, forms: Forms, share: float) -> dict[str, float]:
        amounts: dict[str, float] = {}
        size = 0.0
        for form in dict.fromkeys(form for form in forms if form):
            for feature in (form, *pieces(form)):
                if feature in self._rarity:
                    amount = self._rarity[feature] / 100 * (PIECE_SHARE if feature[0] == PIECE else 1.0)
                    amounts[feature] = amounts.get(feature, 0.0) + amount
                    size += amount * amount
        return {feature: share * amount / sqrt(size) for feature, amount in amounts.items()}

    def _pair_amounts(self, forms: Forms) -> dict[str, float]:
        known = {pair: self._rarity[pair] / 100 for pair in _pairs(forms) if pair in self._rarity}
        size = sqrt(sum(amount * amount for amount in known.values()))
        return {pair: PAIR_SHARE * amount / size for pair, amount in known.items()}


def _shared(
    rarity: Mapping[str, int], block: Mapping[str, Mapping[int, float]], intercepts: Mapping[int, float]
) -> Weights:
    bias = {sector: intercept + BIAS_SHARE * block[BIAS][sector] for sector, intercept in intercepts.items()}
    lines = {BIAS: f"100\t{cells(bias, BIAS_FINENESS)}"}
    for feature, hundredths in rarity.items():
        lines[feature] = f"{hundredths}\t{cells(block[feature])}"
    return Weights(lines)


def _habits(block: Mapping[str, Mapping[int, float]]) -> Weights:
    lines = {BIAS: cells({sector: BIAS_SHARE * weight for sector, weight in block[BIAS].items()}, BIAS_FINENESS)}
    lines |= {feature: cells(row) for feature, row in block.items() if feature != BIAS}
    return Weights({feature: line for feature, line in lines.items() if line})
