"""Words cut to what their reader may see: what names people is covered, what is rude is softened."""

from __future__ import annotations

from domain.masking import mask
from routing.rudeness import softened

SUMMARY_LENGTH = 70
"""Characters of a complaint's text in a list."""

COVER = "[***]"
"""What stands where a number or an address named somebody; the same in every language."""


def masked(text: str) -> str:
    """The text without the numbers and addresses that name people, its rude words softened."""
    return softened(mask(text, lambda _kind: COVER).text)


def covered(text: str | None) -> str | None:
    """The same of words that may be missing."""
    return masked(text) if text else text


def summary(text: str) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SUMMARY_LENGTH else line[: SUMMARY_LENGTH - 1].rstrip() + "…"
