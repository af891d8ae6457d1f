"""/statistik: the figures of one scope in one period, for whoever holds an office there."""

from __future__ import annotations

from domain.figures import Period, span_of
from domain.refusals import StaleStep
from domain.scopes import Scope, scopes_of
from services.caller import Caller
from services.figure_sheets import OverviewSheet, ScopeLine
from services.figures import Figures
from services.office import Office


class Overview:
    """What somebody may see in figures. Every look is through their offices; a foreign scope is refused."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def choices(self, by: Caller) -> tuple[ScopeLine, ...]:
        """The scopes of every office that the caller holds; empty for whoever has none."""
        async with self._office.database.reading() as work:
            figures = Figures(self._office, work, by.actor)
            return tuple([ScopeLine(scope, await figures.name(scope)) for scope in scopes_of(by.actor)])

    async def of(self, by: Caller, scope: Scope, period: Period) -> OverviewSheet:
        """The figures of a scope; raises `StaleStep` for one that is not the caller's (any more)."""
        scopes = scopes_of(by.actor)
        if scope not in scopes:
            raise StaleStep
        async with self._office.database.reading() as work:
            figures = Figures(self._office, work, by.actor)
            first, last = span_of(period, await figures.today(scope))
            return OverviewSheet(scope, period, await figures.of(scope, first, last), several=len(scopes) > 1)
