"""What a person may decide about their own data: extras that need consent, and how long each thing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class Extra(StrEnum):
    """What is done beyond the public service itself, and only for whoever has agreed."""

    SURVEY = "survey"


class RevealState(StrEnum):
    """How an asking to open an identity stands. `WAITING`: for the second person."""

    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"
    SHOWN = "shown"


CONSENT_VERSION = "1"
"""The wording of the question; another wording is another consent."""

CONFIRM_WITHIN = timedelta(minutes=30)
"""How long the word that confirms an erasure is waited for."""


class RetentionInvalid(ValueError):
    """A period is missing or no number of days; the message names it and says the mend."""


@dataclass(frozen=True)
class Retention:
    """How many days each thing is kept; a legal hold keeps what belongs to a complaint for longer."""

    identity_after_closing: int
    discarded_drafts: int
    resting_drafts: int
    worked_updates: int
    dead_letters: int
    messages: int

    def before(self, name: str, now: datetime) -> datetime:
        """The instant before which things of this sort are no longer kept."""
        return now - timedelta(days=getattr(self, name))


def parse_retention(data: Mapping[str, Any]) -> Retention:
    """Reads the periods from parsed TOML; raises `RetentionInvalid`."""
    days = data.get("days", {})
    names = [field.name for field in fields(Retention)]
    if unknown := set(days) - set(names):
        raise RetentionInvalid(f"{sorted(unknown)[0]} is no period; use {', '.join(names)}")
    for name in names:
        value = days.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise RetentionInvalid(f"{name} = {value!r} is no number of days; use 1 or more")
    return Retention(**days)
