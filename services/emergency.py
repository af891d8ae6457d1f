"""Words of danger are answered with numbers to call, whatever the person was about to do."""

from __future__ import annotations

from dataclasses import dataclass

from routing.alarm import danger
from services.caller import Caller
from services.office import Office
from storage.tables_emergency import EmergencyNumber
from storage.unit_of_work import UnitOfWork

ANY_DANGER = "any"
"""What a number serves that helps in every danger."""


@dataclass(frozen=True)
class EmergencySheet:
    """A number to call in danger."""

    number: str
    label: str


class Emergency:
    """Reads only: nothing that somebody writes in danger is changed or held up by it."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def numbers_for(self, by: Caller, text: str) -> tuple[EmergencySheet, ...]:
        """The numbers that serve the danger told of, the most important first; empty if the words tell of none.

        A local number is shown where its area is known to be meant; none is ever invented.
        """
        found = danger(text)
        if found is None:
            return ()
        async with self._office.database.reading() as work:
            areas = await self._areas(work, by, text)
            rows = await work.directory.emergency_numbers()
        serving = [row for row in rows if {ANY_DANGER, found.value} & set(row.dangers) and _near(row, areas)]
        return tuple(EmergencySheet(row.number, row.label) for row in serving)

    async def for_everybody(self) -> tuple[EmergencySheet, ...]:
        """The numbers for somebody who cannot be heard just now: whatever danger they may be in, wherever they are."""
        async with self._office.database.reading() as work:
            rows = await work.directory.emergency_numbers()
        return tuple(EmergencySheet(row.number, row.label) for row in rows if row.dangers and row.area_code is None)

    async def _areas(self, work: UnitOfWork, by: Caller, text: str) -> tuple[str, ...]:
        """The codes of the areas that the words name, else of the place of the draft."""
        named = tuple(match.place.code for match in self._office.matcher.gazetteer.mentions(text) if match.place.code)
        draft = await work.drafts.open_of(by.person_id)
        told = (draft.place or {}).get("code") if draft else None
        return named or ((told,) if told else ())


def _near(row: EmergencyNumber, areas: tuple[str, ...]) -> bool:
    return row.area_code is None or any(code.startswith(row.area_code) for code in areas)
