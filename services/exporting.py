"""The register leaves in a file: batch by batch, cut to what its reader may see, and written into the log."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.audit import Act
from domain.drafting import FileKind
from domain.figures import Period, span_of
from domain.lifecycle import BUCKETS, Action, Role, Status
from domain.messages import Notice
from domain.permissions import at_desk
from domain.refusals import Enough, NotUnderstood, StaleStep
from services.caller import Caller
from services.covering import covered, masked
from services.export_sheets import ExportAsked, ExportRow, Form
from services.figures import GovernmentUnknown
from services.office import HOME_ZONE, Office
from services.told import candidate_sheets, occurred_of
from storage.queries.exports import Wanted
from storage.tables_complaints import Complaint, Event
from storage.tables_exports import Export
from storage.tables_offices import Government, Unit
from storage.unit_of_work import UnitOfWork

BATCH = 500
"""Complaints that are in memory at a time."""

IN_CHAT = 2000
"""Complaints that one export in chat may hold: it is made in memory, and must be taken by a phone."""

A_DAY = 5
"""Exports that one person may ask for within twenty-four hours."""

_TOLD_LATER = frozenset({Action.ADD_INFORMATION, Action.ANSWER})
_WHY = {Status.ON_HOLD: Action.HOLD, Status.ARCHIVED: Action.ARCHIVE, Status.MERGED: Action.MERGE}


@dataclass(frozen=True)
class ExportRequest:
    """What is asked for; the days are those of the government, both included."""

    form: Form
    government: str | None = None
    first: date | None = None
    last: date | None = None
    inspectorate: bool = False
    person_id: int | None = None


@dataclass(frozen=True)
class Opened:
    """An export that has begun: its number in the log, and how many complaints there are to come."""

    export_id: int
    count: int
    wanted: Wanted


class Exporting:
    """Exports of the register. Raises `GovernmentUnknown` for a code that is not here."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def open(self, asked: ExportRequest) -> Opened:
        """Begins an export and enters it into the log before the first word leaves."""
        async with self._office.database.work() as work:
            government = await work.directory.government_by_code(asked.government) if asked.government else None
            if asked.government and government is None:
                raise GovernmentUnknown(asked.government)
            wanted = wanted_of(asked, government)
            row = Export(
                at=self._office.clock(),
                person_id=asked.person_id,
                government_id=wanted.government_id,
                first=asked.first,
                last=asked.last,
                form=asked.form.value,
                inspectorate=asked.inspectorate,
            )
            await work.exports.begin(row)
            _note(work, row)
            count = await work.exports.count(wanted)
            await work.commit()
            return Opened(row.id, count, wanted)

    async def batches(self, opened: Opened) -> AsyncIterator[tuple[ExportRow, ...]]:
        """The complaints in the order they came, some at a time; each batch is in the log before it is handed over."""
        after = 0
        while True:
            async with self._office.database.work() as work:
                found = await work.exports.batch(opened.wanted, after, BATCH)
                if not found:
                    return
                rows = await export_rows(work, found)
                ids = [complaint.id for complaint, _, _ in found]
                await work.exports.note(opened.export_id, ids)
                await work.commit()
            after = ids[-1]
            yield rows

    async def desks(self, by: Caller) -> tuple[tuple[int, str], ...]:
        """The governments whose register the caller may take in chat: those that they coordinate."""
        async with self._office.database.reading() as work:
            mine = sorted(by.actor.governments(Role.COORDINATOR))
            return tuple([(each, (await work.directory.government(each)).name) for each in mine])

    async def ask(self, by: Caller, government_id: int, period: Period, form: Form) -> ExportAsked:
        """Owes the caller a file: what goes into it is in the log before it is made, and it is made when it leaves.

        Raises `StaleStep` for somebody else's desk, `Enough` for too many in a day or too long a span, and
        `NotUnderstood` where there is nothing.
        """
        if not at_desk(by.actor, government_id):
            raise StaleStep
        async with self._office.database.work(by.cause) as work:
            government = await work.directory.government(government_id)
            now = self._office.clock()
            first, last = span_of(period, now.astimezone(ZoneInfo(government.time_zone)).date())
            row = Export(
                at=now,
                person_id=by.person_id,
                government_id=government_id,
                first=first,
                last=last,
                form=form.value,
                inspectorate=False,
            )
            wanted = wanted_of(row, government)
            count = await self._demand_few(work, by, wanted)
            await work.exports.begin(row)
            await work.exports.note_all(row.id, wanted)
            _note(work, row)
            await work.outbox.add(
                f"{Notice.EXPORT}:{row.id}", by.person_id, Notice.EXPORT, now, data={"export_id": row.id}
            )
            await work.commit()
            return ExportAsked(government.name, first, last, count)

    async def _demand_few(self, work: UnitOfWork, by: Caller, wanted: Wanted) -> int:
        """How many complaints are wanted; refuses what a person or a phone should not take at once."""
        if await work.exports.begun_since(by.person_id, self._office.clock() - timedelta(days=1)) >= A_DAY:
            raise Enough("exports", A_DAY)
        count = await work.exports.count(wanted)
        if count == 0:
            raise NotUnderstood("export_empty")
        if count > IN_CHAT:
            raise Enough("export_rows", IN_CHAT)
        return count


