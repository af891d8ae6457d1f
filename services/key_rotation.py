"""Seals everything anew under the newest key while the bot may run, and says whether an older key is still needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from domain.audit import Act
from services.office import Office
from storage.files import FileGone, FileStore
from storage.queries.rotation import Found

BATCH = 500
"""Rows of one transaction: short enough for the bot to wait, if it must."""

FILES = "files"
"""The last station: the bytes on disk."""


@dataclass(frozen=True)
class Passed:
    """A part of the walk that is behind us."""

    station: str
    found: Found


class KeyRotation:
    """Nothing is remembered of a walk: what is done is known by its seal, so it may be broken off and begun again."""

    def __init__(self, office: Office, files: FileStore) -> None:
        """Works on the shared register and on its store of files."""
        self._office = office
        self._files = files

    async def size(self) -> int:
        """How many rows and files there are to walk."""
        async with self._office.database.reading() as work:
            rows = sum([await work.rotation.count(station) for station in work.rotation.stations()])
        return rows + len(await self._lying())

    async def rotate(self) -> AsyncIterator[Passed]:
        """Seals anew whatever an older key sealed, and makes the blind indexes anew."""
        await self._note("begun", 0)
        mended = 0
        async for passed in self._walk(write=True):
            mended += passed.found.stale
            yield passed
        await self._note("ended", mended)

    def check(self) -> AsyncIterator[Passed]:
        """Looks at everything and changes nothing."""
        return self._walk(write=False)

    async def _walk(self, *, write: bool) -> AsyncIterator[Passed]:
        async with self._office.database.reading() as work:
            stations = work.rotation.stations()
        for station in stations:
            after = None
            while True:
                async with self._office.database.work() as work:
                    batch = await work.rotation.batch(station, after, BATCH, self._office.clock(), write=write)
                    await work.commit()
                yield Passed(station, batch.found)
                after = batch.after
                if after is None:
                    break
        for key in await self._lying():
            yield Passed(FILES, await asyncio.to_thread(self._file, key, write=write))

    async def _lying(self) -> list[str]:
        return await asyncio.to_thread(lambda: list(self._files.keys()))

    def _file(self, key: str, *, write: bool) -> Found:
        try:
            place = self._files.place_of(key)
            if place and write:
                self._files.reseal(key)
        except FileGone:
            # Erased since the walk began.
            return Found(seen=1)
        return Found(seen=1, stale=int(bool(place)), lost=int(place is None))

    async def _note(self, step: str, mended: int) -> None:
        async with self._office.database.work() as work:
            work.audit.note(Act.ROTATE_KEYS, step=step, key=self._office.database.keyring.names[0], mended=mended)
            await work.commit()
