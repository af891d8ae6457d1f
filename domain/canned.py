"""Canned replies: words that a unit uses again, with gaps in braces that a complaint fills."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from domain.drafting import Purpose
from domain.refusals import NotUnderstood, Unfillable

TITLE_MAX = 60
"""Characters of a title: it is a button."""

TEXT_MAX = 3000
"""Characters of the words: with their gaps filled they still fit one reply."""

REPLIES_MAX = 40
"""Canned replies of one unit: more could not be told apart in a list."""

ASKED_FOR = timedelta(hours=1)
"""So long the next message of somebody is taken for the canned reply that they were asked for."""


FILLS = frozenset({Purpose.FOLLOW_UP, Purpose.DONE, Purpose.ASK_CITIZEN})
"""What they are offered for: what a unit writes to the citizen."""


class Gap(StrEnum):
    """What can be filled in; the value is how people write it between braces."""

    NUMBER = "nomor"
    PLACE = "lokasi"
    UNIT = "unit"
    GOVERNMENT = "instansi"
    DUE = "tenggat"
    RECEIVED = "tanggal lapor"
    TODAY = "hari ini"


_GAP = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


def read(message: str) -> tuple[str, str]:
    """The title (the first line) and the words below it; raises `NotUnderstood` or `Unfillable` with the mend."""
    title, _, rest = message.strip().partition("\n")
    title, text = " ".join(title.split()), rest.strip()
    if not title or not text:
        raise NotUnderstood("canned_lines")
    if len(title) > TITLE_MAX:
        raise NotUnderstood("canned_title")
    if len(text) > TEXT_MAX:
        raise NotUnderstood("canned_long")
    demand_known(text)
    return title, text


def demand_known(text: str) -> None:
    """Raises `Unfillable` for gaps that nothing can fill, and for braces that are no gap."""
    unknown = [name for name in _names(text) if name not in set(Gap)]
    if unknown or _BRACE.search(_GAP.sub("", text)):
        raise Unfillable("gap_unknown", tuple("{" + name + "}" for name in unknown) or ("{ }",))


def gaps(text: str) -> frozenset[Gap]:
    """What the words need to be told."""
    return frozenset(Gap(name) for name in _names(text))


def filled(text: str, values: Mapping[Gap, str | None]) -> str:
    """The words with every gap filled; raises `Unfillable` for those of which nothing is known."""
    missing = sorted(gap for gap in gaps(text) if not values.get(gap))
    if missing:
        raise Unfillable("gap_empty", tuple("{" + gap + "}" for gap in missing))
    return _GAP.sub(lambda found: values[Gap(_name(found[1]))] or "", text)


def _names(text: str) -> list[str]:
    return [_name(found) for found in _GAP.findall(text)]


def _name(written: str) -> str:
    return " ".join(written.lower().split())
