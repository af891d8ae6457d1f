"""Learns the weights of the sector model from a folder of complaints, the same every time it runs."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from math import log, sqrt
from pathlib import Path
from typing import Any

from routing.areas import Areas
from routing.features import PAIR_SHARE, PIECE, PIECE_SHARE, pieces
from routing.model import BIAS, BIAS_FINENESS, ELSEWHERE, LETTERS, NOWHERE, UNIT, Weights
from routing.privacy import nameless, place_names, proper_nouns
from routing.topics import Topics
from routing.words import Word, read

FEWEST = 5
SOFTNESS = 0.3
BIAS_SHARE = 0.5
SEED = "seed"

Forms = tuple[str | None, ...]


@dataclass(frozen=True)
class Complaint:
    """One row to learn from; `government` is None where no place is known."""

    source: str
    text: str
    sector: str
    government: str | None
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Example:
    """What is learned from: forms without private ones, the right sector, and whose habits it shows."""

    forms: Forms
    sector: str
    domain: str


@dataclass(frozen=True)
class Artefact:
    """Learned weights, shared and per government."""

    shared: Weights
    habits: Mapping[str, Weights]


class LearnerMissing(RuntimeError):
    """Is raised when the training group is not installed."""


def load_complaints(folder: Path, codes: Mapping[str, str]) -> list[Complaint]:
    """Reads every CSV in name order; `codes` gives the government of a regency's name."""
    complaints = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            complaints += [_complaint(row, codes) for row in csv.DictReader(lines) if row["sector"]]
    return complaints


def regencies(folder: Path) -> list[str]:
    """Returns the names of all regencies that occur in the folder."""
    names = set()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            names |= {row["regency"] for row in csv.DictReader(lines)}
    return sorted(names - {""})


def _complaint(row: Mapping[str, str], codes: Mapping[str, str]) -> Complaint:
    text = f"{row['title']} . {row['text']}" if row["title"] else row["text"]
    government = codes.get(row["regency"], ELSEWHERE) if row["regency"] else None
    return Complaint(row["source"], text, row["sector"], government, read(text))


def examples(complaints: Sequence[Complaint], topics: Topics) -> list[Example]:
    """Returns the complaints without what is private, and each phrase of the topics as an example of its own."""
    allowed = frozenset(form for phrase in topics.phrases for form in phrase.split())
    forms = sorted({word.form for each in complaints for word in each.words})
    private = proper_nouns(((each.text, each.words) for each in complaints), allowed)
    private |= place_names(forms, Areas.load(), allowed)
    learned = [Example(nameless(each.words, private), each.sector, each.government or NOWHERE) for each in complaints]
    seeds = [
        Example(tuple(phrase.split()), sector, SEED) for phrase, sectors in topics.phrases.items() for sector in sectors
    ]
    return learned + seeds


def fit(learned: Sequence[Example], topics: Topics) -> Artefact:
    """Learns shared weights and habits; the habits of a domain are what it does differently."""
    rarity = _rarities(learned)
    domains = sorted({example.domain for example in learned} - {ELSEWHERE, SEED})
    table = _Table(rarity, domains)
    machine = _learner("sklearn.svm").LinearSVC(C=SOFTNESS, random_state=0, max_iter=3000)
    machine.fit(table.matrix(learned), [example.sector for example in learned])
    order = [topics.sectors.index(sector) for sector in machine.classes_]
    blocks = table.blocks(machine.coef_, order)
    intercepts = dict(zip(order, machine.intercept_, strict=True))
    return Artefact(
        _shared(rarity, blocks[0], intercepts),
        {name: _habits(block) for name, block in zip(domains, blocks[1:], strict=True)},
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
        cells: list[float] = []
        columns: list[int] = []
        ends = [0]
        for example in learned:
            for column, amount in self._row(example):
                columns.append(column)
                cells.append(amount)
            ends.append(len(columns))
        width = len(self._column) * (len(self._domains) + 1)
        return _learner("scipy.sparse").csr_matrix((cells, columns, ends), shape=(len(learned), width))

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
        amounts = self._amounts(example.forms)
        block = self._domains.get(example.domain)
        for feature, amount in amounts.items():
            column = self._column[feature]
            yield column, amount
            if block:
                yield block * len(self._column) + column, amount

    def _amounts(self, forms: Forms) -> dict[str, float]:
        """Weighs features exactly as `model` will: words with their pieces, pairs apart, each to length one."""
        amounts: dict[str, float] = {BIAS: BIAS_SHARE}
        size = 0.0
        for form in dict.fromkeys(form for form in forms if form):
            for feature in (form, *pieces(form)):
                if feature in self._rarity:
                    amount = self._rarity[feature] / 100 * (PIECE_SHARE if feature[0] == PIECE else 1.0)
                    amounts[feature] = amounts.get(feature, 0.0) + amount
                    size += amount * amount
        scaled = {name: amount if name == BIAS else amount / sqrt(size) for name, amount in amounts.items()}
        return scaled | self._pair_amounts(forms)

    def _pair_amounts(self, forms: Forms) -> dict[str, float]:
        known = {pair: self._rarity[pair] / 100 for pair in _pairs(forms) if pair in self._rarity}
        size = sqrt(sum(amount * amount for amount in known.values()))
        return {pair: PAIR_SHARE * amount / size for pair, amount in known.items()}


def _shared(
    rarity: Mapping[str, int], block: Mapping[str, Mapping[int, float]], intercepts: Mapping[int, float]
) -> Weights:
    bias = {sector: intercept + BIAS_SHARE * block[BIAS][sector] for sector, intercept in intercepts.items()}
    lines = {BIAS: f"100\t{_cells(bias, BIAS_FINENESS)}"}
    for feature, hundredths in rarity.items():
        lines[feature] = f"{hundredths}\t{_cells(block[feature])}"
    return Weights(lines)


def _habits(block: Mapping[str, Mapping[int, float]]) -> Weights:
    lines = {BIAS: _cells({sector: BIAS_SHARE * weight for sector, weight in block[BIAS].items()}, BIAS_FINENESS)}
    lines |= {feature: _cells(row) for feature, row in block.items() if feature != BIAS}
    return Weights({feature: line for feature, line in lines.items() if line})


def _cells(row: Mapping[int, float], fineness: int = 1) -> str:
    rounded = {sector: round(UNIT * fineness * weight) for sector, weight in sorted(row.items())}
    return "".join(f"{LETTERS[sector]}{weight}" for sector, weight in rounded.items() if weight)


def _learner(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        raise LearnerMissing("Training needs scikit-learn: run `uv sync --group train`.") from missing
