"""Puts files that come in where they belong: a row now, its bytes fetched later and by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.drafting import FILE_MAX, FILES_MAX, FileKind
from domain.evidence import FetchState
from domain.fair_use import DAY, MEGABYTE, Limits
from domain.refusals import Enough, NotUnderstood
from storage.queries.evidence import HomeColumn
from storage.tables_evidence import Attachment
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class NewFile:
    """A file that has just come in; `size` in bytes where Telegram says it, `album` what it came together with."""

    kind: FileKind
    file_id: str
    file_unique_id: str
    name: str | None = None
    size: int | None = None
    media_type: str | None = None
    album: str | None = None

    def demand_light(self) -> None:
        """Raises `NotUnderstood("file_big")` for a file that a bot cannot fetch from Telegram."""
        if self.size is not None and self.size > FILE_MAX:
            raise NotUnderstood("file_big")


@dataclass(frozen=True)
class Home:
    """Where a file belongs: a draft, the words that somebody is writing, or an event of a complaint."""

    draft_id: int | None = None
    composed_by: int | None = None
    complaint_id: int | None = None
    event_id: int | None = None

    @classmethod
    def of(cls, file: Attachment) -> Home:
        """The home of a file that came before."""
        return cls(file.draft_id, file.composed_by, file.complaint_id, file.event_id)

    @property
    def column(self) -> HomeColumn:
        """The narrowest of the four."""
        if self.event_id is not None:
            return "event_id"
        return "composed_by" if self.composed_by is not None else "draft_id"

    @property
    def id(self) -> int | None:
        """What stands in that column."""
        found: int | None = getattr(self, self.column)
        return found

    def take_in(self, file: Attachment) -> None:
        """Lets a file belong here."""
        file.draft_id, file.composed_by = self.draft_id, self.composed_by
        file.complaint_id, file.event_id = self.complaint_id, self.event_id


@dataclass
class Shelf:
    """Takes files in within one unit of work."""

    work: UnitOfWork
    now: datetime
    limits: Limits

    async def put(self, person_id: int, file: NewFile, home: Home, *, by_staff: bool = False) -> None:
        """Keeps a file in its home, once; bytes that are known already are not fetched again.

        Raises `NotUnderstood("files_many")` when there are `FILES_MAX` already, and "file_big"; `Enough` when its
        sender has filled as much of the store in twenty-four hours as one person may.
        """
        file.demand_light()
        known = await self.work.evidence.names_in(home.column, home.id)
        if file.file_unique_id in known:
            return
        if len(known) >= FILES_MAX:
            raise NotUnderstood("files_many")
        await self._within_the_day(person_id, file)
        stored = await self.work.evidence.stored_as(file.file_unique_id)
        row = Attachment(
            person_id=person_id,
            by_staff=by_staff,
            kind=file.kind,
            file_id=file.file_id,
            file_unique_id=file.file_unique_id,
            album=file.album,
            file_name_sealed=self.work.evidence.seal_name(file.name),
            media_type=(file.media_type or "")[:100] or None,
            size=file.size,
            added_at=self.now,
            state=FetchState.KEPT if stored else FetchState.OWED,
            stored_id=stored.id if stored else None,
            attempts=0,
            fetch_at=self.now,
        )
        home.take_in(row)
        self.work.evidence.add(row)
        await self.work.flush()

    async def _within_the_day(self, person_id: int, file: NewFile) -> None:
        sent = await self.work.evidence.sent_since(person_id, self.now - DAY)
        if sent + (FILE_MAX if file.size is None else file.size) > self.limits.megabytes_per_day * MEGABYTE:
            raise Enough("files", self.limits.megabytes_per_day)
