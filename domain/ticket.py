"""The number of a complaint: unguessable, fit to be read aloud, with a check character that catches a slip of typing.

Eight random characters of an alphabet without look-alikes (no 0, O, 1, I, L) and a check character, kept and shown as
"7KM-3QX-PW9". With the weights 9 down to 1 the sum of a number is 0 modulo 31. As 31 is prime and the weights differ,
no single wrong character and no two exchanged ones (neighbours or not) leave the sum at 0.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NewType

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 9
MOST_SUGGESTIONS = 3

Number = NewType("Number", str)
"""A number in its one form, as it is stored and shown: "7KM-3QX-PW9"."""

_WEIGHTS = range(LENGTH, 0, -1)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_CONFUSED = (
    *("8B", "5S", "2Z", "UV", "6G", "4A", "7T", "9G", "38", "39", "56"),
    *("MN", "VY", "DQ", "CG", "EF", "PR", "VW", "XK", "BD", "BP"),
)
_NMR = rf"NMR(?=[\W_](?:[\W_]*[^\W_]){{{LENGTH}}})"  # a number can itself begin with these letters
_PREFIX = re.compile(rf"^[\W_]*(?:(?:LAPOR(?:AN)?|NOMOR|TIKET|NO(?=[^A-Z0-9])|{_NMR})[\W_]*)*")
_CHUNK = f"[{ALPHABET}]{{3}}"
_IN_TEXT = re.compile(rf"(?<![A-Z0-9])({_CHUNK})([- ]?)({_CHUNK})\2({_CHUNK})(?![A-Z0-9])")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


@dataclass(frozen=True)
class SlipOfTyping:
    """A text that is no number, and what may have been meant.

    The suggestions pass the check; whether such a complaint exists was not asked.
    """

    suggestions: tuple[Number, ...] = ()


def new_number(randbelow: Callable[[int], int]) -> Number:
    """Draws a number; `randbelow(n)` gives an unguessable integer from 0 to n - 1, as `secrets.randbelow` does."""
    drawn = "".join(ALPHABET[randbelow(len(ALPHABET))] for _ in range(LENGTH - 1))
    return _shown(drawn + _check_character(drawn))


def parse(text: str) -> Number | SlipOfTyping:
    """Reads a number as people type it: any case, spaces, no hyphens, "#", "LAPOR" or "nomor" before it."""
    typed = re.sub(r"[\W_]", "", _PREFIX.sub("", _normal(text)))
    if len(typed) != LENGTH:
        return SlipOfTyping()
    if not _VALUES.keys() >= set(typed):
        return SlipOfTyping(tuple(_legible(typed)))
    if _sum(typed) == 0:
        return _shown(typed)
    return SlipOfTyping(tuple(_likely(typed))[:MOST_SUGGESTIONS])


def find_numbers(text: str) -> tuple[Number, ...]:
    """The numbers inside a free text, each once; without hyphens one needs a digit, or words would pass for it."""
    found = (
        match.group(1, 3, 4)
        for match in _IN_TEXT.finditer(_normal(text))
        if match[2] == "-" or re.search(r"\d", match[0])
    )
    return tuple(dict.fromkeys(_passing("".join(chunks) for chunks in found)))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper().translate(_DASHES)


def _shown(typed: str) -> Number:
    return Number(f"{typed[:3]}-{typed[3:6]}-{typed[6:]}")


def _sum(typed: str) -> int:
    return sum(weight * _VALUES[character] for weight, character in zip(_WEIGHTS, typed, strict=True)) % len(ALPHABET)


def _check_character(drawn: str) -> str:
    return next(character for character in ALPHABET if _sum(drawn + character) == 0)


def _legible(typed: str) -> Iterator[Number]:
    """With one character that never occurs, the check tells which one belongs there."""
    places = [place for place, character in enumerate(typed) if character not in _VALUES]
    if len(places) == 1:
        yield from _passing(_with(typed, places[0], character) for character in ALPHABET)


def _likely(typed: str) -> Iterator[Number]:
    """First two neighbours exchanged, then one character taken for one that looks or sounds alike."""
    yield from _passing(typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :] for i in range(LENGTH - 1))
    yield from _passing(
        _with(typed, place, other)
        for place, character in enumerate(typed)
        for pair in _CONFUSED
        if character in pair
        for other in pair.replace(character, "")
    )


def _with(typed: str, place: int, character: str) -> str:
    return typed[:place] + character + typed[place + 1 :]


def _passing(candidates: Iterator[str]) -> Iterator[Number]:
    return (_shown(candidate) for candidate in candidates if _sum(candidate) == 0)
