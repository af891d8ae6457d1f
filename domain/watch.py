"""Whoever watches the program at work is told here what happened: numbers and codes, never people or words."""

from __future__ import annotations

from datetime import timedelta

from domain.messages import Notice


class Watch:
    """Watches nothing. The running program has one that counts; nothing may depend on what it does."""

    def beat(self, part: str) -> None:
        """A part of the program (its code) is alive: it has just looked for work."""

    def worked(self, outcome: str, took: timedelta) -> None:
        """An update was worked, or not; `took` is the time since it was stored."""

    def delivered(self, kind: Notice, outcome: str, late: timedelta) -> None:
        """An attempt to send has ended; `late` is the time since the message was due."""

    def routed(self, score: float, *, confident: bool) -> None:
        """An office was proposed; `score` of the first candidate lies between 0 and 1."""

    def ran(self, job: str, did: int) -> None:
        """A job was run and did so much."""
