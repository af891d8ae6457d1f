"""What people read of who works where: numbers and designations, and nobody's name at Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.lifecycle import WORKERS, Role
from domain.staffing import EVERYWHERE, StaffWord


@dataclass(frozen=True)
class StaffLine:
    """An office that somebody holds. `id` is its number; one person may hold several, each with a line of its own.

    `in_hand` counts what they have taken on there and not finished; `idle`: nothing done on duty for 30 days.
    """

    id: int
    person_id: int
    role: Role
    government: str | None
    unit: str | None
    designation: str | None
    since: datetime
    reachable: bool
    idle: bool
    in_hand: int
    mine: bool = False


@dataclass(frozen=True)
class StaffPage:
    """Some of those about whom the reader decides; `empty_units` are units where nobody is, `idle` counts people."""

    lines: tuple[StaffLine, ...]
    more: bool
    idle: int
    empty_units: tuple[str, ...]


@dataclass(frozen=True)
class StaffList:
    """Everybody who works here, and the units and governments where nobody does."""

    lines: tuple[StaffLine, ...]
    empty_units: tuple[str, ...]
    governments_without_coordinator: tuple[str, ...]
    desk_is_staffed: bool


@dataclass(frozen=True)
class ChangeSheet:
    """What ending an office, or giving its work to a colleague, would change; nothing is changed yet.

    `heir` receives the work, else it goes back to the unit. `last_of_unit` and `last_at_desk` say that nobody else
    would be left there; `waiting` is what is open in a unit without anybody. `in_group`: the unit has a group of
    Telegram, where people are members by themselves. `serial` changes with what would be lost.
    """

    line: StaffLine
    heir: StaffLine | None
    last_of_unit: bool
    last_at_desk: bool
    waiting: int
    serial: int
    in_group: bool = False


@dataclass(frozen=True)
class ChangedSheet:
    """What was done: the office as it stood, who received the work, and how many complaints changed hands."""

    line: StaffLine
    heir: StaffLine | None
    moved: int
    last_of_unit: bool
    in_group: bool = False


@dataclass(frozen=True)
class OfficeChoice:
    """A government or a unit in which somebody may be given a role."""

    id: int
    name: str


@dataclass(frozen=True)
class OfficesSheet:
    """Where a role may be given: among governments while none is chosen, then among the units of one.

    `government` and `unit` are what was chosen, by name. Neither `ready` nor a choice: there is no such place.
    """

    role: Role
    governments: tuple[OfficeChoice, ...] = ()
    units: tuple[OfficeChoice, ...] = ()
    government_id: int | None = None
    unit_id: int | None = None
    government: str | None = None
    unit: str | None = None

    @property
    def ready(self) -> bool:
        """Whether everything that the role needs was chosen."""
        if self.role in EVERYWHERE:
            return True
        return self.government_id is not None and (self.role not in WORKERS or self.unit_id is not None)


@dataclass(frozen=True)
class InviteSheet:
    """An invitation that was made; the token is shown once and kept nowhere."""

    token: str
    role: Role
    government: str | None
    unit: str | None


@dataclass(frozen=True)
class StaffNews:
    """What a letter about people who come and go says: the office, and how many complaints it is about."""

    word: StaffWord
    id: int
    role: Role
    government: str | None
    unit: str | None
    count: int = 0
    unsent: str | None = None
