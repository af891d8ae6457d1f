"""What a job has found to be owed, kept apart from owing it: a look mostly finds nothing and takes no writer's turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.messages import Notice
from services.office import Office


@dataclass(frozen=True)
class Owed:
    """One message; its key says for which slot, so that it is owed once however often it is found."""

    unique_key: str
    person_id: int
    notice: Notice
    data: Mapping[str, Any] = field(default_factory=dict)
    complaint_id: int | None = None
    not_before: datetime | None = None


async def owe(office: Office, found: Sequence[Owed], now: datetime) -> int:
    """Owes what was found, in one transaction; returns how many were not owed already."""
    if not found:
        return 0
    async with office.database.work() as work:
        owed = 0
        for each in found:
            owed += await work.outbox.add(
                each.unique_key,
                each.person_id,
                each.notice,
                now,
                complaint_id=each.complaint_id,
                data=each.data,
                not_before=each.not_before,
            )
        await work.commit()
        return owed
