"""How much one person may send: limits of each, never of all together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
MEGABYTE = 1_000_000

ANSWERED_FOR = timedelta(minutes=10)
"""How long a flood that was answered is not answered again."""


@dataclass(frozen=True)
class Limits:
    """What one person may send in a minute or in twenty-four hours; an album counts as its photos.

    `megabytes_per_day` are of files: the store is one for all, and one account must not fill it.
    """

    messages_per_minute: int = 60
    drafts_per_day: int = 30
    complaints_per_day: int = 15
    megabytes_per_day: int = 300


class Admission(StrEnum):
    """Whether an update is worked, answered with a request to slow down, or passed over in silence."""

    WORK = "work"
    ANSWER = "answer"
    PASS_OVER = "pass_over"


def admission(count: int, limit: int, until: datetime | None, answered_at: datetime | None, now: datetime) -> Admission:
    """Decides by how many came within a minute, and by the flood that was noticed last, if any."""
    if until is not None and now < until:
        return Admission.PASS_OVER
    if count <= limit:
        return Admission.WORK
    return Admission.PASS_OVER if answered_at and now < answered_at + ANSWERED_FOR else Admission.ANSWER
