"""Keeps out of the model whatever could point to a person or an address: names, numbers, proper nouns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from routing.areas import Areas, read_lines
from routing.words import DATA, Word

SHOUTING = 0.3
CAPITALISED = 0.4


@cache
def person_names() -> frozenset[str]:
    """Returns common Indonesian given names."""
    return frozenset((DATA / "person_names.txt").read_text(encoding="utf-8").split())


def proper_nouns(texts: Iterable[tuple[str, tuple[Word, ...]]], allowed: frozenset[str]) -> frozenset[str]:
    """Returns the forms that people write with a capital inside a sentence, save the `allowed` ones.

    Names of persons, streets and villages stand capitalised in the middle of a sentence far more often than
    the words a complaint is made of; texts written wholly in capitals say nothing and are passed over.
    """
    seen: Counter[str] = Counter()
    capitalised: Counter[str] = Counter()
    for text, words in texts:
        if _shouts(text):
            continue
        for word in words:
            if not _opens_sentence(text, word):
                written = text[word.start : word.end]
                seen[word.form] += 1
                capitalised[word.form] += written[:1].isupper() and written[1:].islower()
    found = {form for form in seen if capitalised[form] / seen[form] > CAPITALISED}
    return frozenset((found | person_names()) - allowed)


def place_names(forms: Iterable[str], areas: Areas, allowed: frozenset[str]) -> frozenset[str]:
    """Returns the forms that are names of areas, save everyday words and the `allowed` ones."""
    everyday = frozenset(word for line in read_lines("areas_words.txt") for word in line.split())
    return frozenset(form for form in forms if areas.called(form)) - everyday - allowed


def nameless(words: Iterable[Word], private: frozenset[str]) -> tuple[str | None, ...]:
    """Returns the forms of `words` with None where one is private, a number, or a single letter."""
    return tuple(_or_none(word.form, private) for word in words)


def _or_none(form: str, private: frozenset[str]) -> str | None:
    return None if len(form) < 2 or not form.isalpha() or form in private else form


def _shouts(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character.isupper() for character in letters) > SHOUTING * len(letters)


def _opens_sentence(text: str, word: Word) -> bool:
    before = text[max(0, word.start - 5) : word.start].rstrip()
    return not before or before[-1] in ".!?:"
