"""Judges a reply before it leaves: the rules of the domain, with texts compared by rapidfuzz."""

from __future__ import annotations

from collections.abc import Sequence

from domain.reply_gate import Finding, examine
from domain.reply_words import sentences
from routing.likeness import copied, hollow


def judge(text: str, earlier: Sequence[str] = ()) -> tuple[Finding, ...]:
    """What a reply should mend; `earlier` are replies that its writer has sent for other complaints."""
    return examine(text, hollow(sentences(text)), copied(text, earlier))
