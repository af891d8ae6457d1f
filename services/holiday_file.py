"""Reads a file of free days, YAML or CSV: every problem with its line and its mend, or nothing is taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from domain.calendar import Holiday, HolidayKind

NEEDED = ("date", "name", "kind")
KEYS = (*NEEDED, "estimated")
KINDS = {
    "national": HolidayKind.NATIONAL,
    "libur nasional": HolidayKind.NATIONAL,
    "joint_leave": HolidayKind.JOINT_LEAVE,
    "cuti bersama": HolidayKind.JOINT_LEAVE,
}
TRUTH = {"": False, "true": True, "yes": True, "ya": True, "false": False, "no": False, "tidak": False}
NAME_MAX = 200


@dataclass(frozen=True)
class HolidayFile:
    """One version of the free days: the decree that it is from, its date, and the days."""

    source: str
    dated_on: date
    days: tuple[Holiday, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of which it names days."""
        return tuple(sorted({day.on.year for day in self.days}))


class HolidayFileWrong(ValueError):
    """The file has problems and nothing of it was taken; the message names each line and its mend."""

    def __init__(self, problems: Iterable[tuple[int, str]]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(f"line {line}: {what}" for line, what in self.problems))


@dataclass(frozen=True)
class _Row:
    line: int
    cells: Mapping[str, str]


def read_holidays(path: Path, source: str | None = None, dated_on: date | None = None) -> HolidayFile:
    """Reads a file (`.csv` is a table, anything else YAML); `source` and `dated_on` go before what it says itself.

    Raises `HolidayFileWrong`, and OSError for a file that cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise HolidayFileWrong([(1, "the file is no UTF-8 text; save it again as UTF-8")]) from error
    head, rows = ({}, _table(text)) if path.suffix.lower() == ".csv" else _document(text)
    source = source or head.get("source")
    dated = dated_on.isoformat() if dated_on else head.get("dated_on", "")
    problems: list[tuple[int, str]] = []
    if not source:
        problems.append((1, "it is not said which decree this is; add `source:` or give --source"))
    day_of_file = _date(dated)
    if day_of_file is None:
        problems.append((1, "it is not said of which day this is; add `dated_on: 2026-09-19` or give --dated"))
    days = tuple(_days(rows, problems))
    if problems or day_of_file is None or not source:
        raise HolidayFileWrong(problems)
    return HolidayFile(source[:NAME_MAX], day_of_file, tuple(sorted(days, key=lambda day: day.on)))


def _days(rows: Iterable[_Row], problems: list[tuple[int, str]]) -> Iterator[Holiday]:
    first: dict[date, int] = {}
    for row in rows:
        wrong = list(_wrong(row))
        problems += wrong
        on = _date(row.cells.get("date", ""))
        if on is not None and on in first:
            problems.append((row.line, f"{on} stands on line {first[on]} already; keep one of them"))
        elif on is not None and not wrong:
            first[on] = row.line
            kind, estimated = KINDS[row.cells["kind"].lower()], TRUTH[row.cells.get("estimated", "").lower()]
            yield Holiday(on, row.cells["name"], kind, estimated)
    if not first and not problems:
        problems.append((1, "no day is given; write at least one"))


def _wrong(row: _Row) -> Iterator[tuple[int, str]]:
    cells = row.cells
    for key in sorted(set(cells) - set(KEYS)):
        yield row.line, f"`{key}` is not known; use {', '.join(KEYS)}"
    if _date(cells.get("date", "")) is None:
        yield row.line, f"date = {cells.get('date', '')!r} is no date; write it as 2026-08-17"
    if not 0 < len(cells.get("name", "")) <= NAME_MAX:
        yield row.line, f"the day has no name of 1 to {NAME_MAX} characters; write it under `name`"
    if cells.get("kind", "").lower() not in KINDS:
        yield row.line, f"kind = {cells.get('kind', '')!r} is none; write national or joint_leave"
    if cells.get("estimated", "").lower() not in TRUTH:
        yield row.line, f"estimated = {cells['estimated']!r} is neither true nor false; write true, false or nothing"


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _table(text: str) -> list[_Row]:
    reader = csv.DictReader(io.StringIO(text))
    missing = [key for key in NEEDED if key not in (reader.fieldnames or ())]
    if missing:
        raise HolidayFileWrong([(1, f"column `{missing[0]}` is missing; begin with {','.join(KEYS)}")])
    rows = []
    for cells in reader:
        if None in cells:
            raise HolidayFileWrong(
                [(reader.line_num, "the line has too many columns; put a name with commas in quotes")]
            )
        rows.append(_Row(reader.line_num, {key: (value or "").strip() for key, value in cells.items()}))
    return rows


def _document(text: str) -> tuple[dict[str, str], list[_Row]]:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise HolidayFileWrong([(mark.line + 1 if mark else 1, "this is no YAML; check indents and colons")]) from error
    head: dict[str, str] = {}
    rows: list[_Row] = []
    for key, value in _pairs(root):
        if key.value == "holidays" and isinstance(value, yaml.SequenceNode):
            rows = [_Row(item.start_mark.line + 1, _cells(item)) for item in value.value]
        elif key.value in ("source", "dated_on") and isinstance(value, yaml.ScalarNode):
            head[key.value] = value.value.strip()
        else:
            what = f"`{key.value}` does not belong here; use source, dated_on and the list holidays"
            raise HolidayFileWrong([(key.start_mark.line + 1, what)])
    return head, rows


def _cells(item: yaml.Node) -> dict[str, str]:
    return {key.value: str(value.value).strip() for key, value in _pairs(item)}


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node else 1
        raise HolidayFileWrong([(line, "keys are expected here; write `date: 2026-08-17` and so on")])
    return list(node.value)
