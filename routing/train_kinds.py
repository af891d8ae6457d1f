"""Learns the kinds of complaint of a government whose operators note topics: a topic may part what a sector joins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby
from math import sqrt
from typing import Any

from routing.examples import Example
from routing.learner import learner
from routing.weights import BIAS, BIAS_FINENESS, LETTERS, OWNERS, Weights, cells

FEWEST_OF_A_KIND = 50
LEAST_COVERED = 0.5
BIAS_SHARE = 0.5
SOFTNESS = 0.3

Kind = tuple[str, str]


def kinds_of(learned: Sequence[Example], rarity: Mapping[str, int]) -> dict[str, Weights]:
    """Returns the kinds of each government where most complaints belong to a topic with enough of them."""
    by_domain = groupby(sorted(learned, key=_domain), key=_domain)
    return {domain: found for domain, own in by_domain if (found := _kinds(list(own), rarity))}


def _kinds(own: Sequence[Example], rarity: Mapping[str, int]) -> Weights | None:
    counts = Counter((each.sector, each.topic) for each in own if each.topic)
    room = len(LETTERS) - len({each.sector for each in own})
    common = {kind for kind, count in counts.most_common(room) if count >= FEWEST_OF_A_KIND}
    if sum(counts[kind] for kind in common) < LEAST_COVERED * len(own):
        return None
    labels = [_kind(each, common) for each in own]
    order = sorted(set(labels))
    words = sorted({form for each in own for form in each.forms if form in rarity and form})
    machine = learner("sklearn.svm").LinearSVC(C=SOFTNESS, random_state=0, max_iter=3000)
    machine.fit(_matrix(own, words, rarity), [order.index(label) for label in labels])
    return _weights(words, order, machine)


def _matrix(own: Sequence[Example], words: Sequence[str], rarity: Mapping[str, int]) -> Any:
    """Lays complaints out as rows of words, each row to length one, and a column for the bias."""
    column = {word: number for number, word in enumerate(words)}
    amounts: list[float] = []
    columns: list[int] = []
    ends = [0]
    for each in own:
        for number, amount in (*_row(each, column, rarity), (len(words), BIAS_SHARE)):
            columns.append(number)
            amounts.append(amount)
        ends.append(len(columns))
    return learner("scipy.sparse").csr_matrix((amounts, columns, ends), shape=(len(own), len(words) + 1))


def _row(each: Example, column: Mapping[str, int], rarity: Mapping[str, int]) -> Iterator[tuple[int, float]]:
    known = {form: rarity[form] / 100 for form in each.forms if form in column and form}
    length = sqrt(sum(amount * amount for amount in known.values()))
    return ((column[form], amount / length) for form, amount in known.items())


def _weights(words: Sequence[str], order: Sequence[Kind], machine: Any) -> Weights:
    numbers, weights = machine.classes_.tolist(), machine.coef_
    rows = {word: dict(zip(numbers, weights[:, column].tolist(), strict=True)) for column, word in enumerate(words)}
    biases = machine.intercept_ + BIAS_SHARE * weights[:, len(words)]
    lines = {word: cells(row) for word, row in rows.items()}
    lines = {word: line for word, line in lines.items() if line}
    lines[BIAS] = cells(dict(zip(numbers, biases.tolist(), strict=True)), BIAS_FINENESS)
    lines[OWNERS] = " ".join(sector for sector, _ in order)
    return Weights(lines)


def _kind(each: Example, common: Set[Kind]) -> Kind:
    kind = (each.sector, each.topic)
    return kind if kind in common else (each.sector, "")


def _domain(each: Example) -> str:
    return each.domain
