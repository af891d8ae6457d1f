"""A finding of the doctor: what was looked at, how it stands, and the mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LISTED = 5
"""Names in one line; the rest is counted."""


class State(StrEnum):
    """How something stands. Only red makes the doctor's exit status 1."""

    GOOD = "ok"
    WARNING = "warn"
    RED = "RED"


COLOURS = {State.GOOD: "green", State.WARNING: "yellow", State.RED: "red"}


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it stands, and the mend; whatever is well needs none."""

    subject: str
    state: State
    says: str
    mend: str = ""

    def __str__(self) -> str:
        """One line."""
        return f"{self.state:5} {self.subject}: {self.says}" + (f". MEND: {self.mend}" if self.mend else "")

    def fields(self) -> dict[str, str]:
        """The same for machines."""
        colour = COLOURS[self.state]
        return {"subject": self.subject, "state": colour, "says": self.says, "mend": self.mend}


def good(subject: str, says: str) -> Finding:
    """All is well."""
    return Finding(subject, State.GOOD, says)


def warning(subject: str, says: str, mend: str) -> Finding:
    """It works, but somebody should look."""
    return Finding(subject, State.WARNING, says, mend)


def red(subject: str, says: str, mend: str) -> Finding:
    """It does not work, or people wait in vain."""
    return Finding(subject, State.RED, says, mend)


def of_mend(subject: str, said: str) -> Finding:
    """Red, from a line that says what is wrong and, behind a colon, the mend."""
    wrong, _, mend = said.partition(": ")
    return red(subject, wrong, mend or "see docs/operations")


def some(names: tuple[str, ...] | list[str]) -> str:
    """The first names; the rest is counted."""
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")
