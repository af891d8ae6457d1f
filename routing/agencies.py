"""Says what a government, a unit and the owner of a complaint are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Government:
    """A province, a regency, a ministry or another national body; a regional one has its area's code."""

    code: str
    name: str
    level: str
    time_zone: str
    parent: str | None = None
    served: bool = False
    aliases: tuple[str, ...] = ()
    direct_forwarding: bool = False
    promise: Mapping[str, int] = field(default_factory=dict, hash=False)
    hours: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Unit:
    """An office inside a government; a district's or a village's office has its area's code."""

    code: str
    government: str
    name: str
    sectors: tuple[str, ...]
    kind: str = "office"
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Owner:
    """Who should answer: the agency always has a name, a government and a unit only where they are known."""

    government: str | None
    agency: str
    unit: str | None = None
    unit_name: str | None = None