def _note(work: UnitOfWork, row: Export) -> None:
    """Writes down who takes what, by ids and codes."""
    work.audit.note(
        Act.EXPORT,
        person_id=row.person_id,
        export=row.id,
        government=row.government_id,
        form=row.form,
        inspectorate=int(row.inspectorate),
    )


async def export_rows(
    work: UnitOfWork, found: Sequence[tuple[Complaint, Government | None, Unit | None]]
) -> tuple[ExportRow, ...]:
    """Complaints as rows, with what was written about them and how many files came along."""
    ids = [complaint.id for complaint, _, _ in found]
    words: dict[int, list[Event]] = {}
    for event in await work.exports.words_of(ids, _TOLD_LATER | set(_WHY.values())):
        words.setdefault(event.complaint_id, []).append(event)
    files = await work.exports.files_of(ids)
    return tuple(_row(*each, words.get(each[0].id, ()), files.get(each[0].id, {})) for each in found)


def wanted_of(asked: ExportRequest | Export, government: Government | None) -> Wanted:
    """Which complaints an export is about: its days are those of the government."""
    zone = ZoneInfo(government.time_zone if government else HOME_ZONE)
    since = datetime(asked.first.year, asked.first.month, asked.first.day, tzinfo=zone) if asked.first else None
    after = asked.last + timedelta(days=1) if asked.last else None
    until = datetime(after.year, after.month, after.day, tzinfo=zone) if after else None
    return Wanted(government.id if government else None, since, until, asked.inspectorate)


def _row(
    complaint: Complaint,
    government: Government | None,
    unit: Unit | None,
    words: Sequence[Event],
    files: Mapping[FileKind, int],
) -> ExportRow:
    place = complaint.place or {}
    later = tuple(masked(word.text or "") for word in words if word.action in _TOLD_LATER)
    whys = [word.text for word in words if word.action is _WHY.get(complaint.status)]
    zone = ZoneInfo(government.time_zone if government else HOME_ZONE)
    return ExportRow(
        number=complaint.number,
        tracking_id=complaint.sp4n_tracking_id,
        received_at=complaint.received_at.astimezone(zone),
        kind=complaint.kind,
        complaint_class=complaint.complaint_class,
        sector=complaint.sector,
        text=None if complaint.secret else masked(complaint.text),
        told_later=() if complaint.secret else later,
        anonymous=complaint.anonymous,
        secret=complaint.secret,
        source=complaint.source,
        government=government.name if government else None,
        unit_code=unit.code if unit else None,
        unit=unit.name if unit else None,
        bucket=BUCKETS[complaint.status],
        archive_reason=complaint.archive_reason if complaint.status is Status.ARCHIVED else None,
        # What was asked or answered about a secret complaint may tell what it says.
        why=masked(whys[-1] or "") if whys and not complaint.secret else None,
        province=place.get("province"),
        regency=place.get("regency"),
        district=place.get("district"),
        village=place.get("village"),
        occurred=None if complaint.secret else occurred_of(complaint, covered),
        place=None if complaint.secret else covered(complaint.place_text),
        point=None if complaint.secret or place.get("lat") is None else (place["lat"], place["lng"]),
        wished=_wished(complaint),
        files=tuple(files.items()),
    )


def _wished(complaint: Complaint) -> tuple[str, str, str | None] | None:
    """Subject, agency and unit that the citizen chose, or that were proposed first."""
    offered = candidate_sheets(complaint.suggestions)
    if not offered:
        return None
    chosen = complaint.chosen if complaint.chosen is not None and 0 <= complaint.chosen < len(offered) else 0
    return offered[chosen].sector, offered[chosen].agency, offered[chosen].unit
