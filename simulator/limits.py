"""How many messages a bot may send, counted in real seconds."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.refusals import flood


@dataclass(frozen=True)
class Limits:
    """Messages a second over all chats and in one chat, how many a chat takes at once, and a minute in one group.

    None means no limit.
    """

    overall_per_second: float | None = 30
    chat_per_second: float | None = 1
    chat_burst: int = 20
    group_per_minute: float | None = 20

    @classmethod
    def off(cls) -> "Limits":
        """Returns limits that nobody meets."""
        return cls(overall_per_second=None, chat_per_second=None, group_per_minute=None)


@dataclass
class _Bucket:
    """Tokens that come back with time; a message takes one."""

    rate: float
    size: float
    at: float
    tokens: float

    def wait(self, now: float) -> float:
        """Returns the seconds until a token is there, 0 if one is."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return 0 if self.tokens >= 1 else (1 - self.tokens) / self.rate

    def take(self) -> None:
        self.tokens -= 1


@dataclass
class FloodGate:
    """Lets messages through, or says when to come again."""

    limits: Limits = field(default_factory=Limits)
    timer: Callable[[], float] = time.monotonic
    passed: int = 0
    _buckets: dict[int | None, _Bucket] = field(default_factory=dict)

    def set(self, limits: Limits) -> None:
        """Changes the limits; what was sent so far is forgotten."""
        self.limits = limits
        self._buckets.clear()

    def pass_message(self, chat_id: int | None) -> None:
        """Counts one message to a chat; raises `Refusal` 429 if it is one too many."""
        buckets = [bucket for bucket in (self._overall(), self._chat(chat_id)) if bucket]
        now = self.timer()
        wait = max((bucket.wait(now) for bucket in buckets), default=0)
        if wait > 0:
            raise flood(math.ceil(wait))
        self.passed += 1
        for bucket in buckets:
            bucket.take()

    def _overall(self) -> _Bucket | None:
        rate = self.limits.overall_per_second
        return self._bucket(None, rate, rate) if rate else None

    def _chat(self, chat_id: int | None) -> _Bucket | None:
        if chat_id is not None and chat_id < 0:
            minute = self.limits.group_per_minute
            return self._bucket(chat_id, minute / 60, minute) if minute else None
        rate = self.limits.chat_per_second
        return self._bucket(chat_id, rate, self.limits.chat_burst) if rate and chat_id else None

    def _bucket(self, key: int | None, rate: float, size: float) -> _Bucket:
        return self._buckets.setdefault(key, _Bucket(rate, size, self.timer(), size))
