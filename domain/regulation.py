"""The regulation in force: its limits and caps in working days, as data with versions and effective dates.

An agency may promise less than the national limit, never more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from domain.lifecycle import ClockKind, ComplaintClass

_STAGES = ("verify_days", "first_follow_up_days", "react_days", "request_days", "hold_cap_days")
_TEXTS = ("version", "title", "source")
_KEYS = (*_TEXTS, "effective_on", *_STAGES, "resolve_days")

# The days to react are the citizen's own: an agency cannot promise to give fewer.
_SHORTENABLE = ("verify_days", "first_follow_up_days", "request_days", "hold_cap_days")


class RegulationInvalid(ValueError):
    """The data of a regulation cannot be used; the message names the key and the mend."""


@dataclass(frozen=True)
class Regulation:
    """One version of the rules; every `*_days` is a number of working days."""

    version: str
    title: str
    source: str
    effective_on: date
    verify_days: int
    first_follow_up_days: int
    react_days: int
    request_days: int
    hold_cap_days: int
    resolve_days: Mapping[ComplaintClass, int]

    def limit(self, kind: ClockKind, complaint_class: ComplaintClass | None = None) -> int:
        """The limit of a clock; RESOLVE needs the class, and without one counts as an ordinary complaint."""
        if kind is ClockKind.RESOLVE:
            return self.resolve_days[complaint_class or ComplaintClass.ORDINARY]
        stages = {
            ClockKind.VERIFY: self.verify_days,
            ClockKind.FIRST_FOLLOW_UP: self.first_follow_up_days,
            ClockKind.REACT: self.react_days,
        }
        return stages[kind]


def parse_regulation(table: Mapping[str, Any]) -> Regulation:
    """Reads one `[[regulation]]` of the data file; raises RegulationInvalid that names the key and the mend."""
    where = f"regulation {table.get('version', 'without a version')}"
    _check_keys(where, table, _KEYS)
    texts: dict[str, Any] = {key: _text(where, key, table[key]) for key in _TEXTS}
    stages: dict[str, Any] = {key: _days(where, key, table[key]) for key in _STAGES}
    return Regulation(
        **texts,
        **stages,
        effective_on=_day(where, "effective_on", table["effective_on"]),
        resolve_days=_resolve_days(where, table["resolve_days"]),
    )


def parse_regulations(data: Mapping[str, Any]) -> tuple[Regulation, ...]:
    """Reads the whole data file, oldest version first; raises RegulationInvalid that names the mend."""
    tables = data.get("regulation", ())
    if not tables:
        raise RegulationInvalid("no regulation is given; write at least one [[regulation]]")
    parsed = sorted((parse_regulation(table) for table in tables), key=lambda rules: rules.effective_on)
    for key in ("version", "effective_on"):
        if len({getattr(rules, key) for rules in parsed}) < len(parsed):
            raise RegulationInvalid(f"two regulations have the same {key}; give each its own")
    return tuple(parsed)


def in_force(regulations: Iterable[Regulation], on: date) -> Regulation:
    """The version in force on a local date; raises RegulationInvalid if the first one begins later."""
    begun = [rules for rules in regulations if rules.effective_on <= on]
    if not begun:
        raise RegulationInvalid(f"no regulation is in force on {on}; add one with an earlier effective_on")
    return max(begun, key=lambda rules: rules.effective_on)


def by_version(regulations: Iterable[Regulation], version: str) -> Regulation:
    """The version that a complaint was received under; raises RegulationInvalid if it has been taken out."""
    for rules in regulations:
        if rules.version == version:
            return rules
    raise RegulationInvalid(f"regulation {version} is missing; complaints were received under it, so put it back")


def shortened(regulation: Regulation, promise: Mapping[str, Any]) -> Regulation:
    """The regulation with an agency's shorter limits; raises RegulationInvalid where a promise is longer.

    `promise` holds only what differs, such as `{"verify_days": 2, "resolve_days": {"ordinary": 10}}`.
    """
    where = f"promise under {regulation.version}"
    if unknown := sorted(set(promise) - {*_SHORTENABLE, "resolve_days"}):
        allowed = ", ".join((*_SHORTENABLE, "resolve_days"))
        raise RegulationInvalid(f"{where}: {unknown[0]} cannot be promised; use {allowed}")
    stages: dict[str, Any] = {
        key: _shorter(where, key, _days(where, key, promise[key]), getattr(regulation, key))
        for key in _SHORTENABLE
        if key in promise
    }
    resolve = {
        complaint_class: _shorter(
            where, f"resolve_days.{complaint_class}", days, regulation.resolve_days[complaint_class]
        )
        for complaint_class, days in _classes(where, promise.get("resolve_days", {})).items()
    }
    return replace(regulation, **stages, resolve_days=MappingProxyType({**regulation.resolve_days, **resolve}))


def promised(regulation: Regulation, promise: Mapping[str, Any]) -> Regulation:
    """The regulation as `shortened`, without what a later version of it has overtaken: the shorter limit holds."""
    kept = {key: days for key, days in promise.items() if key in _SHORTENABLE and days < getattr(regulation, key)}
    classes = {
        key: days
        for key, days in promise.get("resolve_days", {}).items()
        if days < regulation.resolve_days[ComplaintClass(key)]
    }
    return shortened(regulation, {**kept, "resolve_days": classes}) if kept or classes else regulation


def _check_keys(where: str, table: Mapping[str, Any], expected: Iterable[str]) -> None:
    expected = set(expected)
    if missing := sorted(expected - set(table)):
        raise RegulationInvalid(f"{where}: {missing[0]} is missing; add it")
    if unknown := sorted(set(table) - expected):
        raise RegulationInvalid(f"{where}: {unknown[0]} is not known; remove it or mend its spelling")


def _text(where: str, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RegulationInvalid(f"{where}: {key} = {value!r} is not a text; write words in quotes")
    return value


def _days(where: str, key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise RegulationInvalid(f"{where}: {key} = {value!r} is not a number of working days; use 1 or more")
    return value


def _day(where: str, key: str, value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise RegulationInvalid(f"{where}: {key} = {value!r} is not a date; write it as 2025-01-31, without quotes")
    return value


def _resolve_days(where: str, value: object) -> Mapping[ComplaintClass, int]:
    limits = _classes(where, value)
    if missing := [str(each) for each in ComplaintClass if each not in limits]:
        raise RegulationInvalid(f"{where}: resolve_days.{missing[0]} is missing; add it")
    return MappingProxyType(limits)


def _classes(where: str, value: object) -> dict[ComplaintClass, int]:
    if not isinstance(value, Mapping):
        raise RegulationInvalid(f"{where}: resolve_days = {value!r} is not a table; give days by class")
    known = [str(each) for each in ComplaintClass]
    if unknown := sorted(set(value) - set(known)):
        raise RegulationInvalid(f"{where}: resolve_days.{unknown[0]} is no class; use {', '.join(known)}")
    return {ComplaintClass(key): _days(where, f"resolve_days.{key}", days) for key, days in value.items()}


def _shorter(where: str, key: str, promised: int, limit: int) -> int:
    if promised > limit:
        raise RegulationInvalid(f"{where}: {key} = {promised} is longer than the limit; use {limit} or less")
    return promised
