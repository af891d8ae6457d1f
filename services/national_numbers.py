"""The national number of a complaint is written back by the operator, one at a time or from a list."""

from __future__ import annotations

from domain.lifecycle import Action
from domain.permissions import SYSTEM
from domain.refusals import NotUnderstood
from domain.sp4n import tracking_id
from services.moves import Mover, Words
from services.office import Office
from services.seeking import find_any


class NationalNumbers:
    """What the operator knows of a complaint in SP4N-LAPOR!."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def record(self, number: str, tracking: str) -> bool:
        """Keeps the national number and tells the citizen; False when the same one is known already.

        Raises `NumberMistyped` or `ComplaintNotFound` for our number, `NotUnderstood("sp4n_number")` for theirs.
        """
        known = tracking_id(tracking)
        if known is None:
            raise NotUnderstood("sp4n_number")
        async with self._office.database.work() as work:
            complaint = await find_any(work, number)
            if complaint.sp4n_tracking_id == known:
                return False
            complaint.sp4n_tracking_id = known
            await Mover(self._office, work).move(complaint, SYSTEM, Action.RECORD_SP4N, Words(known))
            await work.commit()
            return True
