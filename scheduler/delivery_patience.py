"""How patiently delivery works: its lengths of time, and the silence in which nothing leaves."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.delivery_outcome import Flooded, LockedOut, NoRoad

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """How patiently delivery works. All but `in_flight`, `for_urgent` and `attempts` are lengths of time.

    `in_flight` messages at once hold 25 a second as long as Telegram answers within a quarter of a second; digests
    leave `for_urgent` of these places free.
    """

    in_flight: int = 8
    for_urgent: int = 2
    poll: timedelta = timedelta(seconds=1)
    refill: timedelta = timedelta(milliseconds=200)
    """Claims are at least so far apart while most hands are full, so that each takes several messages."""
    lease: timedelta = timedelta(seconds=10)
    message_lease: timedelta = timedelta(seconds=30)
    second_try: timedelta = timedelta(seconds=10)
    locked_out: timedelta = timedelta(seconds=30)
    first_rest: timedelta = timedelta(seconds=1)
    longest_rest: timedelta = timedelta(minutes=5)
    attempts: int = 8
    for_files: timedelta = timedelta(minutes=1)
    """How long after it was owed a letter waits for files that are still being fetched."""

    @property
    def kept_free(self) -> int:
        """Places that digests never take; one is always theirs."""
        return min(self.for_urgent, self.in_flight - 1)

    def rest(self, failures: int) -> timedelta:
        """How long to rest after so many failures in a row: twice as long each time, up to the longest."""
        return min(self.longest_rest, self.first_rest * (1 << min(failures - 1, 20)))


class Silence:
    """While it lasts nothing leaves, whatever chat it is for: it would fare no better, or make things worse."""

    def __init__(self, pace: Pace) -> None:
        """Nothing keeps silence yet."""
        self._pace = pace
        self._span: tuple[datetime, datetime] | None = None
        self._failures = 0
        self._went_well_at: datetime | None = None
        self._locked_out = False
        self._flooded: dict[int, datetime] = {}

    def lasts(self, now: datetime) -> bool:
        """Whether nothing may leave; no longer so when a clock was set back to before it began."""
        return self._span is not None and self._span[0] <= now < self._span[1]

    def broken(self, now: datetime) -> None:
        """Something has arrived: the road is open."""
        self._failures, self._locked_out, self._went_well_at = 0, False, now

    def went_well_since(self, instant: datetime) -> bool:
        """Whether anything has arrived since an instant."""
        return self._went_well_at is not None and self._went_well_at > instant

    def concerns_all(self, person_id: int, pause: timedelta, now: datetime) -> bool:
        """Telegram does not say whether a chat or the bot was too fast: a second chat beside the first tells it."""
        self._flooded = {each: until for each, until in self._flooded.items() if until > now}
        others = self._flooded.keys() - {person_id}
        self._flooded[person_id] = now + pause
        return bool(others)

    def fall(self, outcome: Flooded | NoRoad | LockedOut, now: datetime) -> None:
        """Begins, or lasts longer; it is never shortened."""
        _, until = self._span if self._span and self.lasts(now) else (now, now)
        self._failures += until == now
        match outcome:
            case Flooded(pause):
                log.warning("Telegram asks for silence (429): %d s", pause.total_seconds())
            case NoRoad(why):
                pause = self._pace.rest(self._failures)
                log.warning("no road to Telegram, next try in %d s: %s", pause.total_seconds(), why)
            case LockedOut():
                pause = self._pace.locked_out
                self._say_locked_out()
        self._span = now, max(until, now + pause)

    def _say_locked_out(self) -> None:
        """Says it once, not every half minute."""
        if not self._locked_out:
            self._locked_out = True
            log.error(
                "Telegram knows no such bot (401 or 404): put the token that BotFather gave into TELEGRAM_TOKEN, "
                "check TELEGRAM_API_URL, and start again"
            )
