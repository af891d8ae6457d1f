"""Turns the words that decided a suggestion back into the citizen's own writing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache

from routing.words import DATA, Word, normal, written

MOST = 3
WIDEST = 40


def own_words(text: str, spans: Iterable[Sequence[Word]], places: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Returns up to three pieces of `text` that decided, strongest first, none inside another, no name of a place."""
    hollow = _hollow() | places
    chosen: list[tuple[int, int, str]] = []
    for span in spans:
        if len(chosen) == MOST:
            break
        kept = _trimmed(span, hollow)
        if not kept:
            continue
        start, end, writing = kept[0].start, kept[-1].end, written(text, kept)
        repeated = any(writing.lower() in other.lower() for _, _, other in chosen)
        if not repeated and len(writing) <= WIDEST and _one_piece(writing):
            chosen = [each for each in chosen if each[2].lower() not in writing.lower()]
            chosen.append((start, end, writing))
    return tuple(writing for _, _, writing in chosen)


def _trimmed(span: Sequence[Word], hollow: frozenset[str]) -> Sequence[Word]:
    """Leaves out words at either end that say nothing by themselves."""
    kept = list(span)
    while kept and _says_nothing(kept[0], hollow):
        kept.pop(0)
    while kept and _says_nothing(kept[-1], hollow):
        kept.pop()
    return kept


def _says_nothing(word: Word, hollow: frozenset[str]) -> bool:
    return word.form in hollow or (len(word.form) < 2 and not word.form.isdigit())


def _one_piece(writing: str) -> bool:
    return not set(writing) & set(".,;:!?\n")


@cache
def _hollow() -> frozenset[str]:
    table = tomllib.loads((DATA / "hollow.toml").read_text(encoding="utf-8"))
    return frozenset(normal(word) for word in table["words"])
