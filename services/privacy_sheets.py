"""Sheets about somebody's own data: what they decided, what an erasure would reach, and everything that is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.lifecycle import Action, Kind, Role, Status


@dataclass(frozen=True)
class ChoicesSheet:
    """What a person has decided about their data."""

    survey: bool
    restricted: bool


@dataclass(frozen=True)
class ErasureSheet:
    """What an erasure would reach. `held` are numbers that the law keeps; then nothing is erased."""

    complaints: int
    drafts: int
    held: tuple[str, ...]
    on_duty: bool

    @property
    def possible(self) -> bool:
        """Whether it can be done now."""
        return not self.held and not self.on_duty


@dataclass(frozen=True)
class HandledSheet:
    """One line of the processing log: when, in which role, of which office, what was done; no action: it was opened."""

    at: datetime
    role: Role
    office: str | None
    action: Action | None


@dataclass(frozen=True, eq=False)
class FiledSheet:
    """A complaint with everything that is kept of it."""

    number: str
    kind: Kind
    status: Status
    received_at: datetime
    text: str
    place: dict[str, Any] | None
    place_words: str | None
    occurred: str | None
    occurred_on: date | None
    anonymous: bool
    secret: bool
    name_shown: str | None
    files: tuple[dict[str, Any], ...]
    messages: tuple[dict[str, Any], ...]
    ratings: tuple[dict[str, Any], ...]
    handled: tuple[HandledSheet, ...]
    held: bool


@dataclass(frozen=True, eq=False)
class HeldDataSheet:
    """Everything that is held about a person, at one instant."""

    made_at: datetime
    account: dict[str, Any]
    notice: dict[str, Any]
    choices: ChoicesSheet
    consents: tuple[dict[str, Any], ...]
    drafts: tuple[dict[str, Any], ...]
    unsent_words: dict[str, Any] | None
    complaints: tuple[FiledSheet, ...]
    supported: tuple[str, ...]
    choices_shown: tuple[str, ...]
    letters: int
