"""Reads a directory file, YAML or CSV, into entries that remember their line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

import yaml

LISTS = ("aliases", "sectors", "topics", "without", "promise", "hours")
OF_GOVERNMENT = "government_"


@dataclass(frozen=True)
class Problem:
    """Something wrong in a directory file: where it is, what it is and how to mend it."""

    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}; {self.mend}"


class DirectoryError(ValueError):
    """The directory file has problems and nothing of it was taken."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Entry:
    """One mapping of the file: its texts, its lists and its inner entries, each under its key."""

    line: int
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def at(self, key: str) -> int:
        """Gives the line of a key, or of the entry where the key is missing."""
        return self.lines.get(key, self.line)

    @property
    def keys(self) -> set[str]:
        """The keys that the file gives."""
        return set(self.lines)


def read_yaml(text: str) -> list[Entry]:
    """Reads `governments:` of a YAML file.

    Raises DirectoryError where the text is no YAML or has another shape.
    """
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"the file is no YAML ({getattr(error, 'problem', None) or 'unreadable sign'})"
        problem = Problem(mark.line + 1 if mark else 1, what, "check indents, colons and quotes")
        raise DirectoryError([problem]) from error
    problems: list[Problem] = []
    top = _entry(root, problems) if root is not None else Entry(1)
    if problems:
        raise DirectoryError(problems)
    if top.keys != {"governments"} or "governments" not in top.entries:
        raise DirectoryError([Problem(1, "the file has no list `governments`", "begin it with `governments:`")])
    return top.entries["governments"]


def read_csv(text: str) -> list[Entry]:
    """Reads a table with one row per unit; columns that begin with `government_` speak of the unit's government.

    Raises DirectoryError where a needed column is missing.
    """
    rows = csv.DictReader(io.StringIO(text))
    columns = rows.fieldnames or []
    missing = [name for name in ("government_code", "code") if name not in columns]
    if missing:
        raise DirectoryError([Problem(1, f"column `{missing[0]}` is missing", "add it to the first line")])
    governments: dict[str, Entry] = {}
    for row in rows:
        line = rows.line_num
        cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        code = cells["government_code"]
        own = {key[len(OF_GOVERNMENT) :]: value for key, value in cells.items() if key.startswith(OF_GOVERNMENT)}
        government = governments.setdefault(code, _flat(line, own))
        if cells["code"]:
            unit = {key: value for key, value in cells.items() if not key.startswith(OF_GOVERNMENT)}
            government.entries.setdefault("units", []).append(_flat(line, unit))
            government.lines.setdefault("units", line)
    return list(governments.values())


def _flat(line: int, cells: dict[str, str]) -> Entry:
    entry = Entry(line)
    for key, value in cells.items():
        if value:
            entry.lines[key] = line
            if key in LISTS:
                entry.lists[key] = [part.strip() for part in value.split(";") if part.strip()]
            else:
                entry.texts[key] = value
    return entry


def _entry(node: yaml.Node, problems: list[Problem]) -> Entry:
    entry = Entry(node.start_mark.line + 1)
    if not isinstance(node, yaml.MappingNode):
        problems.append(Problem(entry.line, "a list of keys is expected here", "write `key: value`"))
        return entry
    for key_node, value in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in entry.lines:
            problems.append(Problem(line, f"key `{key}` stands here twice", "keep one of them"))
        entry.lines[key] = line
        _take(entry, key, value, problems)
    return entry


def _take(entry: Entry, key: str, value: yaml.Node, problems: list[Problem]) -> None:
    if isinstance(value, yaml.ScalarNode):
        if value.value not in ("", "null", "~"):
            entry.texts[key] = value.value
    elif isinstance(value, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in value.value):
        entry.lists[key] = [item.value for item in value.value]
    elif isinstance(value, yaml.SequenceNode):
        entry.entries[key] = [_entry(item, problems) for item in value.value]
    else:
        problems.append(Problem(entry.lines[key], f"`{key}` cannot hold keys of its own", "give it a text or a list"))
