"""`lapor route`: suggests agencies for JSON lines, without settings and without a database."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from bot.mend import Mend

if TYPE_CHECKING:
    from routing.directory import Directory, Government, Unit

BAD_LINES = 1
"""Exit status when at least one line could not be answered."""

INTERRUPTED = 130


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("route")(route)


def route(
    directory: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A directory file; may be given several times.")
    ] = None,
) -> None:
    """Suggest agencies for complaints: JSON lines in, JSON lines out; exit status 1 if any line was bad.

    A line is {"id": 1, "text": "...", "title": "...", "place": {"province": "...", "regency": "...", "district": "...",
    "village": "...", "lat": -6.1, "lng": 106.1}}; all but "text" may be left out.
    """
    try:
        bad, lines = _route(sys.stdin.buffer, sys.stdout.buffer, directory or [])
    except BrokenPipeError:
        # Whoever read has had enough; nothing may be flushed into the closed pipe at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    if bad:
        typer.echo(f"lapor: {bad} of {lines} lines could not be answered; each says why", err=True)
        raise typer.Exit(BAD_LINES)


def _route(given: BinaryIO, out: BinaryIO, files: list[Path]) -> tuple[int, int]:
    """Answers every line; returns how many were bad, and how many there were."""
    from routing.json_lines import answer_lines
    from routing.matcher import AgencyMatcher

    matcher = AgencyMatcher.load(_directory(files))
    bad = lines = 0
    with _progress(given) as go_on:
        for answered in answer_lines(given, matcher):
            out.write(answered.line)
            out.flush()
            bad, lines = bad + answered.bad, lines + 1
            go_on(answered.size + 1)
    return bad, lines


def _directory(files: list[Path]) -> Directory:
    """The packaged directory with the governments of the files, each as the last file that names it says."""
    from routing.directory import Directory
    from routing.directory_file import read_directory
    from routing.directory_source import DirectoryError

    governments: dict[str, Government] = {}
    units: dict[str, Unit] = {}
    for file in files:
        try:
            found = read_directory(file)
        except OSError as error:
            raise Mend(f"{file} cannot be read: {error.strerror or type(error).__name__}") from None
        except DirectoryError as error:
            raise Mend(f"{file}: {error}") from None
        governments |= {each.code: each for each in found.governments}
        named = {each.code for each in found.governments}
        units = {code: unit for code, unit in units.items() if unit.government not in named}
        units |= {unit.code: unit for unit in found.units}
    return Directory.from_parts(governments.values(), units.values())


@contextmanager
def _progress(given: BinaryIO) -> Iterator[Callable[[int], None]]:
    """Shows a bar on a terminal, unless the answers are written there; it wants to be told the bytes of each line."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda _size: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    lines = TextColumn("{task.fields[lines]} complaints")
    with Progress(lines, BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=_size(given), lines=0)

        def go_on(size: int) -> None:
            bar.update(task, advance=size, lines=bar.tasks[task].fields["lines"] + 1)

        yield go_on


def _size(given: BinaryIO) -> int | None:
    """The bytes of a file; nothing for a pipe, whose end nobody knows."""
    about = os.fstat(given.fileno())
    return about.st_size if stat.S_ISREG(about.st_mode) else None
