"""Finds rude words, hatred and threats: rude words are covered for officers, all three are flagged, none is refused."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from domain.spans import outermost
from routing.words import DATA

NEAR = 3
"""Words between a group and what is said against it, or between somebody and what they threaten."""

_ALIKE = str.maketrans({"4": "a", "@": "a", "1": "i", "!": "i", "3": "e", "0": "o", "5": "s", "$": "s", "7": "t"})
_TOKEN = re.compile(r"\w(?:[\w@$!*]*[\w$*])?")
_SPACED = re.compile(r"(?<!\w)\w(?:[ ._\-*]\w){4,}(?!\w)")
_DOUBLED = re.compile(r"(.)\1+")
_ENDINGS = ("nya", "lah", "mu", "ku", "kah", "loe", "lu")
_NOT = frozenset(
    {"tidak", "tak", "jangan", "bukan", "ga", "gak", "nggak", "enggak", "takut", "diancam", "mengancam", "ancam"}
)


class Flag(StrEnum):
    """What a coordinator should know of a text."""

    ABUSE = "abuse"
    HATRED = "hatred"
    THREAT = "threat"


@dataclass(frozen=True)
class _Token:
    form: str
    start: int
    end: int


def softened(text: str) -> str:
    """The text with every rude word cut to its first letter and stars; all else stays letter by letter."""
    for start, stop in reversed(_rude_spans(text)):
        text = text[: start + 1] + "*" * (stop - start - 1) + text[stop:]
    return text


def flags(text: str) -> tuple[Flag, ...]:
    """What there is to know of a text, the gravest last."""
    tokens = _tokens(text)
    forms = [token.form for token in tokens]
    found = {
        Flag.ABUSE: bool(_rude_spans(text)),
        Flag.HATRED: _hates(forms),
        Flag.THREAT: _threatens(forms),
    }
    return tuple(flag for flag, there in found.items() if there)


def _rude_spans(text: str) -> list[tuple[int, int]]:
    tokens = _tokens(text)
    spans = {(token.start, token.end) for place, token in enumerate(tokens) if _is_rude(tokens, place)}
    spans |= {match.span() for match in _SPACED.finditer(text) if _always(_form(re.sub(r"\W|_", "", match[0])))}
    return outermost(spans)


def _is_rude(tokens: Sequence[_Token], place: int) -> bool:
    form = tokens[place].form
    if _always(form):
        return True
    if form not in _words("maybe"):
        return False
    before = tokens[place - 1].form if place else ""
    after = tokens[place + 1].form if place + 1 < len(tokens) else ""
    return before in _words("before") or after in _words("after")


def _always(form: str) -> bool:
    """Whether a form is a rude stem, with an ending or with stars for some of its letters."""
    stems = _words("abuse")
    if "*" in form:
        pattern = re.compile(form.replace("*", r"\w{1,3}"))
        return len(form.replace("*", "")) >= 3 and any(pattern.fullmatch(stem) for stem in stems)
    bare = (form.removesuffix(ending) for ending in ("", *_ENDINGS))
    return any(stem in stems for stem in bare if stem)


def _hates(forms: Sequence[str]) -> bool:
    said = f" {' '.join(forms)} "
    if any(f" {slur} " in said for slur in _words("slurs")):
        return True
    return any(
        form in _words("groups") and _words("against") & set(forms[max(0, place - NEAR) : place])
        for place, form in enumerate(forms)
    )


def _threatens(forms: Sequence[str]) -> bool:
    said = f" {' '.join(forms)} "
    if any(f" {warning} " in said for warning in _words("warnings")):
        return True
    for place, form in enumerate(forms):
        before = set(forms[max(0, place - NEAR) : place])
        if form in _words("threats") and before & _words("doers") and not before & _NOT:
            return True
    return False


def _tokens(text: str) -> list[_Token]:
    return [_Token(_form(match[0]), *match.span()) for match in _TOKEN.finditer(text)]


def _form(word: str) -> str:
    """A word as stems are compared: small, without accents and doubled letters, look-alikes as what they stand for."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(sign))
    # A number stays a number.
    return plain if plain.isdigit() else _DOUBLED.sub(r"\1", plain.translate(_ALIKE))


@cache
def _words(name: str) -> frozenset[str]:
    table = tomllib.loads((DATA / "rudeness.toml").read_text(encoding="utf-8"))
    return frozenset(" ".join(_forms(each)) for each in table[name])


def _forms(words: str) -> Iterator[str]:
    return (_form(word) for word in words.split())
