"""How near two texts of an office are to each other: empty phrases, and the same reply over and over."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache

from rapidfuzz import fuzz, process

from routing.words import DATA

HOLLOW = 86.0
"""From this likeness (0 to 100) on a sentence is an empty phrase with other words around it."""

COPIED = 92.0
"""From this likeness on a reply is one that was sent before."""

COMPARED = 1_000
"""Characters of each text that are compared."""

_WORD = re.compile(r"[^\W_]+")
_TELLING = re.compile(r"\d|(?<=\s)[A-Z]")


def hollow(sentences: Iterable[str]) -> frozenset[str]:
    """Those of the sentences that are near an empty phrase."""
    return frozenset(sentence for sentence in sentences if _is_hollow(sentence))


def _is_hollow(sentence: str) -> bool:
    said = _plain(sentence)
    if not said:
        return True
    return process.extractOne(said, _phrases(), scorer=fuzz.token_sort_ratio, score_cutoff=HOLLOW) is not None


def copied(text: str, earlier: Sequence[str]) -> bool:
    """Whether a text repeats an earlier one and tells nothing new of its own: no other number, name or place."""
    said = _plain(text)
    near = (old for old in earlier if fuzz.token_sort_ratio(said, _plain(old)) >= COPIED)
    return any(_particulars(text) <= _particulars(old) for old in near)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text[:COMPARED].lower()))


def _particulars(text: str) -> set[str]:
    """The words with a digit or a capital inside a sentence: what a reply says of its own case."""
    return {
        word.strip(".,;:!?()") for word in text[:COMPARED].split()[1:] if any(c.isdigit() or c.isupper() for c in word)
    }


@cache
def _phrases() -> tuple[str, ...]:
    table = tomllib.loads((DATA / "empty_phrases.toml").read_text(encoding="utf-8"))
    return tuple(_plain(phrase) for phrase in table["phrases"])
