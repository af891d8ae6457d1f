"""When the jobs were last run."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from storage.queries.base import Queries
from storage.tables_time import JobRun


class JobRuns(Queries):
    """Queries on the runs of the jobs; only the last run of each is kept."""

    async def ran(self, name: str, now: datetime, count: int) -> None:
        """Writes down that a job was run, and how much it did."""
        values = {"ran_at": now, "count": count} | ({"busy_at": now} if count else {})
        await self._session.execute(
            self._insert(JobRun)
            .values(name=name, **values)
            .on_conflict_do_update(index_elements=[JobRun.name], set_=values)
        )

    async def all(self) -> Sequence[JobRun]:
        """The last run of every job, by name."""
        return (await self._session.scalars(select(JobRun).order_by(JobRun.name))).all()
