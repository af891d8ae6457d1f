"""Reads a citizen's words: everyday spellings become known ones, and each keeps its place in the text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
LONGEST = 6000
TITLE_END = " . "
# Bounded and without an @ on either side: "a@a@a@" would keep a looser pattern busy for minutes.
_MASK = re.compile(r"\[[A-Z]{2,8}\]|https?://\S+|[^\s@]{1,64}@[^\s@.]{1,63}\.\S+")
_TOKEN = re.compile(r"[^\W\d_]+(?:2(?!\d))?|\d+")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_TWICE = re.compile(r"^(\w{3,})2$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `form` as the model knows it, `start` and `end` where the citizen wrote it."""

    form: str
    start: int
    end: int


@cache
def slang() -> dict[str, str]:
    """Returns the common form of every everyday spelling."""
    table = tomllib.loads((DATA / "slang.toml").read_text(encoding="utf-8"))
    return {spelling: form for form, spellings in table.items() for spelling in spellings}


@lru_cache(maxsize=64)
def read(text: str) -> tuple[Word, ...]:
    """Returns the words of `text` in order; what lies beyond 6,000 characters is not read."""
    plain = _MASK.sub(lambda found: " " * len(found.group()), _unaccented(text[:LONGEST]))
    return tuple(word for found in _TOKEN.finditer(plain) for word in _words(found))


def normal(phrase: str) -> str:
    """Returns a phrase as `read` would see it, words joined by one space."""
    return " ".join(word.form for word in read(phrase))


def written(text: str, words: Iterable[Word]) -> str:
    """Returns the citizen's own writing from the first to the last of `words`."""
    span = tuple(words)
    return text[span[0].start : span[-1].end]


def _words(found: re.Match[str]) -> Iterator[Word]:
    for form in spelled(found.group()).split():
        yield Word(form, found.start(), found.end())


@lru_cache(maxsize=20_000)
def spelled(token: str) -> str:
    """Returns the common spelling of one written word; a doubled word ("gorong2") becomes two."""
    form = _STRETCHED.sub(r"\1", token.lower())
    table = slang()
    doubled = _TWICE.match(form)
    if form in table:
        return table[form]
    if doubled:
        once = table.get(doubled[1], doubled[1])
        return f"{once} {once}"
    return form


def _unaccented(text: str) -> str:
    """Folds styled letters and accents one character for one, so that positions stay true."""
    if text.isascii():
        return text
    return "".join(_plain(character) for character in text)


@lru_cache(maxsize=5_000)
def _plain(character: str) -> str:
    folded = unicodedata.normalize("NFKD", character)
    return folded[0] if folded and len(folded[0]) == 1 else character
