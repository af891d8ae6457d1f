"""Figures as a coordinator is told them, where no count is too small."""

from datetime import date, timedelta

from domain.lifecycle import Role
from domain.permissions import Actor, Membership
from domain.scopes import Scope, ScopeKind
from services.figure_sheets import FiguresSheet
from services.figures import Figures
from tests.services.conftest import Town


async def month_of(town: Town, first: date, code: str = "36.73") -> FiguresSheet:
    """The month of a government that begins on a day."""
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    async with town.office.database.reading() as work:
        government = await work.directory.government_by_code(code)
        assert government is not None
        actor = Actor(1, (Membership(Role.COORDINATOR, government.id),))
        return await Figures(town.office, work, actor).of(Scope(ScopeKind.GOVERNMENT, government.id), first, last)
