"""Adds up what each word of a text says for each sector, in whole numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from routing.features import PAIR_SHARE, PIECE_SHARE, TITLE_SHARE, pairs, pieces
from routing.weights import BIAS, BIAS_FINENESS, UNIT, Weights
from routing.words import Word

REMEMBERED = 16_000
HALVES = 2

Part = tuple[tuple[Word, ...], Sequence[int], float]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one feature or word adds: its size squared, and its pull to each sector, in whole numbers."""

    size: int
    pull: array[int]


class Reader:
    """Reads texts for one government: shared weights plus its habits; what it reads it remembers for a while."""

    def __init__(self, shared: Weights, habits: Weights | None, sectors: int) -> None:
        self._shared = shared
        self._layers = (shared, habits) if habits else (shared,)
        self._sectors = sectors
        self._nothing = Seen(0, array("i", [0]) * sectors)
        self._pieces: dict[str, Seen] = {}
        self._words: dict[str, Seen] = {}
        self._pairs: dict[str, Seen] = {}
        self.bias = [weight / UNIT / BIAS_FINENESS for weight in self._sum(BIAS)]

    def word(self, form: str) -> Seen:
        """Returns what a word adds, its pieces included."""
        if form not in self._words:
            _make_room(self._words)
            self._words[form] = self._spelled(form)
        return self._words[form]

    def pair(self, feature: str) -> Seen | None:
        """Returns what a pair of neighbours adds, if the model knows it."""
        if feature not in self._shared:
            return None
        if feature not in self._pairs:
            _make_room(self._pairs)
            self._pairs[feature] = self._look(feature, HALVES)
        return self._pairs[feature]

    def parts(self, words: Sequence[Word], title: int = 0) -> tuple[list[Part], ...]:
        """Returns what the words add, the pairs of neighbours, and once more the words that end in the title."""
        headed = [word for word in words if word.end <= title]
        return self._word_parts(words, 1.0), self._pair_parts(words), self._word_parts(headed, TITLE_SHARE)

    def margins(self, groups: Iterable[Sequence[Part]]) -> list[float]:
        """Returns the sum of all parts for each sector."""
        margins = list(self.bias)
        for parts in groups:
            if parts:
                scale = parts[0][2]
                sums = _columns(pulls for _, pulls, _ in parts)
                margins = [margin + scale * amount for margin, amount in zip(margins, sums, strict=True)]
        return margins

    def _word_parts(self, words: Iterable[Word], share: float) -> list[Part]:
        first: dict[str, Word] = {}
        for word in words:
            first.setdefault(word.form, word)
        return self._scaled([((word,), self.word(form)) for form, word in first.items()], share)

    def _pair_parts(self, words: Sequence[Word]) -> list[Part]:
        seen: dict[str, tuple[tuple[Word, ...], Seen]] = {}
        for feature, left, right in pairs(words):
            if feature not in seen and (added := self.pair(feature)):
                seen[feature] = ((left, right), added)
        return self._scaled(list(seen.values()), PAIR_SHARE)

    def _scaled(self, found: list[tuple[tuple[Word, ...], Seen]], share: float) -> list[Part]:
        """Gives each part the scale that brings the whole to the length `share`; parts share one scale."""
        length = sqrt(sum(seen.size for _, seen in found))
        return [(span, seen.pull, share / length / UNIT) for span, seen in found if seen.size]

    def _spelled(self, form: str) -> Seen:
        seen = [self._piece(part) for part in pieces(form) if part in self._shared]
        if form in self._shared:
            seen.append(self._look(form, HALVES))
        if not seen:
            return self._nothing
        return Seen(sum(each.size for each in seen), array("i", _columns(each.pull for each in seen)))

    def _piece(self, feature: str) -> Seen:
        if feature not in self._pieces:
            _make_room(self._pieces)
            self._pieces[feature] = self._look(feature, int(HALVES * PIECE_SHARE))
        return self._pieces[feature]

    def _look(self, feature: str, share: int) -> Seen:
        amount = share * self._shared.rarity(feature)
        return Seen(amount * amount, array("i", self._sum(feature, amount)))

    def _sum(self, feature: str, amount: int = 1) -> list[int]:
        total = [0] * self._sectors
        for layer in self._layers:
            for sector, weight in layer.row(feature):
                total[sector] += weight * amount
        return total


def _columns(rows: Iterable[Sequence[int]]) -> Iterator[int]:
    return map(sum, zip(*rows, strict=True))


def _make_room(remembered: dict[str, Seen]) -> None:
    if len(remembered) >= REMEMBERED:
        remembered.clear()
