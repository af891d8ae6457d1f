"""A government's second opinion: the kinds of complaint its people write, each handed to one sector."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from math import sqrt

from routing.weights import BIAS, BIAS_FINENESS, UNIT, Weights

SHARE = 0.5
"""What the second opinion weighs beside the first."""

NEVER = -1.0
"""What is said of a sector that no kind belongs to: the margin of a clear no."""

REMEMBERED = 8_000


class Kinds:
    """Reads single words only; the best kind of a sector speaks for it."""

    def __init__(self, shared: Weights, kinds: Weights) -> None:
        self._shared = shared
        self._kinds = kinds
        self._owners = kinds.owners()
        self._words: dict[str, array[int]] = {}
        self._bias = [weight / UNIT / BIAS_FINENESS for weight in self._row(BIAS)]

    def opinion(self, forms: Iterable[str], sectors: Iterable[str]) -> list[float]:
        """Returns the opinion on each sector."""
        known = [form for form in dict.fromkeys(forms) if form in self._shared]
        rarities = [self._shared.rarity(form) for form in known]
        length = sqrt(sum(rarity * rarity for rarity in rarities)) or 1.0
        sums = map(sum, zip(*(self._word(form) for form in known), strict=True)) if known else self._nothing()
        best: dict[str, float] = {}
        for owner, amount, bias in zip(self._owners, sums, self._bias, strict=True):
            best[owner] = max(best.get(owner, -float("inf")), amount / length / UNIT + bias)
        return [SHARE * best.get(sector, NEVER) for sector in sectors]

    def _word(self, form: str) -> array[int]:
        if form not in self._words:
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            rarity = self._shared.rarity(form)
            self._words[form] = array("l", [rarity * weight for weight in self._row(form)])
        return self._words[form]

    def _row(self, feature: str) -> list[int]:
        total = self._nothing()
        for kind, weight in self._kinds.row(feature):
            total[kind] = weight
        return total

    def _nothing(self) -> list[int]:
        return [0] * len(self._owners)
