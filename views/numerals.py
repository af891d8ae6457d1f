"""Numbers as a language writes them."""

from __future__ import annotations

from locales.translator import Words


def number(words: Words, value: int) -> str:
    """A whole number with its thousands apart: "4.000" in Indonesian, "4,000" in English."""
    return f"{value:,}".replace(",", words("number.thousands"))
