"""What coordinators' decisions teach the matcher, government by government, and how it is erased."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from routing.corrections import Handled, Lesson, learn
from routing.overlay import Overlay
from services.drafting import place_of
from services.office import HOME_ZONE, Office
from storage.queries.overlays import Learned, Sent
from storage.tables_offices import Government
from storage.unit_of_work import UnitOfWork

NIGHT = range(1, 5)
"""Hours in which what was corrected by day is learned: it costs some seconds of the processor."""


class GovernmentUnknown(ValueError):
    """The directory has no government of this code; the message says so, in English."""


@dataclass(frozen=True)
class Taught:
    """What one government's decisions have taught."""

    code: str
    name: str
    complaints: int
    corrections: int
    features: int


async def overlays_of(work: UnitOfWork) -> dict[str, Overlay]:
    """Everything that was learned, by the code of the government, as the matcher takes it."""
    return {government.code: Overlay(row.weights) for government, row in await work.overlays.all()}


async def chosen(work: UnitOfWork, code: str | None) -> list[Government]:
    """The government of a code, or everyone that is served here; raises `GovernmentUnknown`."""
    if code is None:
        return [government for government in await work.directory.governments() if government.served]
    government = await work.directory.government_by_code(code)
    if government is None:
        raise GovernmentUnknown(
            f'the directory has no government {code}: see the codes in "lapor directory load" files'
        )
    return [government]


class Learning:
    """Learns from the register and forgets."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def learn(self, code: str | None = None) -> tuple[Taught, ...]:
        """Forms the corrections of one government, or of all, anew; raises `GovernmentUnknown`.

        Measured against the packaged model alone: what was learned before neither helps nor counts.
        """
        async with self._office.database.reading() as work:
            governments = await chosen(work, code)
            handled = {government.code: await _handled(work, government) for government in governments}
        # In a thread: people must be answered meanwhile.
        lessons = {
            code: await asyncio.to_thread(learn, self._office.matcher, code, decisions)
            for code, decisions in handled.items()
        }
        async with self._office.database.work() as work:
            for government in governments:
                await work.overlays.put(government.id, _kept(lessons[government.code]), self._office.clock())
            await work.commit()
        await self._reload()
        return tuple(
            Taught(each.code, each.name, lesson.complaints, lesson.corrections, len(lesson.weights))
            for each, lesson in ((each, lessons[each.code]) for each in governments)
        )

    async def learn_nightly(self, now: datetime) -> int:
        """Learns by night what was decided since the last time, so that a corrected route teaches by itself.

        Returns for how many governments; by day, and where nobody decided anything, for none.
        """
        if now.astimezone(ZoneInfo(HOME_ZONE)).hour not in NIGHT:
            return 0
        async with self._office.database.reading() as work:
            codes = [each.code for each in await chosen(work, None) if await _decided_since(work, each)]
        for code in codes:
            await self.learn(code)
        return len(codes)

    async def forget(self, code: str) -> str:
        """Erases what was learned for a government, for good, and returns its name; raises `GovernmentUnknown`."""
        async with self._office.database.work() as work:
            (government,) = await chosen(work, code)
            name = government.name
            await work.overlays.forget(government.id, self._office.clock())
            await work.commit()
        await self._reload()
        return name

    async def _reload(self) -> None:
        async with self._office.database.reading() as work:
            overlays = await overlays_of(work)
        self._office.matcher = self._office.matcher.over(self._office.matcher.directory, overlays)


async def _decided_since(work: UnitOfWork, government: Government) -> bool:
    row = await work.overlays.of(government.id)
    learned_at = (row.learned_at or row.forgotten_at) if row else None
    return any(learned_at is None or each.sent_at > learned_at for each in await work.overlays.sent(government.id))


async def _handled(work: UnitOfWork, government: Government) -> list[Handled]:
    row = await work.overlays.of(government.id)
    since = row.forgotten_at if row else None
    sent = await work.overlays.sent(government.id)
    return [_decision(each) for each in sent if since is None or each.sent_at > since]


def _decision(sent: Sent) -> Handled:
    complaint = sent.complaint
    return Handled(complaint.text, place_of(complaint.place), sent.unit.code, complaint.person_id)


def _kept(lesson: Lesson) -> Learned:
    return Learned(dict(lesson.weights), lesson.complaints, lesson.corrections)
