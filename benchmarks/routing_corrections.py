"""Measures what decisions teach: suggestions in a place that the model never saw, before and after corrections.

Run: python benchmarks/routing_corrections.py [DIR]   (DIR or LAPOR_EVIDENCE, default ../shared/data; some minutes)
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from routing.calibrate import Trial, away_elsewhere, tried, tuned_on
from routing.corrections import Case, Sieve, fit
from routing.examples import examples, load_complaints
from routing.matcher import AgencyMatcher
from routing.overlay import Overlay, Target, features
from routing.topics import Topics

DECISIONS = (50, 100, 300, 700, 2000, 4800)
MOST_TRIED = 1500
CODES = {"Kota Surabaya": "35.78", "Kabupaten Bandung": "32.04"}


def main() -> int:
    """Prints a table and returns 0, or 0 with a word where the evidence is absent."""
    folder = evidence() / "routing" / "train"
    if not folder.is_dir():
        print(f"skipped: no evidence in {folder} (give its folder or set LAPOR_EVIDENCE)")
        return 0
    topics = Topics.load()
    complaints = load_complaints(folder, CODES)
    trials = list(tried(away_elsewhere(complaints, examples(complaints, topics), topics)))
    matcher = AgencyMatcher.load()
    print(
        "Decisions learned from, and top-1 / top-3 on other complaints of the same source, which the model never saw."
    )
    for source in sorted({trial.complaint.source for trial in trials}):
        report(source, [trial for trial in trials if trial.complaint.source == source], trials, matcher)
    return 0


def report(source: str, own: Sequence[Trial], trials: Sequence[Trial], matcher: AgencyMatcher) -> None:
    """Prints the rows of one source; half of it teaches, of the other half at most 1,500 are tried."""
    tuning = tuned_on(trials)
    sieve = Sieve(matcher, (trial.complaint.text for trial in own))
    cases = [
        Case(
            sieve.kept(trial.complaint.words),
            len(features(trial.complaint.words)),
            tuple(trial.ranking(tuning)),
            Target(trial.complaint.sector),
            person,
        )
        for person, trial in enumerate(own)
    ]
    order = list(range(len(own)))
    random.Random(0).shuffle(order)
    half = len(order) // 2
    asked = order[half:][:MOST_TRIED]
    print(f"\n{source}, tried on {len(asked)}")
    for count in (0, *(count for count in DECISIONS if count <= half)):
        began = perf_counter()
        weights = fit([cases[number] for number in order[:count]])
        took = perf_counter() - began
        overlay = Overlay(weights)
        ranked = [(own[number], overlay.over(own[number].complaint.words, cases[number].ranking)) for number in asked]
        first = sum(ranking[0][0].sector == trial.complaint.sector for trial, ranking in ranked) / len(asked)
        three = sum(trial.complaint.sector in {each.sector for each, _ in ranking[:3]} for trial, ranking in ranked)
        print(f"  {count:5}  {first:.3f} / {three / len(asked):.3f}   {len(weights):5} features, {took:.1f} s")


def evidence() -> Path:
    """Returns the folder of the evidence."""
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("LAPOR_EVIDENCE")
    return Path(given) if given else Path(__file__).resolve().parents[2] / "shared" / "data"


if __name__ == "__main__":
    sys.exit(main())
