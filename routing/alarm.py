"""Hears words of danger and words that accuse an office, and lets a denial pass."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from routing.phrases import Phrases
from routing.words import DATA, Word, normal, read, written

REACH = 3
NEAR = 6
PAUSES = ",.!?;\n"


class Danger(StrEnum):
    """What kind of help is needed at once, the most urgent first."""

    SUICIDE = "suicide"
    FIRE = "fire"
    MEDICAL = "medical"
    VIOLENCE = "violence"
    ACCIDENT = "accident"
    DISASTER = "disaster"


PASSING = frozenset({Danger.FIRE, Danger.MEDICAL, Danger.ACCIDENT, Danger.DISASTER})
"""Dangers that end by themselves; who was beaten or wanted to die last week may need help today."""


@dataclass(frozen=True)
class _Dangers:
    kinds: dict[Danger, Phrases]
    calmed: frozenset[str]
    after: frozenset[str]
    past: Phrases
    present: frozenset[str]


@dataclass(frozen=True)
class _Accusations:
    phrases: Phrases
    demands: Phrases
    harm: Phrases
    takings: Phrases
    calmed: frozenset[str]
    bystanders: frozenset[str]
    officials: frozenset[str]
    offices: dict[str, frozenset[str]]


def danger(text: str) -> Danger | None:
    """Returns the kind of danger that `text` tells of, or None."""
    known, words = _dangers(), read(text)
    over = _is_over(words, known)
    kinds = ((kind, phrases) for kind, phrases in known.kinds.items() if not (over and kind in PASSING))
    return next((kind for kind, phrases in kinds if _alarms(text, words, phrases, known, kind)), None)


def accuses(text: str) -> tuple[str, ...]:
    """Returns the words, as written, with which `text` accuses an office or its people; empty if it does not."""
    known, words = _accusations(), read(text)
    found = [
        *(span for span in known.phrases.find(words) if not _calmed(text, words, span[0], known.calmed)),
        *(span for span in known.demands.find(words) if _demands(text, words, span, known)),
        *(span for span in known.harm.find(words) if _harms(text, words, span, known)),
        *(span for span in known.takings.find(words) if _harms(text, words, span, known)),
    ]
    return tuple(dict.fromkeys(written(text, words[start:end]) for start, end in sorted(found)))


def accused_sectors(text: str) -> frozenset[str]:
    """Returns the sectors of the officials and offices that `text` names; who is accused must not receive it."""
    forms = {word.form for word in read(text)}
    return frozenset(sector for sector, listed in _accusations().offices.items() if forms & listed)


def _alarms(text: str, words: Sequence[Word], phrases: Phrases, known: _Dangers, kind: Danger) -> bool:
    calmed = known.calmed
    if kind is Danger.SUICIDE:
        calmed = frozenset({"bukan"})
    if kind is Danger.VIOLENCE:
        # "korban kecelakaan" asks for money; "korban KDRT" asks for help.
        calmed = calmed - {"korban"}
    return any(
        not _calmed(text, words, start, calmed) and _form(words, end) not in known.after
        for start, end in phrases.find(words)
    )


def _is_over(words: Sequence[Word], known: _Dangers) -> bool:
    """Whether the words tell of what was, and nothing in them of what still is."""
    return any(known.past.find(words)) and not any(word.form in known.present for word in words)


def _demands(text: str, words: Sequence[Word], span: tuple[int, int], known: _Accusations) -> bool:
    if _near(words, span, known.bystanders) or _streetwise(text, words, known):
        return False
    return not _calmed(text, words, span[0], known.calmed)


def _streetwise(text: str, words: Sequence[Word], known: _Accusations) -> bool:
    """Tells whether a text that speaks of touts or beggars names no official and no office at all."""
    forms = {word.form for word in words}
    return bool(forms & known.bystanders) and not forms & known.officials and not accused_sectors(text)


def _harms(text: str, words: Sequence[Word], span: tuple[int, int], known: _Accusations) -> bool:
    if _near(words, span, known.bystanders):
        return False
    return _near(words, span, known.officials) and not _calmed(text, words, span[0], known.calmed)


def _calmed(text: str, words: Sequence[Word], start: int, calmed: frozenset[str]) -> bool:
    """Tells whether a denying word stands shortly before, with no end of a sentence between."""
    before = [word for word in words[max(0, start - REACH) : start] if word.form in calmed]
    return any(not set(text[word.end : words[start].start]) & set(PAUSES) for word in before)


def _near(words: Sequence[Word], span: tuple[int, int], forms: frozenset[str]) -> bool:
    around = words[max(0, span[0] - NEAR) : span[1] + NEAR]
    return any(word.form in forms for word in around)


def _form(words: Sequence[Word], number: int) -> str:
    return words[number].form if number < len(words) else ""


@cache
def _dangers() -> _Dangers:
    table = tomllib.loads((DATA / "danger.toml").read_text(encoding="utf-8"))
    kinds = {kind: Phrases(table[kind]["phrases"], table["friends"]) for kind in Danger}
    calmed, after, present = (_forms(table[name]) for name in ("calmed", "after", "present"))
    return _Dangers(kinds, calmed, after, Phrases(table["past"]), present)


@cache
def _accusations() -> _Accusations:
    table = tomllib.loads((DATA / "accusations.toml").read_text(encoding="utf-8"))
    return _Accusations(
        Phrases(table["phrases"], table["friends"]),
        Phrases(table["demands"]),
        Phrases(table["harm"], table["friends"]),
        Phrases(table["takings"]),
        _forms(table["calmed"]),
        _forms(table["bystanders"]),
        _forms(table["officials"]),
        {sector: _forms(listed) for sector, listed in table["offices"].items()},
    )


def _forms(listed: Sequence[str]) -> frozenset[str]:
    return frozenset(normal(each) for each in listed)
