"""Who answers for what: governments, their units, the numbers to call in danger."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from sqlalchemy import select

from storage.queries.base import Queries
from storage.tables_emergency import EmergencyNumber
from storage.tables_offices import Government, Unit


class Directory(Queries):
    """Queries on the directory."""

    async def add(self, row: Government | Unit | EmergencyNumber) -> None:
        """Enters a row; it has its id afterwards."""
        self._session.add(row)
        await self._session.flush()

    async def ahead(self, government_ids: AbstractSet[int | None], unit_ids: AbstractSet[int | None]) -> None:
        """Reads several governments and units at once."""
        governments, units = await self.governments_of(government_ids), await self.units_of(unit_ids)
        self._read = (*governments.values(), *units.values())

    async def government(self, government_id: int) -> Government:
        """The government of this id; raises `NoResultFound` when there is none."""
        return await self._session.get_one(Government, government_id)

    async def government_by_code(self, code: str) -> Government | None:
        """The government of this code."""
        return await self._session.scalar(select(Government).where(Government.code == code))

    async def governments(self) -> Sequence[Government]:
        """Every government, by code."""
        return (await self._session.scalars(select(Government).order_by(Government.code))).all()

    async def governments_of(self, ids: AbstractSet[int | None]) -> Mapping[int | None, Government]:
        """The governments of these ids; None is nobody's."""
        if not ids - {None}:
            return {}
        rows = await self._session.scalars(select(Government).where(self._among(Government.id, ids - {None})))
        return {row.id: row for row in rows}

    async def units_of(self, ids: AbstractSet[int | None]) -> Mapping[int | None, Unit]:
        """The units of these ids; None is nobody's."""
        if not ids - {None}:
            return {}
        rows = await self._session.scalars(select(Unit).where(self._among(Unit.id, ids - {None})))
        return {row.id: row for row in rows}

    async def unit(self, unit_id: int) -> Unit:
        """The unit of this id; raises `NoResultFound` when there is none."""
        return await self._session.get_one(Unit, unit_id)

    async def unit_by_code(self, government_id: int, code: str) -> Unit | None:
        """The unit of this code within a government."""
        return await self._session.scalar(select(Unit).where(Unit.government_id == government_id, Unit.code == code))

    async def units(self, government_id: int | None = None) -> Sequence[Unit]:
        """The active units of one government or (None) of all."""
        here = [] if government_id is None else [Unit.government_id == government_id]
        rows = await self._session.scalars(
            select(Unit).where(Unit.active, *here).order_by(Unit.government_id, Unit.code)
        )
        return rows.all()

    async def emergency_numbers(self) -> Sequence[EmergencyNumber]:
        """Every number to call in danger, the most important first."""
        rows = await self._session.scalars(select(EmergencyNumber).order_by(EmergencyNumber.rank, EmergencyNumber.id))
        return rows.all()
