"""Places in a text that lie within each other: of those only the outer one counts."""

from __future__ import annotations

from collections.abc import Iterable


def outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those spans that lie within no other, in the order of the text; in one walk, however many there are."""
    kept: list[tuple[int, int]] = []
    # Of two that begin together the longer comes first, so whatever ends no later than the last kept lies within it.
    for span in sorted(set(spans), key=lambda each: (each[0], -each[1])):
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return kept
