"""A bar on the terminal for what takes long; elsewhere nothing is drawn."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(total: int | None) -> Iterator[Callable[[int], None]]:
    """Shows a bar on stderr where that is a terminal; it wants to be told how much was done since the last time.

    Without a `total` nobody knows the end.
    """
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda count: bar.update(task, advance=count)
