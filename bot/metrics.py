"""Counts what the program does, for Prometheus; labels are kinds and codes, never ids of people or their words."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from domain.messages import Notice, OutboxState
from domain.watch import Watch
from storage.queries.pulse import BACKUP, NOTHING, UNFINISHED, Depth, Pulse

ANSWERS_S = (0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
LATE_S = (0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86_400)
TENTHS = tuple(round(part / 10, 1) for part in range(1, 10))

SILENT_S = 120
"""Seconds without a look for work after which a part of the program counts as stuck."""


class Metrics(Watch):
    """The figures of one process. What lies in the database is the same in every process: take one, do not add."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        """Begins at zero; `ticks` are seconds that never go back."""
        self._ticks = ticks
        self._beats: dict[str, float] = {}
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        own = self.registry
        self._worked = Counter("lapor_updates", "Updates worked in this process, by outcome", ["outcome"], registry=own)
        self._answer = Histogram(
            "lapor_answer_seconds", "From an update's arrival to the end of its answer", buckets=ANSWERS_S, registry=own
        )
        self._delivered = Counter(
            "lapor_deliveries", "Attempts to send in this process", ["kind", "outcome"], registry=own
        )
        self._late = Histogram(
            "lapor_delivery_late_seconds", "From due to sent, by kind", ["kind"], buckets=LATE_S, registry=own
        )
        self._routed = Counter("lapor_routed", "Offices proposed, by confidence", ["confident"], registry=own)
        self._score = Histogram(
            "lapor_routing_score", "Score of the first candidate, 0 to 1", buckets=TENTHS, registry=own
        )
        self._jobs = Counter("lapor_job_did", "What jobs of this process have done", ["job"], registry=own)
        self._inbox = Gauge("lapor_inbox_waiting", "Updates that wait to be worked", registry=own)
        self._inbox_age = Gauge("lapor_inbox_oldest_seconds", "Age of the oldest update that waits", registry=own)
        self._aside = Gauge("lapor_inbox_set_aside", "Updates that were set aside", registry=own)
        self._outbox = Gauge("lapor_outbox", "Owed messages that are not sent, by state", ["state"], registry=own)
        self._due = Gauge("lapor_outbox_due", "Messages that should have left by now, by kind", ["kind"], registry=own)
        self._due_age = Gauge(
            "lapor_outbox_oldest_due_seconds", "Since when the oldest of them is due", ["kind"], registry=own
        )
        self._files = Gauge("lapor_files_waiting", "Files that are to be fetched from Telegram", registry=own)
        self._files_age = Gauge("lapor_files_oldest_seconds", "Age of the oldest of them", registry=own)
        self._ran = Gauge("lapor_job_age_seconds", "Since the last run of a job", ["job"], registry=own)
        self._backup = Gauge("lapor_backup_age_seconds", "Since the last backup; -1: never", registry=own)
        self._held = Gauge("lapor_right_held", "1 while some process holds the right", ["right"], registry=own)
        self._up = Gauge("lapor_database_up", "1 when the database answered this scrape", registry=own)
        for confident in ("yes", "no"):
            self._routed.labels(confident)
        for outcome in ("worked", "failed", "set_aside"):
            self._worked.labels(outcome)

    def beat(self, part: str) -> None:
        """Remembers when a part was last alive."""
        self._beats[part] = self._ticks()

    def worked(self, outcome: str, took: timedelta) -> None:
        """Counts an update; answers only are measured."""
        self._worked.labels(outcome).inc()
        if outcome == "worked":
            self._answer.observe(took.total_seconds())

    def delivered(self, kind: Notice, outcome: str, late: timedelta) -> None:
        """Counts an attempt; lateness is measured of what was sent."""
        self._delivered.labels(kind.value, outcome).inc()
        if outcome == "sent":
            self._late.labels(kind.value).observe(max(0.0, late.total_seconds()))

    def routed(self, score: float, *, confident: bool) -> None:
        """Counts a proposal."""
        self._routed.labels("yes" if confident else "no").inc()
        self._score.observe(score)

    def ran(self, job: str, did: int) -> None:
        """Counts what a job did."""
        self._jobs.labels(job).inc(did)

    def stuck(self) -> Mapping[str, int]:
        """The parts that have not looked for work for too long, with the seconds since."""
        now = self._ticks()
        return {part: int(now - last) for part, last in self._beats.items() if now - last > SILENT_S}

    def page(self, pulse: Pulse | None) -> bytes:
        """What a scrape reads; without a pulse the figures of the database stay as they were and say so."""
        self._up.set(pulse is not None)
        if pulse is not None:
            self._take(pulse)
        return generate_latest(self.registry)

    def _take(self, pulse: Pulse) -> None:
        self._inbox.set(pulse.inbox.count)
        self._inbox_age.set(_age(pulse, pulse.inbox))
        self._aside.set(pulse.set_aside.count)
        for state in UNFINISHED:
            self._outbox.labels(state.value).set(pulse.outbox.get(OutboxState(state), 0))
        for kind in Notice:
            depth = pulse.due.get(kind, NOTHING)
            self._due.labels(kind.value).set(depth.count)
            self._due_age.labels(kind.value).set(_age(pulse, depth))
        self._files.set(pulse.files.count)
        self._files_age.set(_age(pulse, pulse.files))
        for job, at in pulse.ran.items():
            self._ran.labels(job).set((pulse.at - at).total_seconds())
        last = pulse.ran.get(BACKUP)
        self._backup.set((pulse.at - last).total_seconds() if last else -1)
        for right in ("delivery", "timetable"):
            self._held.labels(right).set(right in pulse.held)


def _age(pulse: Pulse, depth: Depth) -> float:
    return max(0.0, (pulse.at - depth.oldest).total_seconds()) if depth.oldest else 0.0
