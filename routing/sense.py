"""Tells whether a text says enough, in our language and in earnest, to be sure of anything about it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache

from routing.words import DATA, Word, normal

FEWEST_WORDS = 3
LEAST_KNOWN = 0.5
LITTLE_MORE = 4


def earnest(words: Sequence[Word], known: int) -> bool:
    """Returns False for empty, tiny, foreign and abusive texts; `known` is how many distinct words the model knows."""
    forms = {word.form for word in words if word.form.isalpha()}
    if len(forms) < FEWEST_WORDS or known < LEAST_KNOWN * len(forms):
        return False
    always, maybe = _abuse()
    return not forms & always and not (forms & maybe and len(forms - maybe) < LITTLE_MORE)


@cache
def _abuse() -> tuple[frozenset[str], frozenset[str]]:
    table = tomllib.loads((DATA / "abuse.toml").read_text(encoding="utf-8"))
    return frozenset(map(normal, table["always"])), frozenset(map(normal, table["maybe"]))
