"""The register leaves in a file: batch by batch, cut to what its reader may see, and written into the log."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.audit import Act
from domain.lifecycle import BUCKETS, Action, Bucket, ComplaintClass, Kind, Status
from services.figures import GovernmentUnknown
from services.office import HOME_ZONE, Office
from services.reading import masked
from storage.queries.exports import Wanted
from storage.tables import Complaint, Event, Government, Unit
from storage.tables_exports import Export

BATCH = 500
"""Complaints that are in memory at a time."""

_TOLD_LATER = frozenset({Action.ADD_INFORMATION, Action.ANSWER})
_WHY = {Status.ON_HOLD: Action.HOLD, Status.ARCHIVED: Action.ARCHIVE, Status.MERGED: Action.MERGE}


@dataclass(frozen=True)
class ExportRequest:
    """What is asked for; the days are those of the government, both included."""

    form: str
    government: str | None = None
    first: date | None = None
    last: date | None = None
    inspectorate: bool = False
    person_id: int | None = None


@dataclass(frozen=True)
class ExportRow:
    """One complaint as it leaves. `text` is None where it is secret; nobody's name stands anywhere in it."""

    number: str
    tracking_id: str | None
    received_at: datetime
    kind: Kind
    complaint_class: ComplaintClass | None
    sector: str | None
    text: str | None
    told_later: tuple[str, ...]
    anonymous: bool
    secret: bool
    source: str | None
    government: str | None
    unit_code: str | None
    unit: str | None
    bucket: Bucket
    archive_reason: str | None
    why: str | None
    province: str | None
    regency: str | None
    district: str | None
    village: str | None


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
            wanted = _wanted(asked, government)
            row = Export(
                at=self._office.clock(),
                person_id=asked.person_id,
                government_id=wanted.government_id,
                first=asked.first,
                last=asked.last,
                form=asked.form,
                inspectorate=asked.inspectorate,
            )
            await work.exports.begin(row)
            work.audit.note(
                Act.EXPORT,
                person_id=row.person_id,
                export=row.id,
                government=wanted.government_id,
                form=row.form,
                inspectorate=int(row.inspectorate),
            )
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
                ids = [complaint.id for complaint, _, _ in found]
                words: dict[int, list[Event]] = {}
                for event in await work.exports.words_of(ids, _TOLD_LATER | set(_WHY.values())):
                    words.setdefault(event.complaint_id, []).append(event)
                rows = tuple(_row(*each, words.get(each[0].id, ())) for each in found)
                await work.exports.note(opened.export_id, ids)
                await work.commit()
            after = ids[-1]
            yield rows


def _wanted(asked: ExportRequest, government: Government | None) -> Wanted:
    zone = ZoneInfo(government.time_zone if government else HOME_ZONE)
    since = datetime(asked.first.year, asked.first.month, asked.first.day, tzinfo=zone) if asked.first else None
    after = asked.last + timedelta(days=1) if asked.last else None
    until = datetime(after.year, after.month, after.day, tzinfo=zone) if after else None
    return Wanted(government.id if government else None, since, until, asked.inspectorate)


def _row(complaint: Complaint, government: Government | None, unit: Unit | None, words: Sequence[Event]) -> ExportRow:
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
    )
