"""Keeps what the router knows in step with the register, whichever process has changed it."""

from __future__ import annotations

from datetime import datetime

from services.directory import Directory
from services.office import Office


class Attuning:
    """Reads the directory and what was learned again once they have changed."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register; the first look always reads."""
        self._office = office
        self._directory = Directory(office)
        self._read: tuple[datetime | None, ...] | None = None

    async def catch_up(self) -> bool:
        """Gives the office a matcher that knows what the register knows; returns whether it had changed."""
        async with self._office.database.reading() as work:
            known = await work.overlays.known_since()
        if known == self._read:
            return False
        self._office.matcher = await self._directory.matcher()
        self._read = known
        return True
