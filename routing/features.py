"""What the sector model sees in a text: words, pairs of neighbours, and the pieces a misspelt word still has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from routing.words import Word

PIECE = "~"
PIECE_LENGTHS = (3, 4)
PIECE_SHARE = 0.5
PAIR_SHARE = 0.7
TITLE_SHARE = 0.7
"""What the words of a title weigh once more, beside the whole text: a title says what it is about."""


@lru_cache(maxsize=20_000)
def pieces(form: str) -> tuple[str, ...]:
    """Returns the character pieces of a word, marked, with a space where the word begins and ends."""
    if len(form) < PIECE_LENGTHS[0]:
        return ()
    padded = f" {form} "
    return tuple(
        PIECE + padded[start : start + length] for length in PIECE_LENGTHS for start in range(len(padded) - length + 1)
    )


def pairs(words: Sequence[Word]) -> Iterator[tuple[str, Word, Word]]:
    """Yields each pair of neighbouring words with its feature."""
    for left, right in pairwise(words):
        yield f"{left.form} {right.form}", left, right
