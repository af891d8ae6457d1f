"""Finds phrases among a citizen's words, one slip of the finger in a long word forgiven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from routing.words import Word, normal

FORGIVEN_FROM = 7
SLIPS = 1


class Phrases:
    """A list of phrases to look for; `friends` are true words that are no slips of a listed one."""

    def __init__(self, phrases: Iterable[str], friends: Iterable[str] = ()) -> None:
        self._phrases = {tuple(normal(phrase).split()) for phrase in phrases}
        self._friends = frozenset(friends)
        self._single = tuple(sorted(phrase[0] for phrase in self._phrases if len(phrase) == 1))
        self._lengths: dict[str, list[int]] = {}
        for phrase in sorted(self._phrases, key=len, reverse=True):
            self._lengths.setdefault(phrase[0], []).append(len(phrase))
        self._forgive = lru_cache(maxsize=20_000)(self._nearest)

    def find(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Yields first and past-the-last number of the words of each phrase found, longest first at a place."""
        forms = tuple(word.form for word in words)
        for start, form in enumerate(forms):
            length = self._length(forms, start)
            if length:
                yield start, start + length
            elif len(form) >= FORGIVEN_FROM and self._forgive(form):
                yield start, start + 1

    def _length(self, forms: tuple[str, ...], start: int) -> int:
        lengths = self._lengths.get(forms[start], ())
        return next((length for length in lengths if forms[start : start + length] in self._phrases), 0)

    def _nearest(self, form: str) -> bool:
        if form in self._friends:
            return False
        return any(
            listed[0] == form[0]
            and len(listed) >= FORGIVEN_FROM
            and OSA.distance(form, listed, score_cutoff=SLIPS) <= SLIPS
            for listed in self._single
        )
