"""Measures what routing costs: start-up, memory, and milliseconds per complaint, beside one named reference.

Run: python benchmarks/routing_speed.py [DIR]   (DIR or LAPOR_EVIDENCE, default ../shared/data; about a minute)
"""

from __future__ import annotations

import csv
import os
import resource
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SAMPLE = 1500


def main() -> int:
    """Prints start-up, memory, p50 and p99; returns 0, also where the evidence is absent."""
    before = memory()
    started = perf_counter()
    from routing.matcher import AgencyMatcher
    from routing.places import Place

    matcher = AgencyMatcher.load()
    print(f"start-up (imports and load) {perf_counter() - started:.2f} s, memory {memory() - before:.0f} MB")
    folder = evidence() / "routing" / "train"
    if not folder.is_dir():
        print(f"skipped: no evidence in {folder} (give its folder or set LAPOR_EVIDENCE)")
        return 0
    rows = sample(folder)
    places = [Place(regency=row["regency"] or None, district=row["district"] or None) for row in rows]
    print(f"complaints {len(rows)}, {sum(len(row['text']) for row in rows) / len(rows):.0f} characters on average")
    given = [
        lambda row=row, place=place: matcher.suggest(row["text"], place, row["title"])
        for row, place in zip(rows, places, strict=True)
    ]
    unread = [lambda row=row: matcher.suggest(row["text"], None, row["title"]) for row in rows]
    print_times("place given, first reading", given)
    print_times("place given, again", given)
    print_times("place read from the text", unread)
    print_times("reference: rapidfuzz WRatio on agency names", reference(rows))
    print(f"memory at the end {memory() - before:.0f} MB")
    return 0


def evidence() -> Path:
    """Returns the folder of the evidence."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    return Path(os.environ.get("LAPOR_EVIDENCE", Path(__file__).resolve().parents[2] / "shared" / "data"))


def sample(folder: Path) -> list[dict[str, str]]:
    """Returns evenly spaced rows of every source."""
    rows: list[dict[str, str]] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found = list(csv.DictReader(lines))
        rows += found[:: max(1, len(found) * 3 // SAMPLE)]
    return rows


def reference(rows: Sequence[dict[str, str]]) -> list[Callable[[], object]]:
    """Returns the naive way: every text against every agency name."""
    from rapidfuzz import fuzz, process

    from routing.directory import Directory

    directory = Directory.seed()
    names = [each.name for each in directory.jurisdiction.templates] + [unit.name for unit in directory.units.values()]
    return [lambda row=row: process.extract(row["text"], names, scorer=fuzz.WRatio, limit=3) for row in rows]


def print_times(name: str, calls: Sequence[Callable[[], object]]) -> None:
    """Prints the median and the 99th percentile of the calls."""
    times = []
    for call in calls:
        started = perf_counter()
        call()
        times.append(1000 * (perf_counter() - started))
    times.sort()
    p50, p99 = times[len(times) // 2], times[int(0.99 * len(times))]
    print(f"{name:46} p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   max {times[-1]:6.2f} ms")


def memory() -> float:
    """Returns the peak resident memory of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    raise SystemExit(main())
