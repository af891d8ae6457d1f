"""Measures what routing costs: start-up, memory, and processor time per complaint, beside one named reference.

Run: python benchmarks/routing_speed.py [DIR]   (DIR or LAPOR_EVIDENCE, default ../shared/data; about a minute)

Times are those of the processor, on one core, so that other work on the machine does not count.
"""

from __future__ import annotations

import csv
import os
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SAMPLE = 1500


def main() -> int:
    """Prints start-up, memory, p50 and p99; returns 0, also where the evidence is absent."""
    before = memory()
    started = process_time()
    from routing.matcher import AgencyMatcher
    from routing.places import Place

    matcher = AgencyMatcher.load()
    print(f"start-up (imports and load) {process_time() - started:.2f} s, memory {memory() - before:.0f} MB")
    folder = evidence() / "routing" / "train"
    if not folder.is_dir():
        print(f"skipped: no evidence in {folder} (give its folder or set LAPOR_EVIDENCE)")
        return 0
    rows = sample(folder)
    places = [Place(regency=row["regency"] or None, district=row["district"] or None) for row in rows]
    print(f"complaints {len(rows)}, {sum(len(row['text']) for row in rows) / len(rows):.0f} characters on average")
    given = [
        partial(matcher.suggest, row["text"], place, row["title"]) for row, place in zip(rows, places, strict=True)
    ]
    unread = [partial(matcher.suggest, row["text"], None, row["title"]) for row in rows]
    measured = {
        "reference: rapidfuzz WRatio on agency names": times(reference(rows)),
        "place given, first reading": times(given),
        "place given, again": times(given),
        "place read from the text": times(unread),
    }
    print_times(measured)
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
    return [partial(process.extract, row["text"], names, scorer=fuzz.WRatio, limit=3) for row in rows]


def times(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Returns the milliseconds of processor time of each call, shortest first."""
    spent = []
    for call in calls:
        started = process_time()
        call()
        spent.append(1000 * (process_time() - started))
    return sorted(spent)


def print_times(measured: Mapping[str, Sequence[float]]) -> None:
    """Prints the median and the 99th percentile of each row, and both as a share of the first row, the reference."""
    reference_row = next(iter(measured.values()))
    for name, spent in measured.items():
        p50, p99 = _at(spent, 0.5), _at(spent, 0.99)
        beside = f"{p50 / _at(reference_row, 0.5):5.2f} / {p99 / _at(reference_row, 0.99):5.2f} of the reference"
        print(f"{name:46} p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   max {spent[-1]:6.2f} ms   {beside}")


def _at(spent: Sequence[float], share: float) -> float:
    return spent[int(share * len(spent))]


def memory() -> float:
    """Returns the peak resident memory of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    raise SystemExit(main())
