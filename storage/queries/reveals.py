"""Askings to open an identity, and what came of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from storage.queries.base import Queries
from storage.queries.complaints import lies_at
from storage.tables_complaints import Complaint
from storage.tables_privacy import Reveal


class Reveals(Queries):
    """Queries on askings."""

    async def add(self, row: Reveal) -> None:
        """Enters an asking; it has its id afterwards."""
        self._session.add(row)
        await self._session.flush()

    async def get(self, reveal_id: int) -> Reveal | None:
        """The asking of this id."""
        return await self._session.get(Reveal, reveal_id)

    async def of_complaint(self, complaint_id: int) -> Sequence[Reveal]:
        """Every asking about a complaint, oldest first."""
        rows = await self._session.scalars(
            select(Reveal).where(Reveal.complaint_id == complaint_id).order_by(Reveal.id)
        )
        return rows.all()

    async def shown_since(self, government_id: int | None, since: datetime) -> int:
        """How many identities of a desk were opened since an instant."""
        statement = (
            select(func.count(Reveal.id))
            .join(Complaint, Complaint.id == Reveal.complaint_id)
            .where(lies_at(government_id), Reveal.shown_at >= since)
        )
        return await self._session.scalar(statement) or 0
