"""Made-up values for anything that a view is given: from types alone, so that a new view or field is met as well."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from domain.lifecycle import Action
from domain.ticket import new_number
from locales.translator import Html

MANY = 3
"""How many a sequence holds; enough for a choice, a reminder, a page."""

NAMED: dict[str, object] = {
    "time_zone": "Asia/Jakarta",
    "zone": "Asia/Jakarta",
    "sector": "transport",
    "question": "electricity-transport",
    "archive_reason": "incomplete",
    "command": "lihat",
    "menu": "coordinator",
    "regulation": "PermenPANRB 5/2025",
    "chosen": 0,
}
"""What a word by itself does not tell: codes, and places in lists."""


FIRST: dict[type, Enum] = {Action: Action.MARK_DONE}
"""What stands for its kind where everything else is tried out: everybody is told that it is done."""

ALONGSIDE = {"unit_ids", "unit_names"}
"""Sequences that lie side by side and are equally long."""


@cache
def numbers() -> tuple[str, ...]:
    """Numbers of complaints as they are really written."""
    return tuple(new_number(Random(seed).randrange) for seed in range(MANY))


def full(kind: Any, name: str = "", place: int = 0) -> Any:
    """One value with everything that it can hold."""
    return next(iter(islice(every(kind, name, place), 1)))


def every(kind: Any, name: str = "", place: int = 0) -> Iterator[Any]:
    """The full value first; then what differs from it in one point."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        yield from (value for part in arguments if part is not type(None) for value in every(part, name, place))
        if type(None) in arguments:
            yield None
    elif name in ALONGSIDE:
        yield tuple(full(arguments[0], "", each) for each in range(MANY))
    elif name in NAMED:
        yield NAMED[name]
    elif origin in (tuple, frozenset, list, Sequence):
        yield from _several(origin, arguments, name)
    elif isinstance(kind, type) and issubclass(kind, Enum):
        yield from dict.fromkeys((FIRST.get(kind, next(iter(kind))), *kind))
    elif is_dataclass(kind):
        yield from _sheets(kind, place)
    else:
        yield from _simple(origin or kind, name, place)


def _several(origin: Any, arguments: tuple[Any, ...], name: str) -> Iterator[Any]:
    if origin is tuple and arguments[-1] is not Ellipsis:
        yield tuple(full(part, name) for part in arguments)
        return
    whole = tuple if origin is Sequence else origin
    if isinstance(arguments[0], type) and issubclass(arguments[0], Enum):
        yield whole(arguments[0])
    else:
        yield whole(full(arguments[0], name, place) for place in range(MANY))
    yield whole(())


def _sheets(kind: Any, place: int) -> Iterator[Any]:
    hints = typing.get_type_hints(kind)
    made = [field for field in fields(kind) if field.init]
    whole = kind(**{field.name: full(hints[field.name], field.name, place) for field in made})
    yield whole
    for field in made:
        for value in islice(every(hints[field.name], field.name, place), 1, None):
            yield replace(whole, **{field.name: value})


def _simple(kind: Any, name: str, place: int) -> Iterator[Any]:
    if kind is Html:
        yield Html("Sebuah <b>kalimat</b>.")
    elif kind is str:
        yield numbers()[place] if name in ("number", "suggestions") else f"Dinas {name} ke-{place} <&>"
    elif kind is bool:
        yield from (True, False)
    elif kind is int:
        yield from (place + 1, 0)
    elif kind is float:
        yield -6.1
    else:
        yield _OTHERS[kind]


_MORNING = datetime(2025, 1, 6, 2, 0, tzinfo=UTC)
_OTHERS: dict[Any, Any] = {
    datetime: _MORNING,
    date: _MORNING.date(),
    time: time(8, 0),
    timedelta: timedelta(days=1),
    dict: {"reason": "incomplete"},
    bytes: b"",
    Any: None,
}
