"""What a figure needs beside it: percentiles, the load of the machine, the processor time and memory of processes."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def about() -> str:
    """One line on the machine: figures of two machines, or of two hours, are not comparable without it."""
    one, five, _ = os.getloadavg()
    return f"{os.cpu_count()} processors, Python {platform.python_version()}, load average {one:.1f} / {five:.1f}"


def at(samples: Sequence[float], share: float) -> float:
    """The sample below which this share of them lies."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def cpu_s(pid: int) -> float:
    """Seconds of processor time that a running process has used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def ended_children_s(pid: int) -> float:
    """Seconds of processor time of a process's children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / _TICKS


def running_children_s(pid: int) -> float:
    """Seconds of processor time of a process's children that run."""
    found = 0
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        try:
            found += int(Path(f"/proc/{child}/schedstat").read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found / 1e9


def resident_mb(pid: int) -> float:
    """Megabytes of memory that a running process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1_048_576
