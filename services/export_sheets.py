"""What leaves the register in a file: a complaint as a row, and an export that somebody asked for in chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.drafting import FileKind
from domain.lifecycle import Bucket, ComplaintClass, Kind
from domain.when import Occurred


class Form(StrEnum):
    """What sort of file: two for spreadsheets, and blocks to copy into SP4N one by one."""

    XLSX = "xlsx"
    CSV = "csv"
    BLOCKS = "txt"


@dataclass(frozen=True)
class ExportRow:
    """One complaint as it leaves. `text` is None where it is secret; nobody's name stands anywhere in it.

    `wished`: the office that its citizen chose or that was proposed first; `files`: how many of each kind.
    """

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
    occurred: Occurred | None = None
    place: str | None = None
    point: tuple[float, float] | None = None
    wished: tuple[str, str, str | None] | None = None
    files: tuple[tuple[FileKind, int], ...] = ()


@dataclass(frozen=True)
class ExportSheet:
    """An export as it is handed over in chat; the days are those of the government, both included."""

    government: str
    first: date
    last: date
    form: Form
    rows: tuple[ExportRow, ...]


@dataclass(frozen=True)
class ExportAsked:
    """An export that will arrive in a moment."""

    government: str
    first: date
    last: date
    count: int
