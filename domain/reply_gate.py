"""The gate for replies: what only thanks, promises or asks for patience is held back until its writer has looked again.

The ministry asks that follow-ups are not empty phrases ("tidak normatif"). A reply must tell something that was done,
found or decided, or why not and what comes next, together with when, where, who or by what proof. The rules judge words
and not truth: whoever is held back wrongly sends it as it is, with a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.masking import Covered, details
from domain.reply_words import ANSWERS, DONE, PLACEHOLDER, PROMISE, SIGNS, SOFT, TIME, Sign, sentences

LEAST_SIGNS = 2
"""Something that was found, decided or begun, and at least one more thing that can be checked."""

QUOTED = 80
"""Characters of a quote."""


class Rule(StrEnum):
    """What may be missing. Its reason and its hint for people stand in the catalogues under this id."""

    EMPTY = "empty"
    PLACEHOLDER = "placeholder"
    PERSONAL_DATA = "personal_data"
    UNDATED = "undated"
    COPY = "copy"


@dataclass(frozen=True)
class Finding:
    """A rule that a reply breaks, with the words that break it if there are such."""

    rule: Rule
    quote: str | None = None


def examine(text: str, hollow: Collection[str] = (), copied: bool = False) -> tuple[Finding, ...]:
    """Everything that a reply should mend before it leaves; empty when it may go.

    `hollow` are those of its sentences that are known empty phrases, `copied` that its writer has sent nearly the same
    before: both need a comparison of texts that is not made here.
    """
    return tuple(_findings(text, hollow, copied))


def _findings(text: str, hollow: Collection[str], copied: bool) -> Iterator[Finding]:
    if (left := PLACEHOLDER.search(text)) is not None:
        yield Finding(Rule.PLACEHOLDER, left[0][:QUOTED])
    if named := personal(text):
        yield Finding(Rule.PERSONAL_DATA, named[:QUOTED])
    telling = [sentence for sentence in sentences(text) if sentence not in hollow]
    if not _tells(telling):
        yield Finding(Rule.EMPTY)
    elif (promise := _undated(telling)) is not None:
        yield Finding(Rule.UNDATED, promise[:QUOTED])
    if copied:
        yield Finding(Rule.COPY)


def personal(text: str) -> str | None:
    """The first detail that names a person; an office's own landline or e-mail is meant to be read."""
    return next((said for kind, said in details(text) if not _of_an_office(kind, said)), None)


def _of_an_office(kind: Covered, said: str) -> bool:
    if kind is Covered.EMAIL:
        return said.lower().endswith(".go.id")
    digits = "".join(each for each in said if each.isdigit())
    return kind is Covered.PHONE and digits.startswith(("02", "03", "04", "05", "06", "07", "09")) and len(digits) < 12


def _tells(telling: list[str]) -> bool:
    """Whether something is answered, and something of it can be checked."""
    text = ". ".join(telling)
    if DONE.search(text):
        return True
    found = [sign for sign, pattern in SIGNS.items() for _ in pattern.finditer(text)]
    counted = len(set(found)) + (found.count(Sign.MEASURE) > 1)
    return bool(ANSWERS & set(found)) and counted >= LEAST_SIGNS


def _undated(telling: list[str]) -> str | None:
    """A promise without a time, unless another promise beside it has one."""
    promises = [sentence for sentence in telling if PROMISE.search(SOFT.sub("", sentence))]
    if any(TIME.search(sentence) for sentence in promises):
        return None
    return promises[0] if promises else None
