"""How well the suggestions fitted what coordinators decided; counts and offices only, nothing about anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.learning import chosen
from services.office import Office
from storage.queries.overlays import Sent
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork

NOTHING = "no unit"
"""What stands where the program proposed no unit."""


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int


@dataclass(frozen=True)
class Confusion:
    """How often one office was proposed first and another got it."""

    proposed: str
    final: str
    count: int


@dataclass(frozen=True)
class UnitLine:
    """What came to a unit, and how much of it was first proposed for another."""

    unit: str
    corrected: Share


@dataclass(frozen=True)
class GovernmentReport:
    """The suggestions of one government beside the units that people sent the complaints to."""

    code: str
    name: str
    first: Share
    shown: Share
    confident: Share
    confident_right: Share
    confusions: tuple[Confusion, ...]
    units: tuple[UnitLine, ...]
    learned_at: datetime | None
    features: int


class RoutingReport:
    """Reads the register; changes nothing."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def made(self, code: str | None = None) -> tuple[GovernmentReport, ...]:
        """The report of one government, or of all that have something to tell; raises `GovernmentUnknown`.

        Counted are complaints that a person sent to the unit that has them. Accusations and secret complaints are left
        out, and so is what the program forwarded by itself and nobody judged.
        """
        async with self._office.database.reading() as work:
            reports = [await _report(work, government) for government in await chosen(work, code)]
        return tuple(report for report in reports if report.first.whole or code)


async def _report(work: UnitOfWork, government: Government) -> GovernmentReport:
    sent = await work.overlays.sent(government.id)
    overlay = await work.overlays.of(government.id)
    right = [_proposed(each, 1) == [each.unit.code] for each in sent]
    shown = [each.unit.code in _proposed(each) for each in sent]
    sure = [hit for each, hit in zip(sent, right, strict=True) if each.complaint.confident]
    return GovernmentReport(
        code=government.code,
        name=government.name,
        first=Share(sum(right), len(sent)),
        shown=Share(sum(shown), len(sent)),
        confident=Share(len(sure), len(sent)),
        confident_right=Share(sum(sure), len(sure)),
        confusions=_confusions(sent, right),
        units=_units(sent, right),
        learned_at=overlay.learned_at if overlay else None,
        features=len(overlay.weights) if overlay else 0,
    )


def _proposed(sent: Sent, most: int | None = None) -> list[str | None]:
    return [item.get("unit") for item in sent.complaint.suggestions[:most]]


def _confusions(sent: Sequence[Sent], right: Sequence[bool]) -> tuple[Confusion, ...]:
    pairs = Counter((_first_name(each), each.unit.name) for each, hit in zip(sent, right, strict=True) if not hit)
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Confusion(proposed, final, count) for (proposed, final), count in ordered)


def _first_name(sent: Sent) -> str:
    first = next(iter(sent.complaint.suggestions), None)
    return NOTHING if first is None else first.get("unit_name") or first["agency"]


def _units(sent: Sequence[Sent], right: Sequence[bool]) -> tuple[UnitLine, ...]:
    received = Counter(each.unit.name for each in sent)
    corrected = Counter(each.unit.name for each, hit in zip(sent, right, strict=True) if not hit)
    ordered = sorted(received, key=lambda name: (-corrected[name], name))
    return tuple(UnitLine(name, Share(corrected[name], received[name])) for name in ordered)
