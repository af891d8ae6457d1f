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
        self._longest = max(map(len, self._phrases), default=0)
        self._forgive = lru_cache(maxsize=20_000)(self._nearest)

    def find(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Yields first and past-the-last number of the words of each phrase found, longest first at a place."""
        forms = [word.form for word in words]
        for start in range(len(forms)):
            for length in range(min(self._longest, len(forms) - start), 0, -1):
                if self._is_phrase(tuple(forms[start : start + length])):
                    yield start, start + length
                    break

    def _is_phrase(self, forms: tuple[str, ...]) -> bool:
        if forms in self._phrases:
            return True
        return len(forms) == 1 and len(forms[0]) >= FORGIVEN_FROM and self._forgive(forms[0])

    def _nearest(self, form: str) -> bool:
        if form in self._friends:
            return False
        return any(
            listed[0] == form[0]
            and len(listed) >= FORGIVEN_FROM
            and OSA.distance(form, listed, score_cutoff=SLIPS) <= SLIPS
            for listed in self._single
        )
